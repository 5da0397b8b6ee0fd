/** Lowers a Dockerfile to the model that all languages share. */
import type {
  BaseImage,
  ImageBuild,
  ImageUse,
  IncludedFile,
  Label,
  Mention,
  Parameter,
  RunStep,
  Stage,
  Step,
  StepMount,
  Value,
} from '../../core/build.ts';
import { matchesSegment } from '../../core/glob.ts';
import type { LowerContext } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import { dialectOfShebang, type ScriptSettings } from '../../core/script.ts';
import { ownImage } from '../../facts/built-images.ts';
import { otherImages } from '../../facts/images-around.ts';
import { laterRelease } from '../../facts/later-release.ts';
import { versionsAround } from '../../facts/project-versions.ts';
import { readmesAround } from '../../facts/readmes.ts';
import { includedFiles } from '../../facts/secrets/exposures/included-files.ts';
import { scriptInWords } from '../../shell/exec-form.ts';
import { shebangOptions } from '../../shell/shell-options.ts';
import { everyInstruction, instructionsOf } from './all-instructions.ts';
import { contextsOf } from './context-files.ts';
import { CopiedFiles } from './copied-files.ts';
import { contextOf, dockerIgnoreOf } from './docker-ignore.ts';
import { valuesIn } from './scope.ts';
import { ScriptsOfRuns } from './scripts-of-runs.ts';
import { effectiveShell } from './stages.ts';
import { plainValue, readBody } from './substitution.ts';
import type {
  CommandText,
  CopyInstruction,
  CopyOrigin,
  DockerfileTree,
  DockerStage,
  Instruction,
  Mount,
  RunInstruction,
} from './tree.ts';
import { withdraw } from './withdraw.ts';

export function lowerDockerfile(tree: DockerfileTree, context: LowerContext): ImageBuild {
  const files = { scripts: new ScriptsOfRuns(tree, context), copied: new CopiedFiles(tree, context) };
  const stages = tree.stages.map(stage => lowerStage(stage, tree, context, files));
  return {
    language: 'dockerfile',
    source: tree.source,
    stages,
    parameters: everyInstruction(tree).flatMap(parametersOf),
    images: tree.stages.flatMap(stage => imagesOf(stage, context)),
    problems: tree.problems,
    comments: tree.comments,
    nested: [],
    mentions: mentionsOf(files),
    withdraw: place => withdraw(tree, place),
    ...laterRelease(context),
    ...otherImages(context),
    ...readmesAround(context),
    ...versionsAround(tree.source, context),
    syntax: tree,
  };
}

/** The files of the context that are part of the build. */
interface FilesOfBuild {
  readonly scripts: ScriptsOfRuns;
  readonly copied: CopiedFiles;
}

/** A script that runs is not merely copied. */
function mentionsOf({ scripts, copied }: FilesOfBuild): readonly Mention[] {
  const running = new Set(scripts.mentions.map(({ file }) => file));
  return [...scripts.mentions, ...copied.mentions.filter(({ file }) => !running.has(file))];
}

function lowerStage(stage: DockerStage, tree: DockerfileTree, context: LowerContext, files: FilesOfBuild): Stage {
  const steps: Step[] = [];
  const labels: Label[] = [];
  for (const instruction of instructionsOf(stage))
    for (const step of stepsOf(instruction, tree, context, files)) {
      if (instruction.trigger) steps.push({ ...step, trigger: true });
      else steps.push(step);
      if (step.kind === 'label' && !instruction.trigger)
        labels.push({ key: step.key, value: step.value, span: step.span });
    }
  return {
    name: stage.name === undefined ? undefined : aliasOf(stage),
    bases: basesOf(stage),
    steps,
    // Labels of the base image are not in this file.
    outputs: labels.length > 0 ? [{ name: undefined, labels, labelsKnown: true, span: stage.span }] : [],
    final: stage.final,
    span: stage.span,
  };
}

function aliasOf({ from, nameSpan }: DockerStage): Value | undefined {
  const { rest } = from;
  if (!nameSpan) return undefined;
  // The alias is the third word and contains no escapes, so it is at the end of the line as it is written.
  const start = rest.text.lastIndexOf(from.alias!);
  return start < 0 ? undefined : plainValue(rest.slice(start, start + from.alias!.length));
}

