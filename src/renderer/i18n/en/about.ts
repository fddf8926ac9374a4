/** @file English about the program. It claims what every other place does, and no more. */
export const about = {
  title: 'Countersign {{version}}',
  claim:
    'Whoever reads the code back controls this mailbox now. It does not prove who they are. There is no server of ours in between.',
  licence: 'Countersign’s licence (MIT)',
  packages_one: 'The licence of the {{count, number}} package inside',
  packages_other: 'The licences of the {{count, number}} packages inside',
  package: '{{name}} {{version}} · {{licence}}',
  runtime:
    'It runs on Electron and Chromium; their licences are in LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
  close: 'Close',
} as const;
