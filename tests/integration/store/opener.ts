/** @file Opens records when it is told where, and says what came of it: one of several programs that start at once. */
import { openRecords } from '../../../src/main/store/records.ts';

function open(path: string): string {
  try {
    const opened = openRecords(path);
    if (!opened.ok) return opened.problem.code;
    opened.value.close();
    return 'opened';
  } catch (error) {
    return String(error);
  }
}

process.on('message', (path: string) => void process.send?.(open(path)));
process.send?.('ready');
