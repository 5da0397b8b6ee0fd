/** The signs that a build puts an application into its machine image, and the weight of each. */
import type { CopyStep, RunStep, Stage, Value, WriteFileStep } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { type Span, UNRESOLVED } from '../../../core/text.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { isToolRepository, projectBuildOf } from '../../../facts/project-builds.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { isArchiveOfMachine, isImageOfMachine, loadedArchives } from '../part-of-machine.ts';

/**
 * What a sign is of. `upload`: files of the application; `unit`: its service; `clone`: its repository; `build`: a command that
 * installs or builds a project; `start`: one that starts it; `container`: one that starts or fetches containers.
 */
export type Role = 'upload' | 'unit' | 'clone' | 'build' | 'start' | 'container';

export interface Evidence {
  readonly role: Role;
  /** Three together make a finding; what weighs nothing is only shown. */
  readonly weight: 0 | 1 | 2 | 3;
  /** A noun phrase or clause that starts in lower case or with code, without a full stop: "directory `dist`". */
  readonly what: string;
  readonly span: Span;
  readonly step: CopyStep | RunStep | WriteFileStep;
  /** The source of an upload. */
  readonly source?: Value;
  readonly invocation?: Invocation;
  /** Of an upload: it is a directory. */
  readonly directory?: true;
  /** Of a clone: the last part of its directory. */
  readonly clonedTo?: string;
  /** It installs what a list of packages says, which may as well be tools of the machine. */
  readonly requirements?: true;
  /** More of the same say nothing new. */
  readonly once?: true;
}

type Sign = Omit<Evidence, 'step' | 'invocation'>;

/** The signs in a build, in the order of its steps. `given` are names of the build: a unit of that name is a sign. */
export function evidenceIn(stage: Stage, given: ReadonlySet<string>): Evidence[] {
  const clones = clonesIn(stage);
  const names = new Set([...given, ...clones.map(({ name }) => name)]);
  const found = stage.steps.flatMap((step): Evidence[] => {
    switch (step.kind) {
      case 'copy':
        return step.origin === 'context' ? ofUpload(step, names).map(sign => ({ ...sign, step })) : [];
      case 'write-file':
        return ofUnit(step).map(sign => ({ ...sign, step }));
      case 'run':
        return step.phase === 'build'
          ? invocationsOfStep(step).flatMap(invocation =>
              [...ofCommand(invocation), ...ofUnitCommand(invocation, names), ...ofLauncher(invocation, clones)].map(
                sign => ({ ...sign, step, invocation }),
              ),
            )
          : [];
      default:
        return [];
    }
  });
  const isBuilt = found.some(({ role }) => role === 'build');
  const removed = isBuilt ? undefined : removedNames(stage);
  return found.filter(
    (one, i) =>
      (!one.once || found.findIndex(({ what }) => what === one.what) === i) &&
      // What is deleted again, and not built before that, leaves no application.
      !(one.role === 'clone' && one.clonedTo !== undefined && removed?.has(one.clonedTo)),
  );
}

/** The last parts of the directories that commands of the stage delete. */
function removedNames(stage: Stage): ReadonlySet<string> {
  const removed = stage.steps.flatMap(step =>
    step.kind === 'run' && step.phase === 'build'
      ? invocationsOfStep(step).flatMap(invocation => {
          const given = readArguments(invocation);
          if (given.program !== 'rm' || !given.has('--recursive')) return [];
          return given.operands.map(({ literal }) => nameOf(withoutSlashes(literal ?? '')));
        })
      : [],
  );
  return new Set(removed);
}

const PACKAGES = /\.(?:jar|war|ear|whl|phar|nupkg)$/i;
const ARCHIVES = /\.(?:zip|tgz|tar\.gz|tar\.xz|tar\.zst|tar)$/i;
const APP_WORDS =
  /(?:^|[-_.])(?:app|apps|application|website|webapp|frontend|backend|dist|build|release|service)(?:[-_.0-9]|$)/i;
