/** Words that look like long options, whichever program they are for. */
import type { Word } from '../core/shell-tree.ts';
import type { SourceText } from '../core/text.ts';
import type { Invocation } from './invocations.ts';
import { type Option, readArguments } from './programs/index.ts';

/** `--token VALUE`, `-token=VALUE`. */
export interface LooseOption {
  /** Without dashes. */
  readonly name: string;
  readonly value: SourceText;
}

const LONG = /^--?([A-Za-z][\w-]{2,60})(=|$)/;

/**
 * The long options with values in all words of a command: also of programs whose grammar is not known, and after the words that
 * a known one leaves to another program (`python x.py --token VALUE`). There the next word counts as the value unless it looks like an
 * option itself.
 */
export function looseOptions(invocation: Invocation): readonly LooseOption[] {
  const { args } = invocation;
  const found: LooseOption[] = [];
  if (!args.some(({ value }) => value.text.startsWith('-'))) return found;
  const known = new Map<Word, Option>();
  const values = new Set<Word>();
  for (const option of readArguments(invocation).options) {
    if (!option.known) continue;
    known.set(option.words[0]!, option);
    for (const word of option.words.slice(1)) values.add(word);
  }
  for (const [i, word] of args.entries()) {
    if (values.has(word)) continue;
    const option = known.get(word);
    const match = LONG.exec(word.value.text.slice(0, 70));
    const name = match?.[1];
    if (name === undefined) continue;
    if (option && option.name.length > 2) {
      if (option.value) found.push({ name, value: option.value.source });
    } else if (match![2] === '=')
      found.push({ name, value: word.value.slice(match![0].length, word.value.text.length) });
    else {
      const next = args[i + 1]?.value;
      if (next && !next.text.startsWith('-')) found.push({ name, value: next });
    }
  }
  return found;
}
