/**
 * @file The menu of the right mouse button, which Electron does not bring: without it the app password could not be pasted
 * or copy an address with the mouse. It must never offer to go anywhere or to look something up.
 */
import { Menu, type ContextMenuParams, type MenuItemConstructorOptions, type WebContents } from 'electron';

/** Electron translates the labels of roles itself. */
export function offerContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, params) => {
    const items = itemsFor(params);
    if (items.length > 0) Menu.buildFromTemplate(items).popup();
  });
}

function itemsFor({
  isEditable,
  selectionText,
  editFlags,
}: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>): MenuItemConstructorOptions[] {
  if (isEditable)
    return [
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ];
  return selectionText === '' ? [] : [{ role: 'copy', enabled: editFlags.canCopy }];
}
