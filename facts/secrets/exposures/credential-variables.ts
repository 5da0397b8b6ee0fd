/** Variables that are credentials by where commands put them, whatever their names: `bundle config HOST "$X"`. */
import type { ImageBuild } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { type Invocation, invocationsIn } from '../../../shell/invocations.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';
import { type Form, PROGRAMS } from './command-options.ts';
import { asksForSecret } from './exposure.ts';

/** Forms in which all of the word, or what follows a user, is the credential. */
const WHOLE: ReadonlySet<Form> = new Set([
  'password',
  'secret',
  'user:password',
  'user,password',
  'user%password',
  'header',
]);

/** The names of the variables that are all of a credential, or of what follows a user's name, on a command line of the build. */
export const credentialVariables: (build: ImageBuild) => ReadonlySet<string> = memo(build => {
  const names = new Set<string>();
  for (const { invocation } of invocationsIn(build))
    for (const word of credentialWords(invocation))
      for (const { kind, name } of word.expansions) if (kind === 'parameter' && name !== undefined) names.add(name);
  return names;
});

function* credentialWords(invocation: Invocation): Generator<Word> {
  const { args } = invocation;
  if (!args.some(({ expansions }) => expansions.length > 0)) return;
  const given = readArguments(invocation);
  const known = Object.hasOwn(PROGRAMS, given.program) ? PROGRAMS[given.program]! : undefined;
  for (const { form, names, throwaway, under } of known?.options ?? []) {
    if (!WHOLE.has(form) || throwaway || (under !== undefined && !given.path.includes(under))) continue;
    for (const { word } of given.values(...names)) if (isLastPart(word, form)) yield word;
  }
  for (const { after, at, form } of known?.operands ?? []) {
    const word = WHOLE.has(form) ? operandAt(given, after, at) : undefined;
    if (word && isLastPart(word, form)) yield word;
  }
}

function operandAt(given: Arguments, after: readonly string[], at: number): Word | undefined {
  const operands = [...given.pathWords, ...given.operands];
  if (!after.every((name, i) => (given.path[i] ?? operands[i]?.literal) === name)) return undefined;
  const rest = operands.slice(after.length);
  // Other settings than those of hosts are no credentials: `bundle config set jobs 4`.
  if (given.program === 'bundle' && !/^(?!local\.|mirror\.)[\w-]{1,60}[.:]/.test(rest[at - 1]?.literal ?? ''))
    return undefined;
  return rest[at];
}

const OF_USER = /(?:^|_)(?:user(?:_?name)?|account)$/i;

/** Only a variable, or one after a user and a colon or a header that asks for a secret: `ci:$X`, `X-Api-Key: $X`. */
function isLastPart({ expansions, text }: Word, form: Form): boolean {
  if (expansions.length !== 1) return false;
  const before = text.slice(0, -1);
  if (form === 'header') {
    const header = /^([\w-]{1,60}):[ \t]{0,4}(?:[\w-]{1,20}[ \t])?$/.exec(before)?.[1];
    return header !== undefined && (/^(?:proxy-)?authorization$/i.test(header) || asksForSecret(header, {}));
  }
  // `smbclient -U "$SMB_USER"`: the user alone.
  if (before === '') return !form.startsWith('user') || !OF_USER.test(expansions[0]!.name ?? '');
  return form !== 'password' && form !== 'secret' && /^[\w.@%-]{1,64}[:,%]$/.test(before);
}
