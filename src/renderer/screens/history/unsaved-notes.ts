/** @file Case notes that are being edited: the desk may lock, or somebody else come to it, before they are saved. */
import type { CaseNote } from '../../../shared/history.ts';

/** By the id of the record. They end with the page, with saving, and with the record. */
const unsaved = new Map<string, CaseNote>();

export const unsavedNote = (id: string): CaseNote | null => unsaved.get(id) ?? null;
export const keepNote = (id: string, note: CaseNote): void => void unsaved.set(id, note);
export const forgetNote = (id: string): void => void unsaved.delete(id);
/** There is no desk any more that they could be saved at. */
export const forgetNotes = (): void => unsaved.clear();
