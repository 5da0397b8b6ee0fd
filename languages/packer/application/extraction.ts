/** Takes an application out of a template: the files that make a container of it, and the comment that stays behind. */
import type { ImageBuild } from '../../../core/build.ts';
import type { AroundExtraction, Extraction, NewFile } from '../../../core/editor.ts';
import { nameOf, parentDirectory } from '../../../core/path.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { isInDocument } from '../nodes.ts';
import type { PackerTree } from '../tree.ts';
import { type Application, applicationOf } from './application.ts';
import { type Carried, carriedApplications } from './carried.ts';
import { composeOf, composeOfContainers } from './compose.ts';
import { containerfileOf } from './containerfile.ts';
import { runtimeOf } from './runtimes.ts';
import { editsOf } from './template-edits.ts';

/** Every application of a template that can be taken out of it. */
export function extractionsOf(tree: PackerTree, build: ImageBuild): readonly Extraction[] {
  return [...carriedApplications(tree, build)].flatMap(carried => {
    // The other files of a module do not have it.
    if (!isInDocument(carried.packerBuild.block.source)) return [];
    const app = applicationOf(tree, build, carried);
    const whole =
      (app.origin !== undefined || app.commands.length > 0) &&
      isOfItsOwn(carried) &&
      isKnown(app) &&
      !isContainers(carried, app);
    if (!whole && app.containers.length === 0) return [];
    return [
      {
        title: whole ? 'Extract the application into a Containerfile…' : 'Extract the containers into a Compose file…',
        span: carried.strongest.span,
        make: around => make(tree, carried, withOwner(app, around), whole, around),
      },
    ];
  });
}

/** Whether the application is put in by files or builds, and not only by the containers that are started. */
function isOfItsOwn({ evidence }: Carried): boolean {
  return (
    evidence.some(({ role, weight }) => role === 'build' || role === 'start' || (role === 'upload' && weight > 1)) ||
    (evidence.some(({ role }) => role === 'clone') && !evidence.some(({ role }) => role === 'container'))
  );
}

/** Of a repository that is only cloned, a Containerfile would be nothing but a list of things to do. */
function isKnown(app: Application): boolean {
  return (
    app.origin?.kind === 'upload' ||
    runtimeOf(app) !== undefined ||
    app.commands.length > 0 ||
    (app.unit?.start ?? app.started) !== undefined
  );
}

const ENGINES = /^(?:docker|docker-compose|podman|podman-compose|nerdctl)$/;

/** Whether what the machine runs are containers already, which an image of its own does not start. */
function isContainers({ evidence, stage }: Carried, { origin, otherUploads, unit }: Application): boolean {
  const started = unit?.start?.[0];
  const uploaded = [...(origin?.kind === 'upload' ? [origin.name] : []), ...otherUploads.map(({ name }) => name)];
  return (
    (started !== undefined && ENGINES.test(nameOf(started))) ||
    uploaded.some(name => COMPOSE_FILE.test(name)) ||
    evidence.some(({ role, what }) => role === 'container' && what.startsWith('Compose')) ||
    stage.steps.some(
      step =>
        step.kind === 'run' &&
        step.phase === 'build' &&
        invocationsOfStep(step).some(invocation => composes(invocation)),
    )
  );
}

const COMPOSE_FILE = /^(?:docker-)?compose[\w.-]{0,40}\.ya?ml$/i;
const COMPOSES = /^docker[ -]compose (?:build|create|pull|start|up)$/;

function composes(invocation: Invocation): boolean {
  const { program, verb } = readArguments(invocation);
  return COMPOSES.test(`${program} ${verb}`);
}

function make(
  tree: PackerTree,
  carried: Carried,
  app: Application,
  whole: boolean,
  { isTaken }: AroundExtraction,
): ReturnType<Extraction['make']> {
  const template = nameOf(tree.path ?? 'the template');
  const directory = parentDirectory(tree.path ?? '');
  const compose = freeName(['compose.yaml', `compose.${app.name}.yaml`], COMPOSE_FILES, isTaken);
  const files: NewFile[] = [];
  let names = [compose];
  if (whole) {
    const containerfile = freeName(['Containerfile', `Containerfile.${app.name}`], ['Dockerfile'], isTaken);
    files.push({ name: containerfile, text: containerfileOf(app, template) });
    files.push({ name: compose, text: composeOf(app, template, containerfile, directory) });
    names = [containerfile, compose];
  } else files.push({ name: compose, text: composeOfContainers(app.containers, template) });
  return { files, edits: editsOf(tree, carried, app, names) };
}

/** The tags of the image say whose it is, else the repository does. */
const withOwner = (app: Application, { owners }: AroundExtraction): Application =>
  app.owner === undefined && owners.length > 0 ? { ...app, owner: owners.join(', ') } : app;

/** Other names of the file that Compose takes by itself: a second one beside them would be left out. */
const COMPOSE_FILES = ['compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** The first of the names that is free; the first one is taken as well where the tool would take another file. */
function freeName(names: readonly string[], others: readonly string[], isTaken: (name: string) => boolean): string {
  const [usual, ...further] = names;
  const free = others.some(isTaken) ? further : names;
  const last = further.at(-1) ?? usual!;
  const numbered = Array.from({ length: 100 }, (_, i) => `${last}.${i + 2}`);
  return [...free, ...numbered].find(name => !isTaken(name)) ?? `${last}.new`;
}
