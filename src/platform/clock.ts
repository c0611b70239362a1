/** The only source of time, randomness and ids in actions, so that tests may hold them still. */
export interface Clock {
  now(): Date;
}

export interface Random {
  /** A random UUID version 4: 122 random bits. */
  id(): string;
  /** URL-safe text holding `bytes` random bytes. */
  token(bytes: number): string;
}
