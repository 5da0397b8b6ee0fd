/**
 * What a document says to the tool that reads it, so far as a safe fix must not change it. Two documents with the same
 * meaning make the same image: two Dockerfiles whose stages start the same command lines with the same environment and
 * users and write the same files, two YAML or HCL texts with the same values.
 */
import type { ImageBuild, Value } from '../../core/build.ts';
import { UNRESOLVED } from '../../core/text.ts';
import type { CommandText, DockerfileTree, DockerStage, Instruction } from '../../languages/dockerfile/tree.ts';

/** What is compared, in the words of the language; one string for each thing that is said, in an order that matters. */
export type Meaning = readonly string[];

/** The meaning of a Dockerfile, stage by stage. */
export function dockerfileMeaning(build: ImageBuild): Meaning {
  const tree = build.syntax as DockerfileTree;
  const lines = [`escape ${tree.escape}`, ...tree.preamble.flatMap(instruction => parametersOf(instruction))];
  for (const stage of tree.stages) {
    // The platform of the target is the one that FROM takes anyway.
    const platform = textOf(stage.from.platform, 'default').replace(/^\$\{TARGETPLATFORM\}$/, 'default');
    lines.push(`stage ${stage.index} from ${baseOf(stage)} ${platform}`);
    lines.push(...new Container(stage).lines);
  }
  return lines;
}

function baseOf({ base }: DockerStage): string {
  switch (base.kind) {
    case 'stage':
      return `#${base.stage.index}`;
    case 'one-of':
      return base.stages.map(({ index }) => `#${index}`).join('|');
    case 'image':
      return textOf(base.image);
    default:
      return base.kind;
  }
}

/** The state that Docker keeps while it reads the instructions of a stage. */
class Container {
  readonly lines: string[] = [];
  private readonly environment = new Map<string, string>();
  private readonly labels = new Map<string, string>();
  private readonly ports = new Set<string>();
  private readonly volumes = new Set<string>();
  private user = '';
  private directory: readonly string[] = [];
  private shell: readonly string[] = ['/bin/sh', '-c'];
  private entrypoint: readonly string[] | undefined;
  private command: readonly string[] | undefined;
  private healthcheck: readonly string[] | undefined;
  private signal = '';

  constructor({ instructions }: Pick<DockerStage, 'instructions'>) {
    for (const instruction of instructions) this.read(instruction);
    const map = (values: ReadonlyMap<string, string>): string => JSON.stringify([...values].sort());
    this.lines.push(
      `starts ${JSON.stringify(this.argv())}`,
      `environment ${map(this.environment)}`,
      `labels ${map(this.labels)}`,
      `ports ${JSON.stringify([...this.ports].sort())}`,
      `volumes ${JSON.stringify([...this.volumes].sort())}`,
      `user ${this.user}`,
      `directory ${this.directory.join(' ')}`,
      `healthcheck ${JSON.stringify(this.healthcheck)}`,
      `signal ${this.signal}`,
    );
  }

  private read(instruction: Instruction): void {
    switch (instruction.kind) {
      case 'env':
        for (const { key, value } of instruction.pairs) this.environment.set(key, textOf(value));
        return;
      case 'label':
        // The author that MAINTAINER names is a property of the image of its own.
        for (const { key, value } of instruction.pairs)
          if (key !== 'org.opencontainers.image.authors') this.labels.set(key, textOf(value));
        return;
      case 'arg':
        this.lines.push(...parametersOf(instruction));
        return;
      case 'expose':
        for (const { value } of instruction.ports)
          this.ports.add(
            textOf(value)
              .toLowerCase()
              .replace(/\/tcp$/, ''),
          );
        return;
      case 'volume':
        for (const path of instruction.paths) this.volumes.add(textOf(path));
        return;
      case 'user':
        this.user = textOf(instruction.user);
        return;
      case 'workdir':
        this.directory = [...this.directory, textOf(instruction.path)];
        return;
      case 'shell':
        this.shell = instruction.words ?? this.shell;
        return;
      case 'stopsignal':
        this.signal = textOf(instruction.signal);
        return;
      case 'entrypoint':
        this.entrypoint = this.wordsOf(instruction.command);
        return;
      case 'cmd':
        this.command = this.wordsOf(instruction.command);
        return;
      case 'healthcheck':
        this.healthcheck = [
          ...flagsOf(instruction),
          instruction.none ? 'NONE' : '',
          ...this.wordsOf(instruction.command),
        ];
        return;
      case 'run':
        this.lines.push(`run ${JSON.stringify([flagsOf(instruction), this.around(), this.runOf(instruction)])}`);
        return;
      case 'copy':
      case 'add':
        this.lines.push(`copy ${JSON.stringify([this.around(), ...copyOf(instruction)])}`);
        return;
      case 'onbuild':
        if (instruction.instruction) this.lines.push(...this.triggered(instruction.instruction));
        return;
      case 'unknown':
        this.lines.push(`unknown ${instruction.rest.text}`);
        return;
    }
  }

