/** Which stages make images that others start from, or that people open a shell in? */
import type { ImageBuild, RunStep } from '../../core/build.ts';
import { nameOf } from '../../core/path.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { rootOf } from './stages.ts';
import { startOf, startSteps } from './start.ts';
import type { DockerStage } from './tree.ts';

const SYSTEMS =
  'debian ubuntu alpine busybox centos fedora rockylinux almalinux oraclelinux amazonlinux archlinux opensuse leap ' +
  'tumbleweed photon mageia buildpack-deps cuda ubi-minimal ubi-micro ubi core base';
const RUNTIMES =
  'python node ruby golang rust php perl openjdk eclipse-temurin amazoncorretto gcc elixir erlang swift haskell julia ' +
  'r-base r-ver maven gradle jdk java sdk runtime runtime-deps aspnet pypy clojure dart bun deno ' +
  'pytorch tensorflow miniconda3 anaconda3 miniforge3 mambaforge';
/** Images that start nothing but a shell, or the prompt of a language. */
const IDLE: ReadonlySet<string> = new Set(`${SYSTEMS} ${RUNTIMES}`.split(' '));
/** Tags of theirs that start a server. */
const SERVING = /apache|fpm/;
/** What waits for a person. */
const PROMPTS =
  /^(?:(?:ba|da|z|a|fi|k)?sh|python\d*(?:\.\d+)?|node|irb|erl|iex|R|php|ghci|julia|swift|jshell|lua|pwsh|powershell|perl|scala|clojure|sbt|cmd)(?:\.exe)?$/;

/** Whether a command is a shell or an interpreter that is given nothing to run. */
export function isPrompt(words: readonly (string | undefined)[]): boolean {
  const [program, ...others] = words[0] === 'exec' ? words.slice(1) : words;
  return (
    program !== undefined &&
    PROMPTS.test(nameOf(program)) &&
    others.every(word => /^(?:-i|-l|-il|-li|--login|--norc|-a)$/.test(word ?? '-c'))
  );
}

/** Whether the containers of a stage start nothing of their own, so that it is a base for others or a set of tools. */
export function startsNothing(build: ImageBuild, stage: DockerStage): boolean {
  const { command, entrypoint } = startOf(stage);
  const steps = startSteps(build, stage).filter((step): step is RunStep => step.kind === 'run');
  // `docker-entrypoint.sh` prepares, and starts the command.
  const wraps = entrypoint !== undefined && /entrypoint/.test(nameOf(wordsOf(steps[0])?.[0] ?? ''));
  if (entrypoint && !wraps) return command === undefined && isPrompt(wordsOf(steps[0]) ?? []);
  if (command) return isPrompt(wordsOf(steps[wraps ? 1 : 0]) ?? []);
  if (entrypoint) return false;
  const { base } = rootOf(stage)?.stage ?? {};
  if (base?.kind === 'scratch') return true;
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  const reference = text === undefined ? undefined : parseImageReference(text.replace(/:$/, ''));
  if (!reference) return false;
  const last = nameOf(reference.name);
  return (
    (IDLE.has(last) || /^ubi\d{1,2}$|^distroless|^static|-debian\d+$|^manylinux/.test(last)) &&
    !SERVING.test(reference.tag ?? '')
  );
}

/** What only reaps the processes of the one that it starts: https://github.com/krallin/tini */
const REAPERS = /^(?:tini(?:-static)?|dumb-init|catatonit)$/;

/** The words of a start, where it is one command. */
function wordsOf(step: RunStep | undefined): readonly (string | undefined)[] | undefined {
  if (step?.argv) {
    const words = step.argv.map(({ literal }) => literal);
    const isReaped = words[0] !== undefined && REAPERS.test(nameOf(words[0]));
    return isReaped ? words.slice(words.findIndex((word, at) => at > 0 && !word?.startsWith('-'))) : words;
  }
  const [only, ...others] = step?.script?.commands ?? [];
  return only && others.length === 0 ? only.words.map(({ literal }) => literal) : undefined;
}