const APP_FOLDERS = /^(?:app|apps|application|dist|target|src|website|webapp|public|frontend|backend)$/i;
/** A directory named after an application: `wiki-app/`. */
const APP_FOLDER = /[-_](?:app|site|website|webapp|frontend|backend)$/i;
/** Where builds put what they make. */
const BUILT_IN = /(?:^|\/)(?:build|dist|target|out|bin|publish|release|_build)\/(?:.{0,80}\/)?[^/]{1,100}$/;
const APP_FILES: ReadonlySet<string> = new Set([
  'app.js',
  'app.py',
  'composer.json',
  'gemfile',
  'go.mod',
  'index.js',
  'index.php',
  'main.py',
  'package.json',
  'pom.xml',
  'requirements.txt',
  'server.js',
  'wsgi.py',
]);
const APP_VARIABLE =
  /artifact|(?:^|[._])app_|(?:^|[._-])app(?:lication)?[_-](?:file|path|source|archive|package|bundle)/i;

function ofUpload({ sources, span }: CopyStep, names: ReadonlySet<string>): Sign[] {
  for (const source of sources) {
    const place = source.span.file === undefined ? source.span : span;
    const path = pathOf(source);
    // In `${local.artifacts}/chef` the name that follows says what is uploaded.
    const isNamed = path !== undefined && source.literal === undefined && lastKnown(source.source.text) !== undefined;
    if (!isNamed && source.parts.some(part => typeof part !== 'string' && APP_VARIABLE.test(part.name)))
      return [{ role: 'upload', weight: 3, what: 'artifact named by a variable', span: place, source }];
    if (path === undefined) continue;
    const name = nameOf(path);
    const isPackage = PACKAGES.test(name) || (ARCHIVES.test(name) && APP_WORDS.test(name.replace(ARCHIVES, '')));
    if (isPackage && !isArchiveOfMachine(name))
      return [{ role: 'upload', weight: 3, what: quoted(name), span: place, source }];
    const isDirectory = (source.literal ?? source.byDefault ?? '').endsWith('/');
    if (APP_FOLDERS.test(name) || (isDirectory && APP_FOLDER.test(name)))
      return [
        {
          role: 'upload',
          weight: 3,
          what: `directory ${quoted(name)}`,
          span: place,
          source,
          directory: true,
        },
      ];
    if (APP_FILES.has(name.toLowerCase()))
      return [
        {
          role: 'upload',
          weight: 3,
          what: quoted(name),
          span: place,
          source,
          ...(name.toLowerCase() === 'requirements.txt' && { requirements: true }),
        },
      ];
    if (/^\.+(?:\/\.+)*\/?$/.test(path))
      return [{ role: 'upload', weight: 1, what: 'the whole repository', span: place, source, directory: true }];
    if (names.has(name) && BUILT_IN.test(path))
      return [{ role: 'upload', weight: 3, what: quoted(name), span: place, source }];
    if (name.endsWith('.service') && names.has(name.slice(0, -'.service'.length)))
      return [{ role: 'unit', weight: 2, what: `service unit ${quoted(name)}`, span: place, source }];
  }
  return [];
}

/** The path of an upload without a trailing slash; `undefined` when its last part cannot be known. */
function pathOf({ literal, byDefault, source }: Value): string | undefined {
  const path = (literal ?? byDefault ?? lastKnown(source.text))?.replace(/(?<!\/)\/+$/, '');
  return path === '' ? undefined : path;
}

