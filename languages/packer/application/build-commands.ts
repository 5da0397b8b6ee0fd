/** The lines of a Containerfile that install and build an application, from the commands that the template runs for it. */
import { nameOf } from '../../../core/path.ts';
import type { Application, ProjectCommand } from './application.ts';

/** What the template does not run. */
export const withoutOrder = (lines: readonly string[]): readonly string[] =>
  lines.flatMap(line => [
    '# TODO: the template does not install its packages: check that they are needed',
    `RUN ${line}`,
  ]);

/** `npm ci` begins anew each time, so that of several only the last one counts. */
export function onceClean(lines: readonly string[]): readonly string[] {
  const isClean = (line: string): boolean => /^RUN npm ci(?: --|$)/.test(line);
  return lines.filter((line, i) => !isClean(line) || !lines.slice(i + 1).some(isClean));
}

export function manifestsOf(usual: readonly string[], commands: readonly ProjectCommand[]): readonly string[] {
  const [manifest] = usual;
  if (commands.some(({ program }) => program === 'yarn')) return [manifest!, 'yarn.lock'];
  if (commands.some(({ program }) => program === 'pnpm')) return [manifest!, 'pnpm-lock.yaml'];
  if (commands.some(({ program }) => program === 'poetry')) return [manifest!, 'poetry.lock'];
  if (commands.some(({ program }) => program === 'uv')) return [manifest!, 'uv.lock'];
  return usual;
}

export const isInstall = ({ words, program }: ProjectCommand): boolean =>
  words === undefined ? true : /^(?:ci|i|install|sync)$/.test(words[1] ?? (program === 'yarn' ? 'install' : ''));

export function installsOfPython(app: Application): readonly string[] {
  return app.commands.length === 0 && app.origin === undefined ? [] : ['pip install -r requirements.txt'];
}

export function linesOf(command: ProjectCommand): string[] {
  const { program, within, words } = command;
  if (!words) return [`# TODO: the template runs ${program} with arguments that are not certain`];
  const [first, ...rest] = words as [string, ...string[]];
  const name = first.startsWith('./') ? first : nameOf(first);
  const line = obeyingLock([name, ...rest].map(shellWord).join(' '));
  return [...(within === '' ? [] : [withinTodo(command)]), `RUN ${line}`];
}

/** An image is built with the versions that were tested. */
function obeyingLock(line: string): string {
  return line
    .replace(/^npm (?:i|install)(?= --|$)/, 'npm ci')
    .replace(/^(yarn|pnpm)(?: install)?$/, '$1 install --frozen-lockfile');
}

export function withinTodo({ within }: ProjectCommand): string {
  return within === undefined
    ? '# TODO: check the directory that this is run in'
    : `# TODO: the template runs this in ${within}/`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

export function commandLines(app: Application, otherwise: readonly string[]): string[] {
  const lines = app.commands.flatMap(linesOf);
  return lines.some(line => line.startsWith('RUN ')) ? lines : [...lines, ...otherwise.map(line => `RUN ${line}`)];
}

export const usesOne = (app: Application, programs: readonly string[]): boolean =>
  app.commands.some(({ program }) => programs.includes(program));
