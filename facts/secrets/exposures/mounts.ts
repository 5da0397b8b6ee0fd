/** What `RUN --mount` brings into a step, and what it keeps out of the image. https://docs.docker.com/reference/dockerfile/#run---mount */
import type { ImageBuild, RunStep } from '../../../core/build.ts';
import { memoOfTwo } from '../../../core/memo.ts';

/** The mounts of one step. */
export interface Mounts {
  /** The variables that secrets come in, and those that the step reads from their files. */
  readonly names: ReadonlySet<string>;
  /** Whether a path is that of a mounted secret. */
  isSecret(path: string | undefined): boolean;
  /** Whether what is written to a path goes into a mount, and not into the image. `/root/` stands for any home. */
  covers(path: string): boolean;
}

const NONE: Mounts = { names: new Set(), isSecret: () => false, covers: () => false };

/** The mounts of a step; none in languages other than that of Dockerfiles. */
export const mountsOf: (step: RunStep, build: ImageBuild) => Mounts = memoOfTwo((step: RunStep, build: ImageBuild) => {
  if (build.language !== 'dockerfile') return NONE;
  const names = new Set<string>();
  const secrets = new Set<string>();
  const targets: string[] = [];
  for (const { type, target, variable } of step.mounts ?? []) {
    if (type === 'secret' && variable !== undefined && /^[A-Za-z_]\w{0,100}$/.test(variable)) names.add(variable);
    if (target === undefined) continue;
    targets.push(target);
    if (type === 'secret') secrets.add(target);
  }
  const isSecret = (path: string | undefined) =>
    path !== undefined && (path.startsWith('/run/secrets/') || secrets.has(path));
  const text = step.script?.text.text ?? '';
  for (const [, name, path] of text.matchAll(READ_INTO)) if (isSecret(path)) names.add(name!);
  for (const [, name, path] of text.matchAll(READ_BY_SHELL)) if (isSecret(path)) names.add(name!);
  return { names, isSecret, covers: path => targets.some(target => isIn(path, target)) };
});

/** `TOKEN="$(cat /run/secrets/token)"` */
const READ_INTO =
  /\b([A-Za-z_]\w{0,100})=["']?\$\((?:cat[ \t]{1,8}|<[ \t]{0,8})["']?(\/[\w./-]{1,200})["']?[ \t]{0,8}\)/g;
/** `read -r TOKEN < /run/secrets/token` */
const READ_BY_SHELL =
  /\bread[ \t]{1,8}(?:-r[ \t]{1,8})?([A-Za-z_]\w{0,100})[ \t]{0,8}<[ \t]{0,8}["']?(\/[\w./-]{1,200})/g;

/** Whether a file is in a directory, or is it. */
function isIn(path: string, target: string): boolean {
  const directory = target.endsWith('/') ? target.slice(0, -1) : target;
  if (path === directory || path.startsWith(`${directory}/`)) return true;
  const inHome = /^(?:\/root|~|\$HOME|\$\{HOME\})\/(.+)$/.exec(path)?.[1];
  const [, rest] = HOME.exec(directory) ?? [];
  if (inHome === undefined || rest === undefined) return false;
  return rest === '' || inHome === rest.slice(1) || inHome.startsWith(`${rest.slice(1)}/`);
}
const HOME = /^(?:\/root|\/home\/[^/]{1,64}|\$HOME|\$\{HOME\})((?:\/.{1,200})?)$/;
