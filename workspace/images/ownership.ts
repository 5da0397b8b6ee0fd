/** Who has an image, what for and for how long, by the keys of its labels and tags. */
import type { Ownership } from './model.ts';

/** A label; `text` is `undefined` where it is not known. */
export interface GivenLabel {
  readonly key: string;
  readonly text: string | undefined;
}

export function ownershipOf(labels: readonly GivenLabel[], ownerKeys: readonly string[]): Ownership {
  const owners = new Set(ownerKeys);
  const labeled = (is: (key: string) => boolean): string | undefined =>
    labels.find(({ key, text }) => text && is(key.toLowerCase()))?.text;
  return {
    owner: labeled(key => owners.has(lastWord(key)) || owners.has(key) || key === 'org.opencontainers.image.authors'),
    purpose: labeled(key => PURPOSE_KEYS.has(lastWord(key))),
    refresh: labeled(key => REFRESH.test(lastWord(key))),
    retirement: labeled(key => RETIREMENT.test(lastWord(key))),
  };
}

const PURPOSE_KEYS: ReadonlySet<string> = new Set(['purpose', 'description', 'role']);
const REFRESH = /^(?:next-|last-)?(?:refresh|rebuild)(?:-(?:interval|rhythm|date|by|every|after))?$/;
const RETIREMENT =
  /^(?:retire(?:ment|s)?|expir(?:y|es|ation)|deprecat(?:e|ed|ion)|end-of-life|eol|valid-until)(?:-(?:date|on|at|after))?$/;
/** `Retire_On` is `retire-on`. */
const lastWord = (key: string): string =>
  key.slice(Math.max(key.lastIndexOf('.'), key.lastIndexOf('/')) + 1).replaceAll('_', '-');
