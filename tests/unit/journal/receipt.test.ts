/** @file Receipts: what a person reads is what was signed; what was changed is named, byte by byte. */
import { describe, expect, it } from 'vitest';
import { HIDDEN_NAMES, type HiddenName } from '../../../src/main/journal/claims.ts';
import { formatReceipt, readReceipt, type ReceiptFault } from '../../../src/main/journal/receipt.ts';
import { createSignatureReader } from '../../../src/main/journal/signature.ts';
import { beginJournal, ended, journalWith, MIA } from '../../fakes/journal-scene.ts';

const read = (file: string) => readReceipt(createSignatureReader(), file);
const faultsOf = async (file: string) => (await read(file)).faults;
const kindsOf = async (file: string) => (await faultsOf(file)).map(({ kind }) => kind);
const tokenOf = (file: string) => /TOKEN-----\n([^]+)\n-----END/.exec(file)?.[1]?.replaceAll('\n', '') ?? '';
const textOf = (file: string) => file.slice(0, file.indexOf('-----BEGIN'));

describe('a receipt', () => {
  it('is read back as it was written', async () => {
    const { entry, shown, faults } = await read(await (await journalWith(2)).receipt(3));
    expect(faults).toEqual([]);
    expect(entry?.claims).toMatchObject({ n: 3, event: 'verification-ended', result: 'verified' });
    expect(shown).toEqual(MIA);
  });

  it('is a text that a person can read', async () => {
    const text = textOf(await (await journalWith(2)).receipt(3));
    expect(text).toMatch(/^COUNTERSIGN RECEIPT\n\nVerified\n/);
    for (const line of [
      'Mailbox       mia.keller@example.com',
      'Details       Amount: €49.90',
      '              Payee: Harbour Clinic',
      'Ended         23 November 2026, 10:02:00 (UTC+01:00)',
      'Ticket        48219',
      'At the desk   Anna',
      'Sent from     desk@harbour-clinic.example',
      'Entry         No. 3',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it.each(HIDDEN_NAMES.map((name) => [name]))(
    'without %s has nothing of it, in words or in the token [T-receipt-hidden]',
    async (left) => {
      const file = await (
        await journalWith(1)
      ).receipt(
        2,
        HIDDEN_NAMES.filter((name) => name !== left),
      );
      const hidden = JSON.stringify(MIA[left]).replaceAll(/[[\]{}"]/g, '');
      const everything =
        file +
        tokenOf(file)
          .split(/[.~]/)
          .map((part) => Buffer.from(part, 'base64url').toString())
          .join('\n');
      for (const word of hidden
        .split(/[,:]|\\n/)
        .filter((part) => part.length > 4 && !['ticket', 'value'].includes(part)))
        expect(everything).not.toContain(word);
      expect(await faultsOf(file)).toEqual([]);
      expect(Object.keys((await read(file)).shown)).not.toContain(left);
    },
  );

  it('can be read as a token alone, and after what mail and editors do to lines', async () => {
    expect((await read(tokenOf(file))).shown).toEqual(MIA);
    expect(await faultsOf(tokenOf(file))).toEqual([]);
    expect(await faultsOf(`\uFEFF${file.replaceAll('\n', '\r\n')}\r\n\r\n`)).toEqual([]);
  });

  it.each(['\v', '\f', '\u00a0'])('is changed where a line end became %j', async (other) => {
    for (const at of [file.indexOf('\n'), file.lastIndexOf('\n')])
      expect(await faultsOf(`${file.slice(0, at)}${other}${file.slice(at + 1)}`)).not.toEqual([]);
  });

  it('cannot be made with a disclosure of another entry', async () => {
    const { written } = await journalWith(2);
    const [one, other] = [written[1], written[2]];
    if (one === undefined || other === undefined) throw new Error('too short');
    await expect(
      formatReceipt(createSignatureReader(), one.token, other.disclosures, ['address']),
    ).rejects.toThrow('does not belong');
  });

  it('of practice begins with PRACTICE, and nowhere says verified [T-receipt-practice]', async () => {
    const practice = await beginJournal('practice', { practice: true });
    await practice.write(ended(), MIA);
    const file = await practice.receipt(2);
    expect(file).toMatch(/^PRACTICE/);
    expect(textOf(file)).not.toMatch(/verified/i);
    expect((await read(file)).entry?.practice).toBe(true);
  });
});

describe('the disclosures of a receipt', () => {
  it('may stand in any order: the text has its own', async () => {
    const [jwt = '', one = '', two = '', ...rest] = tokenOf(file).split('~');
    const turned = await read([jwt, two, one, ...rest].join('~'));
    expect(turned).toMatchObject({ shown: MIA, faults: [] });
  });
});

describe('no value can pass for a line of the receipt', () => {
  const withNote = async (note: string) => {
    const journal = await beginJournal('notes');
    await journal.write(ended({ result: 'expired' }), { ...MIA, case: { ticket: '1', note } });
    return journal.receipt(2);
  };

  it.each([
    ['a line of its own', 'x\nResult        the right code was read back'],
    [
      'another end of line',
      'x\rResult        the right code was read back\u2028Result        yes\u0085Result',
    ],
    ['the mark of a token', 'x\n-----BEGIN SIGNED TOKEN-----\nabc.def.ghi~\n-----END SIGNED TOKEN-----'],
    ['marks of direction', '\u202Everified\u2066\u200F'],
    ['what a terminal obeys', '\u001B[2J\u001B[1mVerified\u0007'],
    ['half a character', 'x\uD800y'],
    ['a number of its own', '\\u{202e}'],
  ])('%s [T-receipt-lines]', async (_what, note) => {
    const file = await withNote(note);
    const labels = textOf(file)
      .split('\n')
      .filter((line) => /^(Result|-----|Verified)/.test(line));
    expect(labels).toEqual(['Result        the time was up']);
    // eslint-disable-next-line no-control-regex -- controls are what it looks for
    expect(file).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066]/);
    expect(await faultsOf(file)).toEqual([]);
  });

  it('and a number is not a text', async () => {
    expect(textOf(await withNote('\u202E'))).toContain(' \\u{202e}\n');
    expect(textOf(await withNote('\\u{202e}'))).toContain(' \\\\u{202e}\n');
  });
});

const [first, second] = [await journalWith(3), await journalWith(3, 'another desk')];
const file = await first.receipt(3);
const otherParts = tokenOf(await first.receipt(4)).split('~');

describe('a changed receipt is named by what was changed', () => {
  it.each<[string, (file: string) => string, ReceiptFault]>([
    [
      'the address',
      (text) => text.replace('Mailbox       mia.', 'Mailbox       eve.'),
      {
        kind: 'text',
        line: 7,
        is: 'Mailbox       eve.keller@example.com',
        should: 'Mailbox       mia.keller@example.com',
      },
    ],
    [
      'a line taken out',
      (text) => text.replace(/Guesses.*\n/, ''),
      expect.objectContaining({ kind: 'text', line: 14 }),
    ],
    [
      'a line added',
      (text) => `${text}Paid.\n`,
      expect.objectContaining({ kind: 'text', is: 'Paid.', should: null }),
    ],
    ['a line before it', (text) => `Dear desk,\n${text}`, expect.objectContaining({ kind: 'text', line: 1 })],
    ['its end', (text) => text.slice(0, -400), expect.objectContaining({ kind: 'disclosure' })],
    ['no token', textOf, { kind: 'token' }],
    ['nothing in it', () => '', { kind: 'token' }],
  ])('%s', async (_what, change, fault) => {
    expect(change(file)).not.toBe(file);
    expect((await faultsOf(change(file)))[0]).toEqual(fault);
  });

  const withToken = (change: (parts: readonly string[]) => readonly string[]) =>
    change(tokenOf(file).split('~').slice(0, -1)).join('~') + '~';

  it('the result, in the signed token', async () => {
    const token = withToken(([jwt = '', ...rest]) => {
      const [header, payload = '', signature] = jwt.split('.');
      const said = Buffer.from(payload, 'base64url').toString().replace('"guesses":1', '"guesses":2');
      return [[header, Buffer.from(said).toString('base64url'), signature].join('.'), ...rest];
    });
    expect(await kindsOf(token)).toEqual(['signature']);
  });

  it('the signature of another entry, or of another desk under the same words [T-receipt-signature]', async () => {
    const signature = otherParts[0]?.split('.')[2] ?? '';
    expect(
      await kindsOf(withToken(([jwt = '', ...rest]) => [jwt.replace(/[^.]+$/, signature), ...rest])),
    ).toEqual(['signature']);
    const [header] = tokenOf(await second.receipt(3)).split('.');
    expect(
      await kindsOf(withToken(([jwt = '', ...rest]) => [jwt.replace(/^[^.]+/, header ?? ''), ...rest])),
    ).toEqual(['signature']);
  });

  it.each<[string, (parts: readonly string[]) => readonly string[], string]>([
    [
      'swapped for that of another entry',
      ([jwt = '', , ...rest]) => [jwt, otherParts[1] ?? '', ...rest],
      'not-signed',
    ],
    ['added from another entry', (parts) => [...parts, otherParts[4] ?? ''], 'not-signed'],
    [
      'added by hand',
      (parts) => [...parts, Buffer.from('["AAAA","operator","Eve"]').toString('base64url')],
      'not-signed',
    ],
    ['shown twice', (parts) => [...parts, parts[1] ?? ''], 'twice'],
    ['left empty', (parts) => [...parts, ''], 'not-signed'],
  ])('a disclosure %s [T-receipt-disclosure]', async (_what, change, why) => {
    expect(await faultsOf(withToken(change))).toEqual([expect.objectContaining({ kind: 'disclosure', why })]);
  });

  it('a proof of possession behind it, which has no place in a receipt', async () => {
    expect(await kindsOf(`${tokenOf(file)}abc.def.ghi`)).toEqual(['disclosure']);
  });
});

describe('of a receipt with every byte flipped in turn', () => {
  /** What may be said of a change at this byte; where two parts meet, of either. */
  function expected(whole: Buffer, at: number): readonly string[] {
    const text = whole.toString('latin1');
    const [begin, end] = [text.indexOf('TOKEN-----\n') + 10, text.indexOf('\n-----END')];
    if (at < begin || at > end) return ['text'];
    const inToken = text.slice(begin, at).replaceAll('\n', '').length;
    const token = text.slice(begin, end).replaceAll('\n', '');
    const jwt = token.indexOf('~');
    if (token.charAt(inToken) === '~' || at === end) return ['signature', 'token', 'disclosure'];
    return inToken < jwt ? ['signature', 'token'] : ['disclosure'];
  }

  it.each<[string, readonly HiddenName[]]>([
    ['everything shown', HIDDEN_NAMES],
    ['nothing shown', []],
  ])('each is named rightly, with %s [T-receipt-bytes]', async (_what, show) => {
    const whole = Buffer.from(await (await journalWith(1)).receipt(2, show));
    const reader = createSignatureReader();
    const wrong: string[] = [];
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      // Another bit each time, so that all eight are met in each part.
      changed[at] = (whole[at] ?? 0) ^ (1 << (at % 8));
      const { faults } = await readReceipt(reader, changed.toString('utf8'));
      const kinds = faults.map(({ kind }) => kind);
      const may = expected(whole, at);
      if (kinds.length === 0 || !kinds.every((kind) => may.includes(kind)))
        wrong.push(
          `${at} ${JSON.stringify(changed.toString('latin1', at - 8, at + 8))}: ${kinds.join()} not ${may.join()}`,
        );
    }
    expect(wrong).toEqual([]);
  });
});
