/** Takes an application out of a template: the files that make a container of it, and the comment that stays behind. */
import type { ImageBuild } from '../../../core/build.ts';
import type { Extraction, NewFile } from '../../../core/editor.ts';
import { nameOf, parentDirectory } from '../../../core/path.ts';
import type { PackerTree } from '../tree.ts';
import { type Application, applicationOf } from './application.ts';
import { type Carried, carriedApplications } from './carried.ts';
import { composeOf, composeOfContainers } from './compose.ts';
import { containerfileOf } from './containerfile.ts';
import { editsOf } from './template-edits.ts';

/** Every application of a template that can be taken out of it. */
export function extractionsOf(tree: PackerTree, build: ImageBuild): readonly Extraction[] {
  return [...carriedApplications(tree, build)].flatMap(carried => {
    // What a Compose file starts is a container already.
    const app = applicationOf(tree, build, carried);
    const whole = (app.origin !== undefined || app.commands.length > 0) && isOfItsOwn(carried);
    if (!whole && app.containers.length === 0) return [];
    return [
      {
        title: whole ? 'Extract the application into a Containerfile…' : 'Extract the containers into a Compose file…',
        span: carried.strongest.span,
        make: isTaken => make(tree, carried, app, whole, isTaken),
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

function make(
  tree: PackerTree,
  carried: Carried,
  app: Application,
  whole: boolean,
  isTaken: (name: string) => boolean,
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
