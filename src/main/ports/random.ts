/** @file Randomness as the rooms get it, so that a test can say what comes. */

export interface Random {
  /** `length` bytes from the operating system's CSPRNG. */
  bytes(length: number): Uint8Array;
}
