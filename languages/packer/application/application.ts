/** What a build says about the application that it carries: all that is needed to ship it as a container. */
import type { ImageBuild, Step } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { copyOf } from '../../../facts/copies.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { judge } from '../../../facts/secrets/judge.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import type { PackerTree } from '../tree.ts';
import { upToCall } from './called-from.ts';
import type { Carried } from './carried.ts';
import { clonedBy, type Evidence } from './evidence.ts';
import { migrationOf } from './migrations.ts';
import { ownerOf } from './owner.ts';
import { type Unit, unitOf } from './units.ts';

/** Where the files of an application come from. */
export type Origin =
  | { readonly kind: 'clone'; readonly url: string; readonly ref: string | undefined }
  | {
      readonly kind: 'upload';
      /** From the template's directory, without a trailing slash; `undefined` when it is not certain. */
      readonly path: string | undefined;
      readonly form: 'directory' | 'archive' | 'file';
      /** The last part of the path, `app` when it is not known. */
      readonly name: string;
    };

/** What is uploaded besides. */
export interface Upload {
  readonly name: string;
  /** From the template's directory; `undefined` for a directory, and when it is not certain. */
  readonly file: string | undefined;
}

/** A command that installs dependencies or builds, without the wrappers in front of it. */
export interface ProjectCommand {
  /** `undefined` when a part of it is not certain. */
  readonly words: readonly string[] | undefined;
  readonly program: string;
  /** Where it is run, relative to the application: `''` for its own directory; `undefined` when it is not known. */
  readonly within: string | undefined;
}

export interface EnvironmentVariable {
  readonly name: string;
  /** `undefined` for what is secret or not certain: it is given when the container starts. */
  readonly value: string | undefined;
}

export interface Application {
  /** Lower case, fit for the name of a service: `shop`. */
  readonly name: string;
  readonly origin: Origin | undefined;
  readonly otherUploads: readonly Upload[];
  /** The directory that it has on the machine; `undefined` when it is not certain. */
  readonly directory: string | undefined;
  readonly commands: readonly ProjectCommand[];
  readonly unit: Unit | undefined;
  /** What `pm2` starts. */
  readonly started: readonly string[] | undefined;
  readonly packages: readonly string[];
  /** In ascending order, without that of SSH. */
  readonly ports: readonly number[];
  readonly environment: readonly EnvironmentVariable[];
  /** What changes the schema of its database, each once. */
  readonly migrations: readonly (readonly string[])[];
  /** Whose it is; `undefined` where the template does not say. */
  readonly owner: string | undefined;
  /** Containers that the machine image starts. */
  readonly containers: readonly RunContainer[];
}

/** `docker run` of an image whose name is certain. */
export interface RunContainer {
  readonly image: ContainerImage;
  readonly invocation: Invocation;
}

/** Reads the application out of a build. */
export function applicationOf(tree: PackerTree, build: ImageBuild, carried: Carried): Application {
  const invocations = invocationsOf(carried);
  const unit = withoutSecrets(unitOf(tree, build, carried));
  const origin = originOf(tree, carried, unit);
  const directory = directoryOf(carried, unit, invocations);
  const started = carried.evidence
    .flatMap(({ invocation }) => (invocation?.program === 'pm2' ? [startedBy(invocation)] : []))
    .at(0);
  const environment = variablesOf(unit);
  return {
    name: nameFor(carried, origin, unit),
    origin,
    otherUploads: uploadsOf(carried)
      .slice(1)
      .flatMap(upload => uploadOf(tree, carried, upload)),
    directory,
    commands: carried.evidence.flatMap(({ role, invocation }) =>
      role === 'build' && invocation ? [commandOf(invocation, directory)] : [],
    ),
    unit,
    started,
    packages: packageInstalls(build).flatMap(({ packages, stage }) =>
      stage === carried.stage ? packages.flatMap(({ name }) => name ?? []) : [],
    ),
    ports: portsOf(invocations, [...(unit?.start ?? []), ...(started ?? [])], environment),
    environment,
    migrations: migrationsOf(invocations),
    owner: ownerOf(carried.packerBuild),
    containers: containersOf(carried, build),
  };
}

function migrationsOf(invocations: readonly Invocation[]): readonly (readonly string[])[] {
  const found = invocations.flatMap(invocation => {
    const words = migrationOf(invocation);
    return words && isClean(words) ? [words] : [];
  });
  return [...new Map(found.map(words => [words.join(' '), words])).values()];
}