function basesOf({ base, from }: DockerStage): BaseImage[] {
  const span = from.image?.span ?? from.span;
  switch (base.kind) {
    case 'stage':
      return [{ kind: 'stage', name: base.stage.name ?? '', span }];
    case 'one-of':
      return base.stages.map(stage => ({ kind: 'stage', name: stage.name ?? '', span }));
    case 'image':
      return [{ kind: 'registry', reference: base.image, span }];
    case 'scratch':
      return [{ kind: 'scratch', span }];
    case 'missing':
      return [];
  }
}

function parametersOf(instruction: Instruction): Parameter[] {
  if (instruction.kind !== 'arg') return [];
  return instruction.declarations.map(({ name, nameSpan, default: value, span }) => ({
    name,
    nameSpan,
    default: value,
    sensitive: false,
    span,
  }));
}

function imagesOf(stage: DockerStage, { files, path }: LowerContext): ImageUse[] {
  const uses: ImageUse[] = [];
  const add = (use: ImageUse['use'], reference: Value, platform?: Value) => {
    if (reference.literal === 'scratch') return;
    uses.push({
      reference,
      use,
      span: reference.span,
      ...(platform ? { platform } : {}),
      ...(path === undefined ? {} : { fromRepository: () => ownImage(reference, path, files) }),
    });
  };
  if (stage.base.kind === 'image') add('base', stage.base.image, stage.from.platform);
  for (const instruction of instructionsOf(stage)) {
    if (instruction.kind === 'copy' || instruction.kind === 'add') {
      if (instruction.origin.kind === 'image') add('copy', instruction.origin.image);
    } else if (instruction.kind === 'run')
      for (const { origin } of instruction.mounts) if (origin.kind === 'image') add('mount', origin.image);
  }
  return uses;
}

function stepsOf(
  instruction: Instruction,
  tree: DockerfileTree,
  context: LowerContext,
  { scripts, copied }: FilesOfBuild,
): Step[] {
  switch (instruction.kind) {
    case 'run': {
      const step = lowerRun(instruction, context);
      return [step, ...scripts.of(step, instruction)];
    }
    case 'cmd':
    case 'entrypoint':
    case 'healthcheck':
      return instruction.command ? [lowerCommand(instruction, instruction.command, context)] : [];
    case 'copy':
    case 'add':
      return [...lowerCopy(instruction, tree, context), ...copied.of(instruction)];
    case 'env':
      return instruction.pairs.map(pair => ({
        kind: 'env',
        scope: 'image',
        name: pair.key,
        nameSpan: pair.keySpan,
        value: pair.value,
        span: pair.span,
        syntax: instruction,
      }));
    case 'label':
      return instruction.pairs.map(({ key, value, span: at }) => ({
        kind: 'label',
        key,
        value,
        span: at,
        syntax: instruction,
      }));
    default:
      return [];
  }
}

/** The settings of a script that names its interpreter. */
function shebangSettings(text: string): ScriptSettings | undefined {
  const dialect = dialectOfShebang(text);
  return dialect && { dialect, ...shebangOptions(text) };
}

function lowerRun(instruction: RunInstruction, context: LowerContext): RunStep {
  const { script, form, span, args } = instruction;
  const settings = (form === 'heredoc' && script && shebangSettings(script.text)) || effectiveShell(instruction);
  return {
    kind: 'run',
    phase: 'build',
    span,
    syntax: instruction,
    script:
      form === 'exec'
        ? scriptInWords(args, context.script)
        : script && script.text !== ''
          ? context.script(script, settings)
          : undefined,
    argv: form === 'exec' ? args : undefined,
    ...(instruction.mounts.length > 0 ? { mounts: instruction.mounts.map(lowerMount) } : {}),
    environment: valuesIn(instruction.environment),
  };
}

function lowerMount({ type, target, options }: Mount): StepMount {
  const variable = options.find(({ key }) => key === 'env')?.value?.literal;
  const path =
    target?.literal ?? target?.parts.map(part => (typeof part === 'string' ? part : `$${part.name}`)).join('');
  return { type, target: path, variable };
}

function lowerCommand(instruction: Instruction, command: CommandText, context: LowerContext): RunStep {
  const common = { kind: 'run', phase: 'boot', span: instruction.span, syntax: instruction } as const;
  return command.form === 'exec'
    ? { ...common, script: scriptInWords(command.words, context.script), argv: command.words }
    : { ...common, script: context.script(command.script, effectiveShell(instruction)), argv: undefined };
}

