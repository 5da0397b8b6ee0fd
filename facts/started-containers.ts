/** Containers that a build or a machine starts, and what they are given: variables, ports and the words of their command. */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import type { SourceText, Span } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { type ConfigFile, configFiles, fileCommands, type Setting } from './config-files.ts';
import { setupCommands } from './setup-commands.ts';

/** A text that a container is given; `literal` is `undefined` where something in it cannot be known. */
export interface Given {
  readonly literal: string | undefined;
  readonly span: Span;
}
/** An environment variable. */
export interface GivenVariable extends Given {
  readonly name: string;
}
/** A port that the host passes on. */
export interface PublishedPort {
  /** The address of the host; `undefined`: the default of the engine. */
  readonly address: string | undefined;
  /** In the container. */
  readonly port: number;
  readonly span: Span;
}

export interface StartedContainer {
  /** As it is written; `undefined` where it cannot be known. */
  readonly image: string | undefined;
  readonly variables: readonly GivenVariable[];
  readonly ports: readonly PublishedPort[];
  /** What follows the image on the command line, and `command` in files. */
  readonly words: readonly Given[];
}

/** The programs whose commands start containers. */
export const CONTAINER_ENGINES: readonly string[] = ['docker', 'podman', 'nerdctl'];

/** Commands, Compose files, Quadlets and pods, in the order of the file. One that does its work and is gone is left out. */
export const startedContainers: (build: ImageBuild) => readonly StartedContainer[] = memo(build => [
  ...setupCommands(build).flatMap(({ invocation }) => byCommand(invocation, false)),
  ...fileCommands(build).flatMap(({ invocation }) => byCommand(invocation, true)),
  ...configFiles(build).flatMap(inFile),
]);

/** A unit starts one with `--rm` again and again. */
function byCommand(invocation: Invocation, again: boolean): StartedContainer[] {
  const { script } = invocation;
  const given = readArguments(invocation);
  if (
    !CONTAINER_ENGINES.includes(given.program) ||
    !/^(?:(?:container )?(?:run|create)|service create)$/.test(given.verb)
  )
    return [];
  if (!again && given.has('--rm') && !given.has('--detach')) return [];
  const ofWord = (word: Word): Given => ({ literal: word.literal, span: script.spanOf(word) });
  return [
    {
      image: given.operands[0]?.literal,
      variables: given
        .values('--env')
        .flatMap(({ literal, source, word }) => variable(literal ?? source.text, literal, script.spanOf(word))),
      ports: given.values('--publish').flatMap(({ literal, word }) => published(literal, script.spanOf(word))),
      words: (given.command ?? given.operands.slice(1)).map(ofWord),
    },
  ];
}

/** `NAME=value` */
function variable(written: string, literal: string | undefined, span: Span): GivenVariable[] {
  const at = written.indexOf('=');
  if (at < 1) return [];
  return [{ name: written.slice(0, at).trim(), literal: literal?.slice(at + 1), span }];
}

/** `[ADDRESS:][PORT]:PORT[/tcp]`; ranges, other protocols and variables are left alone. */
function published(written: string | undefined, span: Span): PublishedPort[] {
  const match =
    /^(?:(?:(\[[\da-fA-F:.]{2,45}\]|\d{1,3}(?:\.\d{1,3}){3}|localhost):)?\d{0,5}:)(\d{1,5})(?:\/tcp)?$/.exec(
      written?.trim() ?? '',
    );
  return match ? [{ address: match[1], port: Number(match[2]), span }] : [];
}

function inFile({ kind, settings = [] }: ConfigFile): StartedContainer[] {
  switch (kind) {
    case 'compose':
      return grouped(settings, ({ path }) => (path[0] === 'services' ? 2 : 0)).map(inCompose);
    case 'pod':
      return grouped(settings, ({ path }) => path.findIndex(key => CONTAINERS.test(key)) + 2).map(inPod);
    case 'quadlet':
      return [inQuadlet(settings)];
    default:
      return [];
  }
}
const CONTAINERS = /^(?:initC|c)ontainers$/;

/** A setting below a container, its path from there on. */
interface Below extends Setting {
  readonly from: readonly string[];
}