function invocationsOf({ stage }: Carried): readonly Invocation[] {
  return stage.steps.flatMap((step: Step) =>
    step.kind === 'run' && step.phase === 'build' ? invocationsOfStep(step) : [],
  );
}

const ARCHIVE = /\.(?:zip|tgz|tar\.(?:gz|xz|zst)|tar)$/i;

/** The uploads, the strongest first. */
function uploadsOf({ evidence }: Carried): readonly Evidence[] {
  return evidence.filter(({ role, source }) => role === 'upload' && source).toSorted((a, b) => b.weight - a.weight);
}

function originOf(tree: PackerTree, carried: Carried, unit: Unit | undefined): Origin | undefined {
  const [strongest] = uploadsOf(carried);
  const clone = carried.evidence.find(({ role }) => role === 'clone')?.invocation;
  if (clone && !strongest) return cloneBy(clone, invocationsOf(carried));
  const upload = strongest?.source;
  if (!upload) return undefined;
  const path = upload.literal ?? upload.byDefault;
  const known = path ?? upload.source.text.slice(upload.source.text.lastIndexOf(UNRESOLVED) + 1);
  const bare = withoutSlashes(known);
  const name = nameOf(bare) || 'app';
  const above = bare.startsWith('/') ? '' : upToCall(tree, carried, upload);
  // A program that the unit starts by the name of what is uploaded is one file.
  const isStarted = !known.endsWith('/') && unit?.start?.[0]?.endsWith(`/${name}`) === true;
  const form = ARCHIVE.test(name) ? 'archive' : strongest.directory && !isStarted ? 'directory' : 'file';
  return { kind: 'upload', path: path === undefined ? undefined : above + bare, form, name };
}

function uploadOf(tree: PackerTree, carried: Carried, { directory, source }: Evidence): readonly Upload[] {
  const path = source?.literal ?? source?.byDefault;
  const name = nameOf(withoutSlashes(path ?? ''));
  if (!source || path === undefined || name === '') return [];
  const above = path.startsWith('/') ? '' : upToCall(tree, carried, source);
  return [{ name, file: directory || ARCHIVE.test(name) ? undefined : above + path }];
}

const withoutSlashes = (path: string): string => path.replace(/(?<!\/)\/+$/, '');

