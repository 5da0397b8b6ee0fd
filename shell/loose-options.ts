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
  if (!args.some(mayBeOption)) return NONE;
  const found: LooseOption[] = [];
  let known: KnownWords | undefined;
  args.forEach((word, i) => {
    const match = mayBeOption(word) && LONG.exec(word.text.slice(0, 70));
    if (!match) return;
    known ??= knownWords(invocation);
    if (known.values.has(word)) return;
    const option = known.options.get(word);
    const name = match[1]!;
    const next = args[i + 1]?.value;
    if (option && option.name.length > 2) {
      if (option.value) found.push({ name, value: option.value.source });
    } else if (match[2] === '=') found.push({ name, value: word.value.slice(match[0].length, word.text.length) });
    else if (next && !next.text.startsWith('-')) found.push({ name, value: next });
  });
  return found;
}

const NONE: readonly LooseOption[] = [];
const mayBeOption = ({ text }: Word): boolean => text.length > 3 && text[0] === '-';

/** The words that the grammar of the program knows: options by the word that names them, and the words of their values. */
interface KnownWords {
  readonly options: ReadonlyMap<Word, Option>;
  readonly values: ReadonlySet<Word>;
}

function knownWords(invocation: Invocation): KnownWords {
  const known = readArguments(invocation).options.filter(option => option.known);
  return {
    options: new Map(known.map(option => [option.words[0]!, option])),
    values: new Set(known.flatMap(({ words }) => words.slice(1))),
  };
}
