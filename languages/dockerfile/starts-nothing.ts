/** Which stages make images that others start from, or that people open a shell in? */
import type { ImageBuild } from '../../core/build.ts';
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
  'r-base r-ver maven gradle jdk java sdk runtime aspnet pypy clojure dart bun deno';
/** Images that start nothing but a shell, or the prompt of a language. */
const IDLE: ReadonlySet<string> = new Set(`${SYSTEMS} ${RUNTIMES}`.split(' '));
/** Tags of theirs that start a server. */
const SERVING = /apache|fpm|alpine-slim-server/;
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
  if (entrypoint) return false;
  if (command) {
    const step = startSteps(build, stage).find(({ kind }) => kind === 'run');
    if (step?.kind !== 'run') return false;
    const commands = step.script?.commands;
    if (step.argv) return isPrompt(step.argv.map(({ literal }) => literal));
    return commands?.length === 1 && isPrompt(commands[0]!.words.map(({ literal }) => literal));
  }
  const { base } = rootOf(stage)?.stage ?? {};
  if (base?.kind === 'scratch') return true;
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  const reference = text === undefined ? undefined : parseImageReference(text.replace(/:$/, ''));
  if (!reference) return false;
  const last = nameOf(reference.name);
  return (
    (IDLE.has(last) || /^ubi\d{1,2}$|^distroless|^static|-debian\d+$/.test(last)) && !SERVING.test(reference.tag ?? '')
  );
}
