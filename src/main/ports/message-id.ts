/** @file What marks a message of ours: the left half of its Message-ID, which is random and belongs to no other. */

const TOKEN = String.raw`[0-9a-f]{32}\.[0-9a-f]{16}`;
const OURS = new RegExp(String.raw`^<(${TOKEN})@[^<>\s]{1,253}>$`, 'u');
const ANYWHERE = new RegExp(`(?<![0-9a-f])${TOKEN}(?![0-9a-f])`, 'gu');

/** The mark in a Message-ID of ours; null when it is none. */
export const tokenOf = (messageId: string): string | null => OURS.exec(messageId)?.[1] ?? null;

/** Every mark that stands in a text. */
export const tokensIn = (text: string): readonly string[] => text.match(ANYWHERE) ?? [];
