/** What an application runs on, and the images that bring it. */
import { nameOf } from '../../../core/path.ts';
import { groupsOf } from '../../../facts/image-tags/listed.ts';
import { isSupported, pinsOf } from '../../../facts/image-tags/pins.ts';
import type { Application } from './application.ts';

export type Runtime = 'node' | 'python' | 'go' | 'java' | 'ruby' | 'php' | 'rust' | 'static';

/** By the program that is started, that installs or builds, or that is uploaded. */
const BY_PROGRAM: readonly (readonly [Runtime, RegExp])[] = [
  ['node', /^(?:node|nodejs|npm|npx|yarn|pnpm|pm2|next|nest)$/],
  ['python', /^(?:python[\d.]*|pip[\d.]*|poetry|uv|gunicorn|uvicorn|celery|flask|hypercorn|daphne|waitress-serve)$/],
  ['java', /^(?:java|mvn|mvnw|gradle|gradlew)$/],
  ['ruby', /^(?:ruby|bundle|puma|unicorn|rails|rackup|thin)$/],
  ['php', /^(?:php[\d.]*|composer|php-fpm[\d.]*)$/],
  ['go', /^go$/],
  ['rust', /^cargo$/],
];
const BY_FILE: readonly (readonly [Runtime, RegExp])[] = [
  ['node', /^(?:package\.json|(?:app|index|server)\.js)$/i],
  ['python', /^(?:requirements\.txt|app\.py|main\.py|wsgi\.py|.{1,100}\.whl)$/i],
  ['java', /^(?:pom\.xml|.{1,100}\.(?:jar|war|ear))$/i],
  ['ruby', /^gemfile$/i],
  ['php', /^(?:composer\.json|index\.php|.{1,100}\.phar)$/i],
  ['go', /^go\.mod$/i],
];
const BY_PACKAGE: readonly (readonly [Runtime, RegExp])[] = [
  ['node', /^nodejs/],
  ['java', /^(?:openjdk-|java-\d|default-j|temurin-|tomcat)/],
  ['php', /^php/],
  ['ruby', /^ruby/],
  ['static', /^(?:nginx|apache2|httpd|caddy)/],
];
/** Installs what a page is made of as well as what serves one. */
const WEB_SERVER = /^(?:nginx|apache2|httpd|caddy|lighttpd)/;

/** The runtime by the strongest sign: what is started, what is built with, what is uploaded, what is installed. */
export function runtimeOf({ commands, origin, packages, started, unit }: Application): Runtime | undefined {
  const start = unit?.start ?? started;
  const running = start && byName(BY_PROGRAM, nameOf(start[0]!));
  if (running) return running;
  const built = commands.flatMap(({ program }) => byName(BY_PROGRAM, program) ?? []);
  const served = packages.some(name => WEB_SERVER.test(name));
  // A page that is built with Node needs none where it is served.
  if (!start && served && built.every(one => one === 'node') && !packages.some(name => /^php/.test(name)))
    return 'static';
  const uploaded = origin?.kind === 'upload' ? byName(BY_FILE, origin.name) : undefined;
  if (built[0] ?? uploaded) return built[0] ?? uploaded;
  // A program that is started by its own path brings its runtime, or none.
  return start ? undefined : packages.map(name => byName(BY_PACKAGE, name)).find(one => one !== undefined);
}

function byName(table: readonly (readonly [Runtime, RegExp])[], name: string): Runtime | undefined {
  return table.find(([, pattern]) => pattern.test(name))?.[0];
}

const VERSION_IN_PACKAGE: Readonly<Partial<Record<Runtime, RegExp>>> = {
  node: /^nodejs-?(\d{2})(?!\d)/,
  python: /^python(3\.\d{1,2})/,
  java: /^(?:openjdk-|java-|temurin-)(\d{1,2})(?!\d)/,
  php: /^php(\d\.\d)/,
  ruby: /^ruby(\d\.\d)/,
};

/** The release line that the machine has, where a package says it. */
export function versionOf({ packages, unit }: Application, runtime: Runtime): string | undefined {
  const pattern = VERSION_IN_PACKAGE[runtime];
  const program = nameOf(unit?.start?.[0] ?? '');
  return pattern && [program, ...packages].map(name => pattern.exec(name)?.[1]).find(found => found !== undefined);
}

/** An image, and the release line that it is in the place of where that one is not listed or not supported. */
export interface ChosenImage {
  readonly image: string;
  readonly insteadOf?: string;
}

/**
 * The exact tag, as it was listed, of the first of the tags that is listed and supported. `wanted` is the release line of the
 * machine; the other tags are for when it cannot be had.
 */
export function chosen(
  repository: string,
  wanted: string | undefined,
  tagOf: (version: string) => string,
  otherwise: readonly string[],
): ChosenImage {
  const kept = wanted === undefined ? undefined : exact(repository, tagOf(wanted));
  if (kept !== undefined) return { image: `${repository}:${kept}` };
  const tag = otherwise.map(other => exact(repository, other)).find(found => found !== undefined) ?? otherwise[0]!;
  return { image: `${repository}:${tag}`, ...(wanted === undefined ? {} : { insteadOf: wanted }) };
}

function exact(repository: string, tag: string): string | undefined {
  const pinned = pinsOf(repository, tag, { platform: undefined, today: undefined }).find(
    ({ kind }) => kind === 'exact',
  );
  if (pinned) return pinned.tag;
  const isListed = groupsOf(repository).some(({ tags }) => tags.some(one => one.tag === tag));
  return isListed && isSupported(repository, tag, undefined) ? tag : undefined;
}

/** Java's releases with long-term support that are listed, newest first. */
export function longTermJava(): readonly string[] {
  const listed = groupsOf('eclipse-temurin').flatMap(({ tags }) =>
    tags.flatMap(({ tag }) => /^(\d{2})-jre$/.exec(tag)?.[1] ?? []),
  );
  const isLongTerm = (release: number): boolean => release === 11 || (release - 17) % 4 === 0;
  return [...new Set(listed)].filter(release => isLongTerm(Number(release))).toSorted((a, b) => Number(b) - Number(a));
}
