/**
 * The flags of each instruction (https://docs.docker.com/reference/dockerfile/), those of the labs channel included.
 */

/** What may follow `=`. */
export type FlagValue = 'text' | 'boolean' | 'duration' | 'count' | 'mode' | readonly string[];

export interface FlagSpec {
  readonly value: FlagValue;
  /** May be given more than once. */
  readonly many?: boolean;
}

const COPIED: Readonly<Record<string, FlagSpec>> = {
  chown: { value: 'text' },
  chmod: { value: 'mode' },
  link: { value: 'boolean' },
  exclude: { value: 'text', many: true },
};

/** By keyword, in uppercase. An instruction that is not listed has no flags. */
export const FLAGS: ReadonlyMap<string, ReadonlyMap<string, FlagSpec>> = new Map(
  Object.entries<Readonly<Record<string, FlagSpec>>>({
    FROM: { platform: { value: 'text' } },
    RUN: {
      mount: { value: 'text', many: true },
      network: { value: ['default', 'none', 'host'] },
      security: { value: ['sandbox', 'insecure'] },
      device: { value: 'text', many: true },
    },
    COPY: { ...COPIED, from: { value: 'text' }, parents: { value: 'boolean' } },
    ADD: {
      ...COPIED,
      'keep-git-dir': { value: 'boolean' },
      checksum: { value: 'text' },
      unpack: { value: 'boolean' },
    },
    HEALTHCHECK: {
      interval: { value: 'duration' },
      timeout: { value: 'duration' },
      'start-period': { value: 'duration' },
      'start-interval': { value: 'duration' },
      retries: { value: 'count' },
    },
  }).map(([keyword, flags]) => [keyword, new Map(Object.entries(flags))] as const),
);
