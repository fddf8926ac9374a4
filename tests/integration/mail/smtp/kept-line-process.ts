/**
 * @file A program that signs in and keeps its line, and then looks for what it signed in with among every text that its memory
 * still reaches. A process of its own, because a test knows the password itself.
 */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { getHeapSnapshot } from 'node:v8';
import { openSession } from '../../../../src/main/mail/smtp/session.ts';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import { TIMING } from '../../../../src/main/mail/smtp/timing.ts';

// Written by the test that starts this.
const [given = '', file = ''] = process.argv.slice(2);
const server = JSON.parse(given) as Omit<SmtpServer, 'secret'>;
// As from the keychain: read when it is asked for, and kept by no one here.
const secret = () => readFile(file, 'utf8');

const opened = await openSession(
  { ...server, secret },
  { timing: TIMING, signal: new AbortController().signal, onStage: () => undefined },
);
if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
// V8 collects what is not reached before it takes one, and writes this member.
const { strings } = JSON.parse(await text(getHeapSnapshot())) as { readonly strings: readonly string[] };
const password = await secret();
const forms = [password, Buffer.from(`\0${server.user}\0${password}`).toString('base64')];
console.log(
  JSON.stringify({
    user: strings.filter((one) => one.includes(server.user)).length > 0,
    secret: strings.filter((one) => forms.some((form) => one.includes(form))).length,
  }),
);
opened.value.destroy();
