/** Tokens that are written into `.npmrc`, where npm also takes the name of a variable. https://docs.npmjs.com/cli/configuring-npm/npmrc */
import type { ImageBuild, Stage } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { Edit } from '../../../core/text.ts';
import { fileWrittenBy } from '../../../facts/secrets/exposures/commands.ts';
import { valuesWritten } from '../../../facts/secrets/exposures/written.ts';
import type { DockerStage, RunInstruction } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { printedWords } from '../../../shell/printed-words.ts';

/** What reads `.npmrc`. */
const READERS = /\b(?:npm|npx|pnpm|pnpx|yarn)\b/;
const LONGEST = 50_000;

/**
 * The fix that mounts a secret, where it would be kept in `.npmrc`: with the name of the variable in that file in place of its
 * value, and the secret for each later command that reads the file. `undefined` where it is kept elsewhere as well.
 */
export function withReference(
  mount: Fix,
  name: string,
  {
    build,
    docker,
    flag,
    runs,
    stage,
  }: {
    readonly build: ImageBuild;
    readonly docker: DockerStage;
    readonly stage: Stage;
    /** The flag that mounts it, and the instructions that get it already. */
    readonly flag: string;
    readonly runs: readonly RunInstruction[];
  },
): Fix | undefined {
  const written = valuesWritten(name, stage, build);
  if (written.some(({ file }) => file !== '`.npmrc`')) return undefined;
  const edits = stage.steps.flatMap(step =>
    step.kind === 'run' && step.phase === 'build'
      ? invocationsOfStep(step).flatMap(one => wordsWith(name, one).map(word => referring(word, name, one)))
      : [],
  );
  if (edits.length !== written.length) return undefined;
  const first = Math.min(...runs.map(({ index }) => index));
  const readers = docker.instructions.flatMap(one =>
    one.kind === 'run' && one.index > first && !runs.includes(one) && READERS.test(one.rest.text.slice(0, LONGEST))
      ? one
      : [],
  );
  if (readers.some(({ form, mounts }) => form === 'exec' || mounts.some(({ type }) => type === 'secret')))
    return undefined;
  return fix(
    'suggested',
    `${mount.title}, and keep only its name in \`.npmrc\``,
    ...mount.edits,
    ...edits,
    ...readers.map(({ keywordSpan }) => build.source.insert(keywordSpan.end, flag)),
  );
}

/** The words of a command that put the variable into `.npmrc`. */
function wordsWith(name: string, invocation: Invocation): readonly Word[] {
  const { args, command, program, script } = invocation;
  const [verb, kind] = args.map(({ literal }) => literal);
  const isSet = (program === 'npm' || program === 'pnpm') && verb === 'config' && kind === 'set';
  const isPrinted = fileWrittenBy(command, script)?.endsWith('.npmrc') === true;
  const words = isSet ? args.slice(2) : isPrinted ? printedWords(invocation) : [];
  return words.filter(({ expansions }) => expansions.some(one => one.name === name));
}

/** The word with `\${NAME}` in place of the variable. */
function referring({ expansions, raw, start }: Word, name: string, { script }: Invocation): Edit | undefined {
  const [found, ...more] = expansions.filter(one => one.name === name);
  if (!found || more.length > 0) return undefined;
  const own = raw.slice(found.start - start, found.end - start);
  if (own !== `$${name}` && own !== `\${${name}}`) return undefined;
  if (raw === `"${own}"` || raw === own) return script.text.replace(start, start + raw.length, `'\${${name}}'`);
  return script.text.replace(found.start, found.end, `\\\${${name}}`);
}
