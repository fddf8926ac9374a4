/** @file The settings file of a domain, as anybody may write it: comments are none of it, and its length is all it costs. */
import { describe, expect, it } from 'vitest';
import { readAutoconfig } from '../../../../src/main/mail/discovery/autoconfig.ts';

const server = (host: string): string =>
  `<outgoingServer type="smtp"><hostname>${host}</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>`;

describe('a settings file', () => {
  it('names no server in a comment, closed or not', () => {
    const file = `<!-- ${server('old.desk.test')} -->${server('smtp.desk.test')}<!-- --> <!-- ${server('late.desk.test')}`;
    expect(readAutoconfig(file, 'desk.test')?.server.host).toBe('smtp.desk.test');
    expect(readAutoconfig(`<!-- ${server('a.desk.test')}`, 'desk.test')).toBeNull();
  });

  it('of very many comments that do not end is read at once', () => {
    const started = performance.now();
    // It takes minutes where each beginning is followed to the end of the file.
    expect(readAutoconfig('<!--'.repeat(500_000), 'desk.test')).toBeNull();
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