function lastKnown(text: string): string | undefined {
  const path = text.replace(/(?<!\/)\/+$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^[\w.-]+$/.test(name) && path.includes('/') ? name : undefined;
}

interface Clone {
  /** `shop` of `https://git.example.com/shop.git`. */
  readonly name: string;
  /** Where it is put, as written. */
  readonly to: string;
}

/** The repositories that a build clones, tools for machines left out. */
function clonesIn(stage: Stage): Clone[] {
  return stage.steps.flatMap(step =>
    step.kind === 'run' && step.phase === 'build'
      ? invocationsOfStep(step).flatMap(invocation => {
          const url = clonedBy(invocation);
          if (url === undefined) return [];
          const name = nameOf(withoutSlashes(url)).replace(/\.git$/, '');
          return [{ name, to: cloneDirectory(invocation, url) }];
        })
      : [],
  );
}

/** Where a clone is put, as written. */
function cloneDirectory(invocation: Invocation, url: string): string {
  const to = readArguments(invocation).operands.at(-1)?.literal ?? '';
  return to === url ? nameOf(withoutSlashes(url)).replace(/\.git$/, '') : withoutSlashes(to);
}

function withoutSlashes(path: string): string {
  return path.replace(/(?<!\/)\/+$/, '');
}

export function clonedBy(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  if (`${given.program} ${given.verb}` !== 'git clone') return undefined;
  const url = given.operands.find(({ literal }) => /[/:]/.test(literal ?? ''))?.literal;
  return url !== undefined && !isToolRepository(url) ? url : undefined;
}

/** What an application's own launcher is told. */
const LAUNCHES = /^(?:bootstrap|start|up|serve|server|deploy|rebuild|launch|run)$/;

/** A program of a cloned repository that builds or starts what is in it: `./launcher bootstrap app`. */
function ofLauncher(invocation: Invocation, clones: readonly Clone[]): Sign[] {
  if (clones.length === 0) return [];
  const { args, command, programWord, script } = invocation;
  const path = programWord.literal ?? '';
  const isCloned = path.startsWith('./') || clones.some(({ to }) => to !== '' && path.startsWith(`${to}/`));
  const told = args.find(({ literal }) => literal !== undefined && !literal.startsWith('-'))?.literal;
  if (!isCloned || told === undefined || !LAUNCHES.test(told)) return [];
  return [
    {
      role: 'start',
      weight: 2,
      what: `${quoted(`${nameOf(path)} ${told}`)} in a cloned repository`,
      span: script.spanOf(command),
    },
  ];
}

/** Enabling or starting the unit of the application, beside stronger signs. */
function ofUnitCommand(invocation: Invocation, names: ReadonlySet<string>): Sign[] {
  const given = readArguments(invocation);
  if (given.program !== 'systemctl' || !/^(?:enable|start|restart)$/.test(given.verb)) return [];
  const unit = given.operands.find(({ literal }) => names.has(literal?.replace(/\.service$/, '') ?? ''))?.literal;
  if (unit === undefined) return [];
  const span = invocation.script.spanOf(invocation.command);
  return [{ role: 'unit', weight: 0, what: `starts ${quoted(unit)}`, span }];
}

/** What copies from a store of the builder's own: https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html and its like. */
const STORES: ReadonlyMap<string, RegExp> = new Map([
  ['aws', /^s3 (?:cp|mv)(?: |$)|^s3api get-object(?: |$)|^codeartifact get-package-version-asset(?: |$)/],
  ['gsutil', /^(?:-m )?(?:cp|mv)(?: |$)/],
  ['gcloud', /^storage (?:cp|mv)(?: |$)|^artifacts generic download(?: |$)/],
  ['az', /^storage blob download(?: |$)|^artifacts universal download(?: |$)/],
  ['azcopy', /^(?:cp|copy)(?: |$)/],
  ['oci', /^os object get(?: |$)/],
  ['jf', /^rt dl(?: |$)|^rt download(?: |$)/],
]);

/** The package of an application that a command copies out of such a store. */
function fetchedArtifact({ args, program }: Invocation): string | undefined {
  const words = args.map(({ text }) => text);
  if (STORES.get(program)?.test(words.slice(0, 8).join(' ')) !== true) return undefined;
  const from = words.find(
    word => /^(?:s3|gs|https?):\/\//.test(word) && /\.(?:jar|war|ear)$/i.test(word) && !isArchiveOfMachine(word),
  );
  return from && nameOf(from).replaceAll(UNRESOLVED, '*');
}

const UNIT_OF_AN_APP =
  /^ExecStart=(?:[-@:+!]*\/(?:opt|srv|app|home|var\/www)\/|\S*\b(?:java\s+(?:-\S{1,200}\s+){0,9}-jar|node|python3?|gunicorn|uvicorn|puma|unicorn)\s)/m;

function ofUnit({ path, content, span }: WriteFileStep): Sign[] {
  if (!/\.service$/.test(path?.literal ?? '') && !/^\[Service\]$/m.test(content.text)) return [];
  return UNIT_OF_AN_APP.test(content.text)
    ? [{ role: 'unit', weight: 2, what: 'service unit that runs an application', span }]
    : [];
}

/** Whether the container is one that watches the machine. */
function runsOfMachine([word]: readonly Word[]): boolean {
  const reference = word?.literal === undefined ? undefined : parseImageReference(word.literal);
  return reference !== undefined && isImageOfMachine(reference.repository);
}

function ofCommand(invocation: Invocation): Sign[] {
  const span = invocation.script.spanOf(invocation.command);
  const build = projectBuildOf(invocation);
  const { program, command, script } = invocation;
  const module = script.standsFor;
  if (build) {
    const isList = /^(?:pip|uv|poetry|pipenv) (?:install|sync)$/.test(
      `${readArguments(invocation).program} ${readArguments(invocation).verb}`,
    );
    return [
      {
        role: 'build',
        weight: 3,
        what: module ? `\`${module}\` with requirements` : `\`${build}\``,
        span,
        ...(isList && { requirements: true }),
      },
    ];
  }
  const given = readArguments(invocation);
  const called = `${given.program} ${given.verb}`;
  if (/^docker[ -]compose (?:up|pull)$/.test(called))
    return [{ role: 'container', weight: 3, what: 'Compose pulls or starts containers', span }];
  if (program === 'pm2' && given.operands[0]?.literal === 'start')
    return [{ role: 'start', weight: 3, what: '`pm2` starts an application', span }];
  if (/^(?:docker|podman) run$/.test(called) && given.has('--detach', '--restart') && !runsOfMachine(given.operands))
    return [
      { role: 'container', weight: 2, what: `\`${module ?? `${program} run`}\` starts a permanent container`, span },
    ];
  const archives = /^(?:docker|podman|nerdctl)$/.test(program) ? loadedArchives(invocation) : undefined;
  if (archives && !archives.some(isArchiveOfMachine))
    return [
      {
        role: 'container',
        weight: 2,
        what: `\`${program} load\` puts a container image into the machine`,
        span,
        once: true,
      },
    ];
  const artifact = fetchedArtifact(invocation);
  if (artifact !== undefined) return [{ role: 'upload', weight: 2, what: quoted(artifact), span }];
  if (called === 'git clone') {
    const url = clonedBy(invocation);
    if (url === undefined) return [];
    const name = nameOf(withoutSlashes(url)).replace(/\.git$/, '');
    return [
      {
        role: 'clone',
        clonedTo: nameOf(cloneDirectory(invocation, url)),
        weight: 1,
        what: `\`${module ?? 'git clone'}\` of ${/^[\w.-]{1,40}$/.test(name) ? quoted(name) : 'code'}`,
        span,
      },
    ];
  }
  for (const { heredoc } of command.redirects) {
    const body = heredoc?.body.text;
    if (body !== undefined && /^\[Service\]$/m.test(body) && UNIT_OF_AN_APP.test(body))
      return [{ role: 'unit', weight: 2, what: 'service unit that runs an application', span }];
  }
  return [];
}