const ORIGINS: Readonly<Record<CopyOrigin['kind'], 'context' | 'stage' | 'image'>> = {
  context: 'context',
  stage: 'stage',
  'one-of': 'stage',
  image: 'image',
  missing: 'stage',
};

/** Sources that ADD downloads: https://docs.docker.com/reference/dockerfile/#add. */
const REMOTE = /^(?:https?:\/\/|ftp:\/\/|git:\/\/|ssh:\/\/|git@[\w.-]+:)/i;

function lowerCopy(instruction: CopyInstruction, tree: DockerfileTree, context: LowerContext): Step[] {
  const { kind, sources, destination, heredocs, span, flags, origin } = instruction;
  const steps: Step[] = [];
  const remote = sources.filter(source => kind === 'add' && REMOTE.test(source.byDefault ?? source.source.text));
  const checksum = flags.findLast(flag => flag.name === 'checksum')?.expanded;
  const mode = flags.findLast(flag => flag.name === 'chmod')?.expanded;
  for (const url of remote) steps.push({ kind: 'fetch', url, checksum, span, syntax: instruction });
  const local = sources.filter(source => !remote.includes(source));
  if (local.length > 0) {
    const includes = origin.kind === 'context' ? includedBy(instruction, local, tree, context) : [];
    const from = ORIGINS[origin.kind];
    steps.push({
      kind: 'copy',
      origin: from,
      sources: local,
      to: destination,
      mode,
      includes,
      ...(origin.kind === 'context' && {
        textOf: (source: string) => tree.contextFile(source) ?? undefined,
        namesIn: (source: string) => namesIn(source, tree, context),
        leavesOut: (source: string) => dockerIgnoreOf(tree)?.ignoresAll(source) === true,
      }),
      span,
      syntax: instruction,
    });
  }
  for (const { body, quoted } of heredocs) {
    const content = quoted ? body : readBody(body, tree.escape, instruction.environment);
    const settings = shebangSettings(content.text);
    steps.push({
      kind: 'write-file',
      path: destination && isDirectory(destination) ? undefined : destination,
      content,
      mode,
      script: settings && context.script(content, settings),
      span,
      syntax: instruction,
    });
  }
  return steps;
}

/** What is in a directory of the build context, where it is the one that the copies show. */
function namesIn(source: string, tree: DockerfileTree, { files, path }: LowerContext): readonly string[] | undefined {
  if (path === undefined) return undefined;
  return files.list(joinPath(contextOf(parentDirectory(path), tree), source)) ?? undefined;
}

/** Files of credentials in copied directories, where what is copied does not show that the build context is another one. */
function includedBy(
  { flags }: CopyInstruction,
  sources: readonly Value[],
  tree: DockerfileTree,
  context: LowerContext,
): readonly IncludedFile[] {
  const ignore = dockerIgnoreOf(tree);
  if (context.path === undefined || (tree.ignore !== 'missing' && !ignore)) return [];
  if (flags.some(({ name }) => name === 'exclude')) return [];
  const root = contextOf(parentDirectory(context.path), tree);
  if (!contextsOf(tree, context.path, context.files).includes(root)) return [];
  return includedFiles(sources, root, context, path => ignore?.ignores(path) === true).map(file => ({
    ...file,
    isMeant:
      ignore?.excepts(joinPath(file.source.literal ?? '', file.name)) === true &&
      !isKeptFromGit(file.name, root, context),
  }));
}

/** Whether Git ignores a file by its name, so that the one that is there is not the one of the repository. */
function isKeptFromGit(name: string, root: string, { files }: LowerContext): boolean {
  const lines = (files.read(joinPath(root, '.gitignore')) ?? '').split('\n', MOST_IGNORED);
  // The last pattern decides.
  const last = lines.findLast(line => matchesSegment(nameOf(line.trim().replace(/^!/, '')), name));
  return last !== undefined && !last.startsWith('!');
}
const MOST_IGNORED = 500;

/**
 * Whether the destination is a directory: then the file has the name of the delimiter, which is not meant as a path.
 */
function isDirectory({ source }: Value): boolean {
  return source.text.endsWith('/');
}
