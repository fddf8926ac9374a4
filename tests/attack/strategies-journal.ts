/**
 * @file Attacks on the journal in the desk's own file, with a database browser between two runs: whatever is done to it is
 * noticed, and gives back no guess.
 */
import { audited } from '../fakes/edit.ts';
import { editAndOpen } from './strategies-records.ts';
import { type Attacker, guessMany, openMaria, type Strategy, strategy } from './strategy.ts';

const GUESSES = 3;

/** `edit` changes the closed file; a desk that opens on it without a word is the attacker's success. */
const tampering = (name: string, edit: (attacker: Attacker) => Promise<void>): Strategy =>
  strategy(`journal: ${name}`, [0, 0], async (attacker) => {
    const { scene } = attacker;
    for (const address of ['one@example.test', 'two@example.test', 'three@example.test'])
      await scene.verify(address);
    const id = await openMaria(attacker);
    await edit(attacker);
    await audited(scene);
    const before = attacker.judged();
    await guessMany(attacker, id, GUESSES);
    const noticed = scene.verifier.notices().some(({ kind }) => kind === 'records-restored');
    return { judged: attacker.judged() - before, successes: Number(!noticed) };
  });

const editing = (name: string, sql: string): Strategy =>
  tampering(name, (attacker) => editAndOpen(attacker, sql));

export const JOURNAL: readonly Strategy[] = [
  editing('an entry deleted', 'DELETE FROM entries WHERE ordinal = 3'),
  editing('its end deleted', 'DELETE FROM entries WHERE ordinal > 3'),
  editing('an entry changed', "UPDATE entries SET token = replace(token, 'a', 'b') WHERE ordinal = 3"),
  editing(
    'two entries exchanged',
    'UPDATE entries SET ordinal = -3 WHERE ordinal = 3; UPDATE entries SET ordinal = 3 WHERE ordinal = 4; UPDATE entries SET ordinal = 4 WHERE ordinal = -3',
  ),
  editing(
    'an entry doubled',
    'INSERT INTO entries SELECT (SELECT max(ordinal) + 1 FROM entries), token, sealed, seal FROM entries WHERE ordinal = 3',
  ),
  editing(
    'forgotten by the line about the store',
    'UPDATE meta SET entry_journal = NULL, entry_number = NULL, entry_digest = NULL, entry_at = NULL, entry_key = NULL',
  ),
  tampering('an older copy put back', async ({ scene }) => {
    const putBack = await scene.whileClosed(scene.copy);
    await scene.verify('four@example.test');
    await scene.whileClosed(putBack);
  }),
];
