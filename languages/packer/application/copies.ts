/** How the files of an application come into the image. */
import { nameOf, parentDirectory } from '../../../core/path.ts';
import type { Application, Origin } from './application.ts';
import { contextOf, contextOfPath } from './context.ts';

/** What the installation reads, the installation, and the rest. A cloned repository comes as a whole. */
export function sources(app: Application, manifests: readonly string[], installs: readonly string[]): string[] {
  const { origin } = app;
  if (origin?.kind !== 'upload' || origin.form !== 'directory') return [...allSources(app), ...installs];
  const { path } = contextOf(app);
  if (path === undefined) return [...allSources(app), ...installs];
  const prefix = path === '.' ? '' : `${path}/`;
  return [`COPY ${manifests.map(name => `${prefix}${name}`).join(' ')} ./`, ...installs, ...copyAll(app)];
}

export function allSources(app: Application): string[] {
  const { origin } = app;
  if (origin?.kind !== 'clone') return copyAll(app);
  const isPublic = /^https?:\/\//.test(origin.url);
  return [
    ...(origin.ref === undefined
      ? ['# TODO: build with `--build-arg SOURCE_REF=` and the tag or commit of the release']
      : []),
    ...(isPublic ? [] : ['# TODO: build with `--ssh default`, or from a checkout with COPY']),
    ...(origin.ref === undefined ? ['ARG SOURCE_REF'] : []),
    // With a variable the address is certain all the same.
    `ADD ${origin.url}#${origin.ref ?? '$' + '{SOURCE_REF}'} ./`,
  ];
}

export function copyAll(app: Application): string[] {
  const { origin } = app;
  if (origin === undefined) return ['# TODO: the template does not say where the application comes from: add COPY'];
  if (origin.kind === 'clone') return allSources(app);
  const copied = new Set(filesBeside(app, origin));
  const others = app.otherUploads.flatMap(({ name, file }) => {
    const { path } = contextOfPath(file);
    return path !== undefined && copied.has(path) ? [] : `# TODO: the template also uploads ${name}`;
  });
  return [...others, ...copyOrigin(app, origin)];
}

function copyOrigin(app: Application, origin: Extract<Origin, { kind: 'upload' }>): string[] {
  const { path } = contextOf(app);
  if (path === undefined) return ['# TODO: the path of the application is not certain in the template: add COPY'];
  if (zipOf(app) !== undefined) return ['COPY --from=unpacked /src ./'];
  if (origin.form === 'archive') return [`ADD ${path} ./`];
  if (origin.form === 'directory') return [`COPY ${path === '.' ? '.' : `${path}/`} ./`];
  const started = (app.unit?.start ?? []).find(word => nameOf(word) === origin.name);
  const isElsewhere = started?.startsWith('/') && parentDirectory(started) !== (app.directory ?? '/app');
  const beside = filesBeside(app, origin);
  if (beside.length > 0) return [`COPY ${[path, ...beside].join(' ')} ./`];
  return [
    ...(MANIFESTS.test(origin.name) ? ['# TODO: this is one file of the application: copy the others too'] : []),
    `COPY ${path} ${isElsewhere ? started : './'}`,
  ];
}

/** The other files of an application of which single files are uploaded. */
function filesBeside(app: Application, origin: Extract<Origin, { kind: 'upload' }>): readonly string[] {
  if (origin.form !== 'file') return [];
  const { up } = contextOf(app);
  return app.otherUploads.flatMap(({ file }) => {
    const { path, up: own } = contextOfPath(file);
    return path !== undefined && path !== '.' && own === up ? [path] : [];
  });
}

const MANIFESTS = /\.(?:json|txt|toml|js|py|php|mod|xml)$|^gemfile$/i;

/** An archive that `ADD` does not unpack. */
export function zipOf(app: Application): string | undefined {
  const { path } = contextOf(app);
  return app.origin?.kind === 'upload' && app.origin.form === 'archive' && path?.endsWith('.zip') ? path : undefined;
}