  /** What an instruction would do in an image that starts from this one. */
  private triggered(instruction: Instruction): string[] {
    return new Container({ instructions: [instruction] }).lines.map(line => `onbuild ${line}`);
  }

  /** What a command sees that is run while the image is built. */
  private around(): readonly unknown[] {
    return [[...this.environment].sort(), this.user, this.directory, this.shell];
  }

  private wordsOf(command: CommandText | undefined): readonly string[] {
    if (!command) return [];
    return command.form === 'exec'
      ? command.words.map(word => textOf(word))
      : [...this.shell, spaced(command.script.text)];
  }

  private runOf(instruction: Extract<Instruction, { kind: 'run' }>): unknown {
    if (instruction.form === 'exec') return instruction.args.map(word => textOf(word));
    const { script, heredocs, form } = instruction;
    const commands = commandsOf(script?.text ?? '');
    return [this.shell, commands, form === 'heredoc' ? [] : heredocs.map(({ body }) => body.text)];
  }

  /** https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact */
  private argv(): readonly string[] {
    if (!this.entrypoint || this.entrypoint.length === 0) return this.command ?? ['of the base'];
    const isShell =
      this.shell.every((word, i) => this.entrypoint![i] === word) && this.entrypoint.length === this.shell.length + 1;
    // `sh -c TEXT` takes what follows for `$0`, `$1` …, and the text asks for none of them.
    return isShell ? this.entrypoint : [...this.entrypoint, ...(this.command ?? [])];
  }
}

function parametersOf(instruction: Instruction): string[] {
  if (instruction.kind !== 'arg') return [];
  return instruction.declarations.map(({ name, default: value }) => `parameter ${name} ${textOf(value, 'none')}`);
}

function flagsOf({ flags }: Instruction): readonly string[] {
  return (
    flags
      .filter(({ name }) => name !== 'platform' && name !== 'from')
      // Names of stages are compared without regard to case.
      .map(({ name, value }) => `${name}=${(value?.text ?? '').replace(/\bfrom=[^,]+/, from => from.toLowerCase())}`)
      .sort()
  );
}

function copyOf(instruction: Extract<Instruction, { kind: 'copy' | 'add' }>): readonly unknown[] {
  const { origin, sources, destination, heredocs } = instruction;
  const from =
    origin.kind === 'stage' ? origin.stage.index : origin.kind === 'image' ? textOf(origin.image) : origin.kind;
  const to = textOf(destination);
  // With several sources the builder takes nothing but a directory.
  const folder = sources.length + heredocs.length > 1 ? to.replace(/\/?$/, '/') : to;
  return [from, flagsOf(instruction), sources.map(one => textOf(one)), folder, heredocs.map(({ body }) => body.text)];
}

/** A value as written, variables by their names. */
function textOf(value: Value | undefined, missing = ''): string {
  if (!value) return missing;
  if (value.literal !== undefined) return value.literal;
  return value.parts
    .map(part => (typeof part === 'string' ? part : `\${${part.name}}`))
    .join('')
    .replaceAll(UNRESOLVED, '?');
}

const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What makes no difference to the files that a package manager or a download leaves, but for its caches and its talk. */
const NEUTRAL =
  /^(?:-y|--yes|--with-new-pkgs|--assume-yes|--assumeyes|--noconfirm|--non-interactive|--no-cache|--no-cache-dir|--no-log-init|--progress=\S+|-nv)$/;
const CLEANUP =
  /^(?:sudo )?(?:(?:dnf|yum|microdnf|tdnf|zypper) clean (?:all|--all)|zypper clean|rm -rf \/var\/cache\/\S+)$/;

/**
 * The commands of a script with the operators between them. The order of words inside of a command is the order of
 * packages, which nobody asks for; `apt` installs what `apt-get` installs.
 */
function commandsOf(script: string): readonly string[] {
  const parts = script.split(/(\s*(?:&&|\|\||[;|\n])\s*)/);
  const out: string[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const command = spaced(parts[i]!);
    if (CLEANUP.test(command)) continue;
    const words = command
      .split(' ')
      .map(aptOf)
      .filter(word => !NEUTRAL.test(word) && !(word === '-n' && /\bzypper\b/.test(command)));
    out.push(...(i === 0 ? [] : [spaced(parts[i - 1]!)]), words.sort().join(' '));
  }
  return out;
}

function aptOf(word: string): string {
  return word === 'apt' ? 'apt-get' : word === 'full-upgrade' ? 'dist-upgrade' : word;
}
