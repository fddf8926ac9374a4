/** @file What reaches the log file, and what must not. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openLog, terminalLog } from '../../../src/main/log/log.ts';
import { redact } from '../../../src/main/log/redact.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';

describe('a redacted line', () => {
  it.each([
    ['mail to ana.lópez+x@exämple.test failed', 'mail to [address] failed'],
    ['RCPT TO:<ana@example.test>', 'RCPT TO:<[address]>'],
    ['code 012345', 'code [digits]'],
    ['code 012 345 and 0123-4567', 'code [digits] and [digits]'],
    ['code ١٢٣٤٥٦ and １２３４５６', 'code [digits] and [digits]'],
    ['password abcd efgh ijkl mnop', 'password [secret]'],
    ['password abcdefghijklmnop', 'password [secret]'],
    ['AUTH PLAIN AGRlc2tAZXhhbXBsZS50ZXN0AGFiY2Q=', 'AUTH PLAIN [long]'],
    ['key 0123456789abcdef0123456789abcdef', 'key [long]'],
    ['two\r\nlines\u0000', 'two  lines '],
  ])('%j becomes %j [T-log-redacts]', (line, redacted) => expect(redact(line)).toBe(redacted));

  it.each([
    'connected to 127.0.0.1 port 465 in 1234 ms',
    'start 1.0.0 on linux x64',
    'verification.start Error ECONNREFUSED | at send (out/main/index.js:1234:56)',
  ])('%j stays as it is', (line) => expect(redact(line)).toBe(line));
});

describe('the log file', () => {
  makeFolderForEach();

  it('holds time, level and words, readable by its owner alone [T-log-lines]', () => {
    const file = join(folder, 'a', 'countersign.log');
    openLog({ file, echo: false }).event('practice began');
    expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info practice began\r?\n$/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('names an exception by reference, kind and place, and never quotes its message [T-log-exception]', () => {
    const file = join(folder, 'countersign.log');
    const error = Object.assign(new TypeError('choked on ana@example.test\n    at 012345 (hunter2)'), {
      code: 'EPIPE',
    });
    openLog({ file, echo: false }).exception('1a2b3c4d', 'desk.view', error);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('error 1a2b3c4d desk.view TypeError EPIPE | at ');
    expect(text).toContain('log.test.ts');
    for (const word of ['choked', 'ana', '012345', 'hunter2']) expect(text).not.toContain(word);
  });

  it.each([[undefined], ['hunter2'], [{ password: 'hunter2' }], [null]])(
    'says no more of a thrown %j than its type',
    (thrown) => {
      const file = join(folder, 'countersign.log');
      openLog({ file, echo: false }).exception('1a2b3c4d', 'start', thrown);
      expect(readFileSync(file, 'utf8')).toContain(`1a2b3c4d start threw a ${typeof thrown}`);
      expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
    },
  );

  it('is the terminal until it is open, with as little said of an exception', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    terminalLog.exception('1a2b3c4d', 'start', new TypeError('choked on ana@example.test'));
    const [[line] = []] = write.mock.calls;
    write.mockRestore();
    expect(line).toMatch(/^1a2b3c4d start TypeError \| at .*log\.test\.ts.*\n$/);
    expect(line).not.toContain('ana');
  });

  it('does not throw where it cannot write', () => {
    const log = openLog({ file: join(folder, 'x'.repeat(300), 'countersign.log'), echo: false });
    expect(() => log.event('start')).not.toThrow();
  });
});
