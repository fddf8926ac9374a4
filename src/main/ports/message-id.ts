/** @file What marks a message of ours: the left half of its Message-ID, which is random and belongs to no other. */

const OURS = /^<([0-9a-f]{32}\.[0-9a-f]{16})@/u;

/** The mark in a Message-ID of ours; null when it is none. */
export const tokenOf = (messageId: string): string | null => OURS.exec(messageId)?.[1] ?? null;
