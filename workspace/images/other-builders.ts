/** Commands that build, other than those of a container engine. */
import { argumentsOf, splitAt, targetOf } from './arguments.ts';
import type { BuildCall } from './model.ts';
import { type Naming, withEach } from './naming.ts';
import { Word } from './words.ts';

/** https://github.com/GoogleContainerTools/kaniko#additional-flags */
export function kanikoCall(start: number, words: readonly Word[], naming: Naming): BuildCall {
  const values = (name: string) =>
    words.flatMap((word, i) => {
      const [option, value] = splitAt(word.literal, '=');
      const given = value === undefined ? words[i + 1] : word;
      return option === name && given
        ? [{ written: value ?? given.literal, span: { start: given.start, end: given.end } }]
        : [];
    });
  const plain = (path: string | undefined) =>
    path?.replace(/^(?:dir:\/\/)?(?:\$\{?(?:CI_PROJECT_DIR|GITHUB_WORKSPACE|WORKSPACE)\}?|\/workspace)\/?/, './');
  const context = plain((values('--context')[0] ?? values('-c')[0])?.written) ?? '.';
  const file = plain((values('--dockerfile')[0] ?? values('-f')[0])?.written);
  const target = values('--target')[0]?.written;
  return {
    ...withEach({ context, file }, [...values('--destination'), ...values('-d')], naming),
    by: 'command',
    target: targetOf(target, naming),
    span: { start, end: words.at(-1)?.end ?? start },
  };
}

/** https://learn.microsoft.com/cli/azure/acr#az-acr-build: all options but a few have values. */
export const azureCall = (start: number, words: readonly Word[], naming: Naming): BuildCall =>
  cloudCall(start, words, naming, ['--image', '-t']);

/** https://cloud.google.com/sdk/gcloud/reference/builds/submit; without a tag a file says what is built. */
export function submitCall(start: number, words: readonly Word[], naming: Naming): BuildCall {
  const call = cloudCall(start, words, naming, ['--tag', '-t']);
  const isNamed = call.names.length + (call.parts?.length ?? 0) > 0;
  return { ...call, context: isNamed ? (call.context ?? '.') : undefined, file: undefined };
}

function cloudCall(start: number, words: readonly Word[], naming: Naming, named: readonly string[]): BuildCall {
  const given = new Map<string, Word[]>();
  let context: Word | undefined;
  for (let i = 2; i < words.length; i++) {
    const word = words[i]!;
    const [option, value] = splitAt(word.literal, '=');
    if (!option.startsWith('-')) context ??= word;
    else if (value !== undefined)
      given.set(option, [...(given.get(option) ?? []), new Word(value, word.end - value.length, word.end)]);
    else if (!/^--(?:no-|debug$|verbose$|only-show|async$|quiet$|suppress-logs$)/.test(option) && words[i + 1])
      given.set(option, [...(given.get(option) ?? []), words[++i]!]);
  }
  const all = (...options: readonly string[]) => options.flatMap(option => given.get(option) ?? []);
  const tags = all(...named).map(({ literal, start, end }) => ({ written: literal, span: { start, end } }));
  const target = all('--target')[0]?.literal;
  return {
    ...withEach({ context: context?.literal, file: all('--file', '-f')[0]?.literal }, tags, naming),
    ...argumentsOf(
      all('--build-arg').map(({ literal }) => literal),
      naming,
    ),
    by: 'command',
    target: targetOf(target, naming),
    span: { start, end: words.at(-1)?.end ?? start },
  };
}
