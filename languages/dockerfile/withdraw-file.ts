/** Takes a copied credential file out: the commands that read it get it as a mount. */
import { type Fix, fix } from '../../core/finding.ts';
import { nameOf } from '../../core/path.ts';
import { quoted } from '../../core/quoted.ts';
import { credentialFile } from '../../facts/secrets/exposures/files.ts';
import { withoutInstruction } from './edits.ts';
import type { CopyInstruction, DockerfileTree, Instruction, RunInstruction } from './tree.ts';

const WITH_SSH = /(?:^|[\s;&|(])(?:git|ssh|scp|sftp|rsync|go|npm|pnpm|yarn|pip3?|cargo|bundle|composer)(?=\s)/;

/** The programs that read a file by themselves, as a script names them, by the end of its path in the image. */
const READERS: readonly (readonly [path: RegExp, programs: RegExp])[] = [
  [/\/\.npmrc$/, /(?:^|[\s;&|(])(?:npm|npx|pnpm|yarn)(?=\s|$)/],
  [/\/\.netrc$/, /(?:^|[\s;&|(])(?:git|pip3?|uv|wget|go)(?=\s)/],
  [/\/\.git-credentials$/, /(?:^|[\s;&|(])git(?=\s)/],
  [/\/\.pypirc$/, /(?:^|[\s;&|(])twine(?=\s)/],
  [/\/\.ssh\/id_[a-z\d]{1,10}$/, WITH_SSH],
  [/\/auth\.json$/, /(?:^|[\s;&|(])composer(?=\s)/],
  [/\/\.m2\/settings\.xml$/, /(?:^|[\s;&|(])mvn(?=\s)/],
  [/\/\.cargo\/credentials(?:\.toml)?$/, /(?:^|[\s;&|(])cargo(?=\s)/],
  [/\/\.aws\/credentials$/, /(?:^|[\s;&|(])aws(?=\s)/],
  [/\/\.kube\/config$/, /(?:^|[\s;&|(])(?:kubectl|helm)(?=\s)/],
];

/** `undefined` where it is not certain which commands read the file, or something else in the build needs it. */
export function withdrawFile(tree: DockerfileTree, copy: CopyInstruction): Fix | undefined {
  const [source, ...others] = copy.sources;
  const { destination, stage } = copy;
  if (!source?.literal || others.length > 0 || !destination?.literal || copy.origin.kind !== 'context')
    return undefined;
  if (!stage || copy.trigger || copy.flags.length > 0 || copy.heredocs.length > 0) return undefined;
  const path = pathIn(destination.literal, nameOf(source.literal));
  const readers = READERS.find(([ending]) => path !== undefined && ending.test(path))?.[1];
  const id = nameOf(source.literal).replace(/^\.+/, '');
  if (path === undefined || !readers || !/^[\w.-]{1,60}$/.test(id)) return undefined;
  const runs: RunInstruction[] = [];
  for (const other of tree.instructions) {
    if (other === copy) continue;
    const text = textOf(other);
    // What names the file changes it, deletes it or takes it along.
    if (text.includes(nameOf(path))) return undefined;
    if (other.kind !== 'run' || other.stage !== stage || other.index < copy.index || !readers.test(text)) continue;
    const isMounted = tree.source.text.slice(other.span.start, other.span.end).includes(`target=${path}`);
    if (other.form === 'exec' || isMounted) return undefined;
    runs.push(other);
  }
  // A mounted secret is root's, and another stage that goes on with this one does not get it.
  if (runs.length === 0 || stage.instructions.some(({ kind }) => kind === 'user')) return undefined;
  if (tree.stages.some(({ base }) => base.kind === 'stage' && base.stage === stage)) return undefined;
  const flag = ` --mount=type=secret,id=${id},target=${path}`;
  return fix(
    'suggested',
    `Mount ${quoted(nameOf(source.literal))} as a secret where ${quoted('RUN')} uses it`,
    withoutInstruction(tree, copy),
    ...runs.map(run => tree.source.insert(run.keywordSpan.end, flag)),
  );
}

/** The path of the file in the image; `undefined` where the destination may be the directory that it goes to. */
function pathIn(destination: string, name: string): string | undefined {
  if (!/^\/[\w./-]{1,200}$/.test(destination)) return undefined;
  if (destination.endsWith('/')) return destination + name;
  return nameOf(destination) === name || credentialFile(destination) ? destination : undefined;
}

const textOf = (instruction: Instruction): string =>
  (instruction.kind === 'run' ? instruction.script : undefined)?.text ?? instruction.rest.text;
