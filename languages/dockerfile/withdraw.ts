/**
 * Takes a secret out. Of an ENV: the commands that use it get it as a mount, everything else when the container starts. What
 * COPY and RUN have is in `withdraw-file.ts` and `withdraw-login.ts`.
 */
import { type Fix, fix } from '../../core/finding.ts';
import { memo } from '../../core/memo.ts';
import { quoted } from '../../core/quoted.ts';
import type { Edit, Span } from '../../core/text.ts';
import type { DockerfileTree, EnvInstruction, Instruction, Pair, RunInstruction } from './tree.ts';
import { withdrawFile } from './withdraw-file.ts';
import { withdrawLogin } from './withdraw-login.ts';

/**
 * `undefined` where the place is nothing that can be taken out, or where something else may need the value in the build.
 * `source`: the ARG that the value comes from, which goes too.
 */
export function withdraw(tree: DockerfileTree, { start, end, file }: Span, source?: Instruction): Fix | undefined {
  if (file !== undefined) return undefined;
  const instruction = instructionAt(tree, start);
  if (instruction?.kind === 'copy' || instruction?.kind === 'add') return withdrawFile(tree, instruction);
  if (instruction?.kind === 'run') return withdrawLogin(tree, instruction, { start, end });
  if (instruction?.kind !== 'env') return undefined;
  const pair = instruction.pairs.find(({ value: { span } }) => span.start <= start && end <= span.end);
  // The value is nothing but the secret, apart from its quotes.
  if (!pair || start - pair.value.span.start > 1 || pair.value.span.end - end > 1) return undefined;
  if (!/^[A-Za-z_]\w{0,100}$/.test(pair.key)) return undefined;
  const runs = runsWith(pair.key, instruction, tree, source);
  if (!runs) return undefined;
  const name = quoted(pair.key);
  const removed = withoutPair(tree, instruction, pair);
  if (runs.length === 0) return fix('suggested', `Remove ${name}`, removed);
  const syntax = syntaxFor(tree);
  if (syntax === undefined) return undefined;
  const mount = ` --mount=type=secret,id=${pair.key},env=${pair.key}`;
  const mounts = runs.map(run => tree.source.insert(run.keywordSpan.end, mount));
  return fix('suggested', `Replace ${name} with ${quoted('RUN --mount=type=secret')}`, removed, ...mounts, ...syntax);
}

function instructionAt({ instructions }: DockerfileTree, offset: number): Instruction | undefined {
  let low = 0;
  let high = instructions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instructions[middle]!.span.start <= offset) low = middle + 1;
    else high = middle;
  }
  return instructions[low - 1];
}

/** Each word of the file that could be a variable, with the instructions that have it. */
const wordsIn: (tree: DockerfileTree) => ReadonlyMap<string, readonly Instruction[]> = memo(({ instructions }) => {
  const words = new Map<string, Instruction[]>();
  for (const instruction of instructions)
    for (const [word] of textOf(instruction).matchAll(/[A-Za-z_]\w{0,100}/g)) {
      const list = words.get(word);
      if (!list) words.set(word, [instruction]);
      else if (list.at(-1) !== instruction) list.push(instruction);
    }
  return words;
});

const textOf = (instruction: Instruction): string =>
  (instruction.kind === 'run' ? instruction.script : undefined)?.text ?? instruction.rest.text;

/** The commands of the stage that name the variable; `undefined` when anything else in the build may depend on it. */
function runsWith(
  name: string,
  env: EnvInstruction,
  tree: DockerfileTree,
  source: Instruction | undefined,
): readonly RunInstruction[] | undefined {
  const runs: RunInstruction[] = [];
  for (const other of wordsIn(tree).get(name) ?? []) {
    if (other === source) continue;
    if (other === env) {
      // Once as its key, and nowhere else but for its own value: `ENV A=x B=$A` needs it.
      if (textOf(other).split(name).length !== (source && namesItself(name, env) ? 3 : 2)) return undefined;
    } else if (other.kind === 'run') {
      if (other.stage !== env.stage || other.form === 'exec' || !isExpanded(name, textOf(other))) return undefined;
      if (other.mounts.some(({ type }) => type === 'secret')) return undefined;
      if (other.index > env.index) runs.push(other);
    } else if (!AT_RUN_TIME.has(other.kind)) return undefined;
  }
  return runs;
}

const namesItself = (name: string, { pairs }: EnvInstruction): boolean =>
  pairs.some(
    ({ key, value }) => key === name && value.parts.some(part => typeof part !== 'string' && part.name === name),
  );

/** What runs in the container, where the value is passed at its start. */
const AT_RUN_TIME: ReadonlySet<Instruction['kind']> = new Set(['cmd', 'entrypoint', 'healthcheck']);

/** Whether a script names the variable as the shell does, each time. */
const isExpanded = (name: string, script: string): boolean =>
  [...script.matchAll(/(\$\{?)?([A-Za-z_]\w{0,100})/g)].every(([, sign, word]) => word !== name || sign !== undefined);

function withoutPair({ source }: DockerfileTree, { pairs, span }: EnvInstruction, pair: Pair): Edit | undefined {
  const { text } = source;
  const at = pairs.indexOf(pair);
  if (pairs.length > 1) {
    const [from, to] = at > 0 ? [pairs[at - 1]!.span.end, pair.span.end] : [pair.span.start, pairs[1]!.span.start];
    // A comment between the lines would go with it.
    const lines = text.slice(from, to).split('\n');
    return lines.some(line => line.trimStart().startsWith('#')) ? undefined : source.replace(from, to, '');
  }
  if (span.start > 0 && text[span.start - 1] !== '\n') return undefined;
  const end = text.startsWith('\r\n', span.end) ? span.end + 2 : text[span.end] === '\n' ? span.end + 1 : span.end;
  return source.replace(span.start, end, '');
}

/** Secrets in variables need Dockerfile 1.10, which `docker/dockerfile:1` has. https://docs.docker.com/build/buildkit/dockerfile-release-notes/ */
const NEW_ENOUGH = /^docker\/dockerfile:1(?:\.[1-9]\d)?$/;

/** The edits that ask for a frontend that can do it, none where one is asked for; `undefined` where another one is. */
export function syntaxFor({ directives, source }: DockerfileTree): readonly (Edit | undefined)[] | undefined {
  const syntax = directives.find(({ name }) => name === 'syntax');
  if (syntax) return NEW_ENOUGH.test(syntax.value.slice(0, 100)) ? [] : undefined;
  return [source.insert(0, '# syntax=docker/dockerfile:1\n')];
}
