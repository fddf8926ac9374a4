/** @file The plain-text form of the message. */
import { type Said } from './words.ts';

export const asText = (said: Said): string =>
  [
    said.heading,
    ...said.before.flatMap((text) => ['', text]),
    '',
    `    ${said.code}`,
    '',
    ...said.facts.map(({ label, value }) => `${label}: ${value}`),
    ...[...said.after, ...said.foot].flatMap((text) => ['', text]),
    '',
  ].join('\n');
