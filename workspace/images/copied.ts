/** Commands that give an image of a registry another name: indexes of several platforms, and copies. */
import type { NamedImage, Retag } from './model.ts';
import { type Naming, untagged } from './naming.ts';
import { retagOf } from './values.ts';
import type { Word } from './words.ts';

/** Names of one command. */
const MOST = 20;

/** Options whose value is the next word. */
const VALUED =
  /^(?:-t|--tag|-f|--file|--platform|--annotation|--builder|--metadata-file|--src-\w[\w-]{0,20}|--dest-\w[\w-]{0,20}|--(?:auth|config)file|--format)$/;

/** `command` is that up to its verb, `words` are those behind its program. */
export function copiesOf(command: string, words: readonly Word[], naming: Naming): readonly Retag[] {
  const options = new Map<string, string[]>();
  const operands: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    const { literal } = words[i]!;
    const [, option, own] = /^(--?[\w-]{1,40})(?:=(.*))?$/.exec(literal) ?? [];
    if (option === undefined) operands.push(words[i]!);
    else if (own !== undefined) options.set(option, [...(options.get(option) ?? []), own]);
    else if (VALUED.test(option) && words[i + 1])
      options.set(option, [...(options.get(option) ?? []), words[++i]!.literal]);
  }
  const all = operands.slice(command.trim().split(/\s+/).length - 1);
  const span = { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
  if (/imagetools/.test(command)) {
    const tags = [...(options.get('-t') ?? []), ...(options.get('--tag') ?? [])];
    return retags(
      all.map(({ literal }) => literal),
      tags,
      span,
      naming,
    );
  }
  const [first, ...others] = all.map(({ literal }) => literal.replace(/^(?:docker:\/\/|containers-storage:)/, ''));
  if (first === undefined) return [];
  // The name of the index comes first.
  if (/manifest/.test(command)) return retags(others, [first], span, naming);
  const [to] = others;
  // To a directory or an archive.
  if (to === undefined || /^(?:dir|oci|oci-archive|docker-archive|docker-daemon|ostree):/.test(to)) return [];
  const isTag = /crane[ \t]+tag$/.test(command);
  return retags([first], [isTag ? `${untagged(first.split('@', 1)[0]!)}:${to}` : to], span, naming);
}

function retags(from: readonly string[], to: readonly string[], span: NamedImage['span'], naming: Naming): Retag[] {
  const named = (all: readonly string[]) =>
    all.slice(0, MOST).flatMap(one => naming.started(one.replace(/@[^/]{0,200}$/, ''), span) ?? []);
  const names = named(to);
  return named(from).flatMap(one => names.map(to => retagOf(one, to)));
}
