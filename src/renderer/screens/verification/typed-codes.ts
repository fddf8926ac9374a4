/** @file Codes that are being typed, by the id of their verification: what was typed is still there when one comes back. */
import type { Slots } from '../../ui/typed-code.ts';

export const typed = new Map<string, Slots>();
/** The desk was left altogether, and with it everybody who was waiting at it. */
export const forgetTypedCodes = (): void => typed.clear();