/** Where only the name of a repository ends in `.git`, the tool knows that it is one. https://docs.docker.com/reference/dockerfile/#add---git */
const FORGE = /^https:\/\/(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[\w.-]{1,100}\/[\w.-]{1,100}$/;

function cloneBy(invocation: Invocation, all: readonly Invocation[]): Origin | undefined {
  const url = clonedBy(invocation);
  if (url === undefined) return undefined;
  const checkout = all.find(
    one =>
      one.script === invocation.script && one.command.start > invocation.command.start && checksOut(one) !== undefined,
  );
  // Credentials do not go on into another file.
  const clean = url.replace(/^(\w{1,20}:\/\/)[^/@]{1,500}@/, '$1');
  const named = withoutSlashes(clean);
  return {
    kind: 'clone',
    url: FORGE.test(named) && !named.endsWith('.git') ? `${named}.git` : clean,
    ref: (checkout && checksOut(checkout)) ?? readArguments(invocation).value('--branch')?.literal,
  };
}

/** The branch, tag or commit that `git checkout` goes to. */
function checksOut(invocation: Invocation): string | undefined {
  const { operands, program, verb } = readArguments(invocation);
  const [ref, ...more] = operands;
  const isRef = program === 'git' && /^(?:checkout|switch)$/.test(verb) && more.length === 0;
  return isRef && /^[\w./-]{1,100}$/.test(ref?.literal ?? '') ? ref!.literal : undefined;
}

/** What runs where it is, then what is in `/opt`, then anything but a place that is emptied. */
function directoryOf(
  { evidence }: Carried,
  unit: Unit | undefined,
  invocations: readonly Invocation[],
): string | undefined {
  const told = evidence.flatMap(({ role, step, invocation }): string[] => {
    if (role === 'clone' && invocation) return targetOfClone(invocation);
    const to = role === 'upload' && step.kind === 'copy' ? step.to?.literal : undefined;
    return to === undefined ? [] : [to];
  });
  const moved = invocations.flatMap(invocation => {
    const copy = copyOf(invocation);
    // A configuration file that is copied to another program's directory is not the application.
    const from = (copy?.sources ?? [])
      .map(({ literal }) => withoutSlashes((literal ?? '').replace(/\/\*$/, '')))
      .filter(path => !/\.(?:json|conf|service|sh|toml|ya?ml)$/.test(path));
    const isMoved = from.some(path => told.some(to => path === withoutSlashes(to) || path.startsWith(to)));
    return isMoved ? (copy?.target?.literal ?? []) : [];
  });
  const entered = invocations.flatMap(({ program, args }) => (program === 'cd' ? (args[0]?.literal ?? []) : []));
  const cloned = evidence.flatMap(({ role, invocation }) =>
    role === 'clone' && invocation ? nameOf(withoutSlashes(clonedBy(invocation) ?? '')).replace(/\.git$/, '') : [],
  );
  return [unit?.directory && withoutBelow(unit.directory, cloned), ...moved, ...told, ...entered]
    .flatMap(path => (path === undefined ? [] : directoryAt(path)))
    .find(path => !/^\/(?:tmp|var\/tmp|home\/[^/]+|root)$|^\/(?:tmp|etc|usr\/s?bin)\//.test(path));
}

/** The directory of a repository, of one in it that the unit starts in. */
function withoutBelow(directory: string, names: readonly string[]): string {
  const name = names.find(one => one !== '' && directory.includes(`/${one}/`));
  return name === undefined ? directory : directory.slice(0, directory.indexOf(`/${name}/`) + name.length + 1);
}

/** The directory of a path: of a file with an extension the one it is in. */
function directoryAt(path: string): string[] {
  const bare = withoutSlashes(path);
  const directory =
    /\/[^/]+\.(?:jar|war|ear|whl|phar|json|js|py|php|txt|toml|xml|mod|service|tgz|zip|tar|gz|xz)$/i.test(bare)
      ? bare.slice(0, bare.lastIndexOf('/'))
      : bare;
  return /^(?:\/[\w.-]+)+$/.test(directory) ? [directory] : [];
}

function targetOfClone(invocation: Invocation): string[] {
  const { operands } = readArguments(invocation);
  const [url, to] = operands.slice(-2);
  return to?.literal?.startsWith('/') && url?.literal !== undefined ? [to.literal] : [];
}

function commandOf(invocation: Invocation, directory: string | undefined): ProjectCommand {
  const { program, programWord, args } = invocation;
  const literals = [programWord, ...args].map(({ literal }) => literal);
  const words =
    literals.every(word => word !== undefined) && isClean(literals)
      ? literals.map(word => (directory === undefined ? word : relativeTo(directory, word)))
      : undefined;
  return { words, program, within: withinOf(invocation, directory) };
}

/** A command line with a secret in it is not written into another file. */
function isClean(words: readonly string[]): boolean {
  return words.every((word, i) => {
    const equals = word.indexOf('=');
    const option = (equals < 0 ? words[i - 1] : word.slice(0, equals))?.replace(/^-+/, '');
    const value = equals < 0 ? word : word.slice(equals + 1);
    return (
      !judge({ name: option, value, context: 'shell' }) && !judge({ name: undefined, value: word, context: 'shell' })
    );
  });
}

function withoutSecrets(unit: Unit | undefined): Unit | undefined {
  return unit?.start && !isClean(unit.start) ? { ...unit, start: undefined } : unit;
}

/** A path in the application's directory as seen from there. */
function relativeTo(directory: string, word: string): string {
  return word === directory ? '.' : word.startsWith(`${directory}/`) ? word.slice(directory.length + 1) : word;
}

/** Where the last `cd` in front of a command leads. */
function withinOf({ command, script }: Invocation, directory: string | undefined): string | undefined {
  const before = script.commands.filter(one => one.start < command.start && one.words[0]?.literal === 'cd').at(-1);
  if (!before) return '';
  const to = before.words[1]?.literal;
  if (to === undefined || directory === undefined) return undefined;
  const path = withoutSlashes(to);
  return path === directory ? '' : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
}

/** `pm2 start server.js`, `pm2 start npm -- start`. */
function startedBy(invocation: Invocation): readonly string[] | undefined {
  const { operands, afterDoubleDash } = readArguments(invocation);
  const words = [...operands.slice(1), ...afterDoubleDash].map(({ literal }) => literal);
  const [first] = words;
  if (first === undefined || words.some(word => word === undefined) || !isClean(words as string[])) return undefined;
  const all = [...new Set(words as string[])];
  if (/\.[cm]?js$/.test(first) && !/(?:^|\/)ecosystem\.config\./.test(first)) return ['node', ...all];
  return /^(?:npm|yarn|pnpm)$/.test(first) ? all : undefined;
}

/** Where the machine has programs and accounts; the image has its own. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set(['PATH', 'VIRTUAL_ENV', 'HOME', 'USER', 'LOGNAME', 'SHELL']);

function variablesOf(unit: Unit | undefined): readonly EnvironmentVariable[] {
  const own = (unit?.environment ?? []).filter(({ name }) => !OF_THE_MACHINE.has(name));
  return own.map(({ name, value }) => {
    const isSecret = judge({ name, value, context: 'env' }) !== undefined;
    return { name, value: isSecret ? undefined : value };
  });
}

const SSH = 22;
/** The value of an option that names a port, alone or after an address. */
const PORT_OPTION = /^--?(?:p|port|http-port|server\.port|bind|b|listen|addr|address|host)(?:=|$)/;

function portsOf(
  invocations: readonly Invocation[],
  start: readonly string[],
  environment: readonly EnvironmentVariable[],
): readonly number[] {
  const found = new Set<number>();
  const add = (text: string | undefined): void => {
    const port = Number(/(?:^|:)(\d{2,5})$/.exec(text ?? '')?.[1] ?? 0);
    if (port > 0 && port < 65_536 && port !== SSH) found.add(port);
  };
  for (const [i, word] of start.entries())
    if (PORT_OPTION.test(word)) add(word.includes('=') ? word.slice(word.indexOf('=') + 1) : start[i + 1]);
    else if (/^-D?[\w.]{0,40}port=\d+$/i.test(word)) add(word.slice(word.indexOf('=') + 1));
  for (const { name, value } of environment) if (/(?:^|_)PORT$/.test(name)) add(value);
  if (found.size > 0) return [...found].toSorted((a, b) => a - b);
  // What the firewall lets in is the application's where nothing says more.
  for (const invocation of invocations) {
    const words = invocation.args.map(({ literal }) => literal ?? '');
    if (invocation.program === 'ufw' && words[0] === 'allow') add(words.at(-1)?.replace(/\/tcp$/, ''));
    if (invocation.program === 'firewall-cmd')
      for (const word of words) add(/^--add-port=(\d{1,5})\/tcp$/.exec(word)?.[1]);
  }
  return [...found].toSorted((a, b) => a - b);
}

function containersOf({ evidence, stage }: Carried, build: ImageBuild): readonly RunContainer[] {
  const images = containerImages(build).filter(({ step, use }) => step && use === 'run' && stage.steps.includes(step));
  return evidence.flatMap(({ role, invocation }) => {
    if (role !== 'container' || !invocation) return [];
    const { start, end, file } = invocation.script.spanOf(invocation.command);
    const image = images.find(({ span }) => span.file === file && span.start >= start && span.end <= end);
    return image ? [{ image, invocation }] : [];
  });
}

/** The name of the unit, of the repository, of the build, or of what is uploaded; `app` when all say nothing. */
function nameFor({ names, packerBuild }: Carried, origin: Origin | undefined, unit: Unit | undefined): string {
  const uploaded = origin?.kind === 'upload' ? origin.name.replace(ARCHIVE, '').replace(/\.\w+$/, '') : undefined;
  const cloned = origin?.kind === 'clone' ? nameOf(withoutSlashes(origin.url)).replace(/\.git$/, '') : undefined;
  const built = [...names, ...packerBuild.sources.map(({ name }) => name)];
  const said = [unit?.name, cloned, ...built, uploaded].flatMap(name => {
    const slug = (name ?? '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-/, '')
      .replace(/-$/, '');
    return slug.length > 0 && slug.length <= 40 && !MEANINGLESS.test(slug) ? [slug] : [];
  });
  return said[0] ?? 'app';
}

const MEANINGLESS =
  /^(?:dist|build|target|src|public|out|release|main|default|base|image|ubuntu|debian|centos|rocky|alma|amazon|amazon-linux|this|vm|ami|golden)$/;
