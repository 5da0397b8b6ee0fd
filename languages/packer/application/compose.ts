/** Writes the Compose file that runs an application. */
import { parentDirectory } from '../../../core/path.ts';
import { judge } from '../../../facts/secrets/judge.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import type { Application, EnvironmentVariable, RunContainer } from './application.ts';
import { type BuildContext, contextOf } from './context.ts';

/** A service that is built from the Containerfile. `directory` is the template's, as the host knows it. */
export function composeOf(app: Application, template: string, containerfile: string, directory: string): string {
  const context = contextOf(app);
  const ports = app.ports.length > 0 ? app.ports : [];
  const files = app.unit?.environmentFiles ?? [];
  return written(template, [
    `  ${app.name}:`,
    '    build:',
    `      context: ${text(context.directory)}`,
    ...dockerfileLines(context, containerfile, directory),
    `    image: ${text(`${app.name}:`, `\${VERSION:?the version of the release}`)}`,
    '    restart: unless-stopped',
    ...list(
      'ports',
      ports.map(port => `${port}:${port}`),
    ),
    ...environmentLines(app.environment),
    ...(files.length > 0
      ? ['    # TODO: put these beside this file; they are read from the machine now', ...list('env_file', files)]
      : []),
    ...app.migrations.flatMap((words, i) => migrationLines(app, words, i, files)),
  ]);
}

/** A service that runs when it is asked for: `docker compose run --rm shop-migrate`. */
function migrationLines(app: Application, words: readonly string[], index: number, files: readonly string[]): string[] {
  const name = `${app.name}-migrate${index === 0 ? '' : `-${index + 1}`}`;
  return [
    `  # With each release: docker compose run --rm ${name}`,
    `  ${name}:`,
    `    image: ${text(`${app.name}:`, `\${VERSION:?the version of the release}`)}`,
    '    profiles: ["migrate"]',
    `    command: [${words.map(word => JSON.stringify(word.replaceAll('$', '$$$$'))).join(', ')}]`,
    ...environmentLines(app.environment),
    ...list('env_file', files),
  ];
}

/** Services for the containers that the machine image starts. */
export function composeOfContainers(containers: readonly RunContainer[], template: string): string {
  const taken = new Set<string>();
  return written(
    template,
    containers.flatMap(container => serviceOf(container, taken)),
  );
}

function written(template: string, services: readonly string[]): string {
  return `${[`# What ${template} put into the machine image: docker compose up --detach`, 'services:', ...services].join('\n')}\n`;
}

/** The Containerfile as seen from the directory that the image is built from. */
function dockerfileLines({ up }: BuildContext, containerfile: string, directory: string): string[] {
  if (up === 0) return [`      dockerfile: ${text(containerfile)}`];
  let above = directory;
  for (let i = 0; i < up; i++) above = parentDirectory(above);
  const below = directory.startsWith(above === '/' ? '/' : `${above}/`) ? directory.slice(above.length) : '';
  const path = `${below.replace(/^\//, '')}/${containerfile}`;
  return below === ''
    ? ['      # TODO: the path of the Containerfile from there', `      dockerfile: ${text(containerfile)}`]
    : [`      dockerfile: ${text(path)}`];
}

function environmentLines(variables: readonly EnvironmentVariable[]): string[] {
  if (variables.length === 0) return [];
  return [
    '    environment:',
    ...variables.map(({ name, value }) =>
      value === undefined
        ? `      ${name}: ${text('', `\${${name}:?it is given when the container starts}`)}`
        : `      ${name}: ${text(value)}`,
    ),
  ];
}

function serviceOf({ image, invocation }: RunContainer, taken: Set<string>): string[] {
  const given = readArguments(invocation);
  const values = (...names: readonly string[]): (string | undefined)[] =>
    given.values(...names).map(({ literal }) => literal);
  const { repository, tag, digest } = image.reference;
  const name = freeName(given.value('--name')?.literal ?? repository.slice(repository.lastIndexOf('/') + 1), taken);
  const known = (all: readonly (string | undefined)[]): string[] => all.filter(one => one !== undefined);
  const lists = { ports: values('--publish'), volumes: values('--volume'), env_file: values('--env-file') };
  const unknown = [...Object.values(lists)].some(all => all.includes(undefined));
  return [
    `  ${name}:`,
    ...(tag === undefined && digest === undefined ? ['    # TODO: name the version'] : []),
    `    image: ${text(`${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`)}`,
    `    restart: ${text(given.value('--restart')?.literal ?? 'unless-stopped')}`,
    ...Object.entries(lists).flatMap(([key, all]) => list(key, known(all))),
    ...environmentLines(known(values('--env')).map(variableOf)),
    ...(unknown ? ['    # TODO: some options of the command are not certain: look at it again'] : []),
  ];
}

function variableOf(assignment: string): EnvironmentVariable {
  const equals = assignment.indexOf('=');
  const name = equals < 0 ? assignment : assignment.slice(0, equals);
  const value = equals < 0 ? undefined : assignment.slice(equals + 1);
  const isSecret = judge({ name, value, context: 'env' }) !== undefined;
  return { name, value: isSecret ? undefined : value };
}

function freeName(wanted: string, taken: Set<string>): string {
  const base = wanted.toLowerCase().replace(/[^a-z0-9_-]/g, '-') || 'app';
  let name = base;
  for (let i = 2; taken.has(name); i++) name = `${base}-${i}`;
  taken.add(name);
  return name;
}

function list(key: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`    ${key}:`, ...values.map(value => `      - ${text(value)}`)];
}

/** A string for YAML in which Compose fills in nothing but what is in `open`. */
function text(value: string, open = ''): string {
  const whole = value.replaceAll('$', '$$$$') + open;
  return /^[A-Za-z][\w./-]*$/.test(whole) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(whole)
    ? whole
    : JSON.stringify(whole);
}