/** Settings by what the first keys of their paths name together: so many of them, or fewer than two for none. */
function grouped(settings: readonly Setting[], depthOf: (one: Setting) => number): readonly Below[][] {
  const groups = new Map<string, Below[]>();
  for (const one of settings) {
    const depth = depthOf(one);
    if (depth < 2 || one.path.length <= depth) continue;
    const key = one.path.slice(0, depth).join('\n');
    const below = { ...one, from: one.path.slice(depth) };
    const group = groups.get(key);
    if (group) group.push(below);
    else groups.set(key, [below]);
  }
  return [...groups.values()];
}

const at = (settings: readonly Below[], key: string): readonly Below[] =>
  settings.filter(({ from }) => from[0] === key);

/** https://docs.docker.com/reference/compose-file/services/ */
function inCompose(settings: readonly Below[]): StartedContainer {
  return {
    image: at(settings, 'image')[0]?.literal,
    variables: at(settings, 'environment').flatMap(one => {
      const known = filledIn(one.literal) ? undefined : one.literal;
      const name = one.from[1] ?? '';
      return /^\d{1,4}$/.test(name)
        ? variable(one.value.text, known, one.span)
        : [{ name, literal: known, span: one.span }];
    }),
    ports: [
      ...at(settings, 'ports').flatMap(({ from, literal, span }) =>
        from.length === 2 ? published(literal, span) : [],
      ),
      ...longPorts(at(settings, 'ports'), 'target', 'host_ip', 'published'),
    ],
    words: [...at(settings, 'command'), ...at(settings, 'entrypoint')].flatMap(wordsOf),
  };
}

/** Compose puts variables in; `$$` is a dollar sign. */
const filledIn = (text: string | undefined): boolean => /\$[{A-Za-z_]/.test(text ?? '');

/** Ports as mappings: `- { target: 5432, published: 5432, host_ip: 127.0.0.1 }`. */
function longPorts(ports: readonly Below[], port: string, address: string, needs: string): PublishedPort[] {
  return ports.flatMap(({ from: [key, item, name], literal, span }) => {
    if (name !== port || !/^\d{1,5}$/.test(literal ?? '')) return [];
    const beside = (wanted: string) =>
      ports.find(({ from }) => from[0] === key && from[1] === item && from[2] === wanted);
    const bound = beside(address);
    // An address that is not known may be the machine itself.
    if (!beside(needs) || (bound && bound.literal === undefined)) return [];
    return [{ address: bound?.literal, port: Number(literal), span }];
  });
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container */
function inPod(settings: readonly Below[]): StartedContainer {
  const env = at(settings, 'env');
  return {
    image: at(settings, 'image')[0]?.literal,
    variables: env.flatMap(({ from: [, item, key], literal, span }) => {
      const name = env.find(({ from }) => from[1] === item && from[2] === 'name')?.literal;
      return key === 'value' && name !== undefined ? [{ name, literal, span }] : [];
    }),
    ports: longPorts(at(settings, 'ports'), 'containerPort', 'hostIP', 'hostPort'),
    words: [...at(settings, 'command'), ...at(settings, 'args')].flatMap(wordsOf),
  };
}

/** podman-systemd.unit(5) */
function inQuadlet(settings: readonly Setting[]): StartedContainer {
  const of = (key: string) => settings.filter(({ path }) => path[0] === 'Container' && path[1] === key);
  return {
    image: of('Image')[0]?.literal,
    variables: of('Environment').flatMap(({ value }) => assignmentsIn(value)),
    ports: of('PublishPort').flatMap(({ literal, span }) => published(literal, span)),
    words: of('Exec').flatMap(wordsOf),
  };
}

/** `A=1 "B=two words"` of `Environment=`, in units and Quadlets. */
export function assignmentsIn(text: SourceText): readonly GivenVariable[] {
  return [...text.text.matchAll(/"([^"\n]{1,2000})"|'([^'\n]{1,2000})'|([^\s"']{1,2000})/g)].flatMap(match => {
    const written = match[1] ?? match[2] ?? match[3]!;
    return variable(written, written, text.spanOf(match.index, match.index + match[0].length));
  });
}

/** The words of a command line on one line, or an item of a list. */
function wordsOf({ value }: Setting): readonly Given[] {
  return [...value.text.matchAll(/"([^"\n]{0,2000})"|'([^'\n]{0,2000})'|([^\s"'[\],]{1,2000})/g)].map(match => {
    const written = match[1] ?? match[2] ?? match[3]!;
    return {
      literal: filledIn(written) ? undefined : written,
      span: value.spanOf(match.index, match.index + match[0].length),
    };
  });
}
