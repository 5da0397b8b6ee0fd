/** What can be written at a place in a Dockerfile: instructions, their flags, stages, variables. */
import type { Completion } from '../../../core/editor.ts';
import { everyInstruction } from '../all-instructions.ts';
import { FLAGS, type FlagSpec } from '../flags.ts';
import { MOUNT_OPTIONS, READ, SHARING } from '../mount-options.ts';
import { PLATFORM_ARGUMENTS } from '../scope.ts';
import type { DockerfileTree, DockerStage, Instruction } from '../tree.ts';
import { INSTRUCTIONS, PAGE } from './instructions.ts';
import { declaredVariables } from './variables.ts';

type Offer = Omit<Completion, 'replaces'>;

/** So many stages or variables are offered, the nearest ones. */
const MOST_OFFERED = 300;

export function completionsAt(tree: DockerfileTree, offset: number): readonly Completion[] {
  const { text } = tree.source;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  if (/^[ \t]*#/.test(line)) return [];
  const variable = /\$\{?(\w{0,200})$/.exec(line);
  const around = instructionAt(tree, offset);
  if (variable && line[variable.index - 1] !== tree.escape)
    return around && isLiteral(around, text, offset)
      ? []
      : placed(variablesAt(tree, around, offset), offset, variable[1]!);
  const keyword = /^[ \t]*(ONBUILD[ \t]+)?(\w{0,30})$/i.exec(line);
  if (keyword && (!around || around.keywordSpan.start >= lineStart))
    return placed(keywords(tree, offset, keyword[1] !== undefined), offset, keyword[2]!);
  if (!around || offset > endOfLines(around, text)) return [];
  const written = text.slice(around.keywordSpan.end, offset);
  const word = written.split(/\s/).at(-1)!;
  const before = written.slice(0, written.length - word.length);
  // Flags come first.
  const words = before.split(/\s+/);
  if (before === '' || !words.every(one => /^(?:[\\`]?$|--.)/.test(one))) return [];
  const flags = FLAGS.get(around.keyword);
  if (word.startsWith('-')) return flags ? flagCompletions(tree, around, flags, word, offset) : [];
  if (around.keyword === 'FROM') return placed(bases(tree, offset), offset, word);
  if (around.keyword === 'HEALTHCHECK') return placed(AFTER_HEALTHCHECK, offset, word);
  return [];
}

const placed = (offers: readonly Offer[], offset: number, typed: string): readonly Completion[] =>
  offers.map(offer => ({ ...offer, replaces: { start: offset - typed.length, end: offset } }));

/** The instruction that an offset is in, or after on its last line or on one that it goes on in. */
function instructionAt(tree: DockerfileTree, offset: number): Instruction | undefined {
  const { text } = tree.source;
  const found = everyInstruction(tree).findLast(({ keywordSpan }) => keywordSpan.start <= offset);
  if (!found || offset <= found.span.end) return found;
  const after = text.slice(found.span.end, offset);
  if (!after.includes('\n')) return found;
  const lineBefore = text.slice(0, text.lastIndexOf('\n', offset - 1)).trimEnd();
  return lineBefore.endsWith(tree.escape) ? found : undefined;
}

/** The end of an instruction without the bodies of its heredocs. */
function endOfLines({ heredocs, lineSpan }: Instruction, text: string): number {
  return heredocs.length > 0 ? lineSpan.end : text.length;
}

/** A command in exec form as far as it is typed, and a shell in it that is given a script. */
const EXEC_FORM = /^\s*\[\s*"/;
const SHELL_WITH_SCRIPT = /^\s*\[\s*"(?:[^"\s]*\/)?(?:ba|da|a|k|z)?sh"\s*,\s*"-\w*c"/;

/** Whether nothing expands a `$` at an offset: in a command in exec form, and in a heredoc whose delimiter is quoted. */
function isLiteral(instruction: Instruction, text: string, offset: number): boolean {
  const { heredocs, kind, keywordSpan } = instruction;
  if (kind === 'run' || kind === 'cmd' || kind === 'entrypoint' || kind === 'healthcheck') {
    const written = text.slice(keywordSpan.end, offset).replace(/[\\`]\r?\n/g, '\n');
    const command = written.replace(/^(?:\s+--\S+)*(?:\s+CMD\b)?/i, '');
    if (EXEC_FORM.test(command)) return !SHELL_WITH_SCRIPT.test(command);
  }
  // The body of `RUN <<"EOF"` is the script itself: the shell expands it.
  if (kind === 'run' && instruction.form === 'heredoc') return false;
  return heredocs.some(({ quoted, span }) => quoted && span.start <= offset && offset <= span.end);
}

/** What cannot be in an ONBUILD. */
const NOT_ON_BUILD: readonly string[] = ['FROM', 'MAINTAINER', 'ONBUILD'];

/** Before the first FROM, only two are valid. A file that is written in lowercase goes on like that. */
function keywords(
  { instructions, source, stages }: DockerfileTree,
  offset: number,
  isOnBuild: boolean,
): readonly Offer[] {
  const isFirst = !stages.some(({ from }) => from.keywordSpan.end < offset);
  const first = instructions[0]?.keywordSpan;
  const lower = first !== undefined && first.end < offset && /^[a-z]+$/.test(source.text.slice(first.start, first.end));
  return Object.entries(INSTRUCTIONS).flatMap(([name, { detail, isDeprecated }]): readonly Offer[] => {
    if (isFirst && name !== 'FROM' && name !== 'ARG') return [];
    if (isOnBuild && NOT_ON_BUILD.includes(name)) return [];
    const label = lower ? name.toLowerCase() : name;
    return [
      {
        label,
        kind: 'block',
        detail,
        documentation: `${detail}\n\n[Documentation](${PAGE}#${name.toLowerCase()})`,
        snippet: `${label} `,
        ...(isDeprecated ? { deprecated: true } : {}),
      },
    ];
  });
}

function flagCompletions(
  tree: DockerfileTree,
  instruction: Instruction,
  flags: ReadonlyMap<string, FlagSpec>,
  word: string,
  offset: number,
): readonly Completion[] {
  const equals = word.indexOf('=');
  if (equals >= 0) {
    const name = word.slice(2, equals);
    const value = word.slice(equals + 1);
    if (name === 'mount') return mountCompletions(tree, value, offset);
    return placed(flagValues(tree, name, flags.get(name), offset), offset, value);
  }
  const given = new Set(instruction.flags.filter(({ span }) => span.end < offset).map(({ name }) => name));
  return placed(
    [...flags]
      .filter(([name, { many }]) => many || !given.has(name))
      .map(([name, { value }]) => ({
        label: `--${name}`,
        kind: 'attribute',
        detail: typeof value === 'string' ? SHOWN[value]! : value.join(', '),
        documentation: `[Documentation](${PAGE}#${instruction.keyword.toLowerCase()}---${name})`,
        snippet: value === 'boolean' ? `--${name}` : `--${name}=`,
      })),
    offset,
    word,
  );
}

const SHOWN: Readonly<Record<string, string>> = {
  text: 'string',
  boolean: 'switch',
  duration: 'duration, such as `30s`',
  count: 'number',
  mode: 'mode, such as `0755`',
};

function flagValues(tree: DockerfileTree, name: string, spec: FlagSpec | undefined, offset: number): readonly Offer[] {
  if (name === 'from') return stageOffers(tree, offset);
  if (name === 'platform') return ['$BUILDPLATFORM', '$TARGETPLATFORM', 'linux/amd64', 'linux/arm64'].map(valueOffer);
  return typeof spec?.value === 'object' ? spec.value.map(valueOffer) : [];
}

/** `type=cache,target=…`: the options of the type that it has so far. */
function mountCompletions(tree: DockerfileTree, value: string, offset: number): readonly Completion[] {
  const parts = value.split(',');
  const part = parts.at(-1)!;
  const pairs = parts.map(one => one.split('=', 2));
  const type = pairs.find(([key]) => key === 'type')?.[1] ?? 'bind';
  const equals = part.indexOf('=');
  if (equals < 0) {
    const given = new Set(pairs.slice(0, -1).map(([key]) => key));
    const options = Object.hasOwn(MOUNT_OPTIONS, type) ? MOUNT_OPTIONS[type]! : [];
    const names = [...(pairs.some(([key]) => key === 'type') ? [] : ['type']), ...options].filter(
      one => !given.has(one),
    );
    return placed(
      names.map(label => ({ label, kind: 'attribute', snippet: READ.includes(label) ? label : `${label}=` })),
      offset,
      part,
    );
  }
  const key = part.slice(0, equals);
  const values =
    key === 'type'
      ? Object.keys(MOUNT_OPTIONS).map(valueOffer)
      : key === 'sharing'
        ? SHARING.map(valueOffer)
        : key === 'from'
          ? stageOffers(tree, offset)
          : [];
  return placed(values, offset, part.slice(equals + 1));
}

const valueOffer = (label: string): Offer => ({ label, kind: 'value', snippet: label.replaceAll('$', '\\$') });

/** Stages that begin before the one at an offset: a stage cannot use itself. */
function stagesBefore({ stages }: DockerfileTree, offset: number): readonly DockerStage[] {
  const own = stages.findLastIndex(({ from }) => from.keywordSpan.start <= offset);
  return stages.slice(0, Math.max(own, 0));
}

function stageOffers(tree: DockerfileTree, offset: number): readonly Offer[] {
  const found = new Map<string, Offer>();
  for (const { name, from } of stagesBefore(tree, offset).toReversed()) {
    // Of several stages with one name the last one is used. Case does not matter.
    if (name === undefined || found.has(name.toLowerCase())) continue;
    const { image } = from;
    const base = image && tree.source.text.slice(image.span.start, image.span.end);
    found.set(name.toLowerCase(), {
      label: name,
      kind: 'reference',
      ...(base && { detail: `stage from ${base}` }),
      snippet: name,
      preferred: true,
    });
    if (found.size === MOST_OFFERED) break;
  }
  return [...found.values()].reverse();
}

/** After FROM: images are not known, stages are. */
function bases(tree: DockerfileTree, offset: number): readonly Offer[] {
  const scratch: Offer = { label: 'scratch', kind: 'value', detail: 'the empty image', snippet: 'scratch' };
  return [...stageOffers(tree, offset), scratch];
}

const AFTER_HEALTHCHECK: readonly Offer[] = [
  { label: 'CMD', kind: 'value', detail: 'the command that checks', snippet: 'CMD ' },
  { label: 'NONE', kind: 'value', detail: "disables the base image's check", snippet: 'NONE' },
];

/** The variables that are set at an offset, and those of BuildKit before the first stage and in FROM. */
function variablesAt(tree: DockerfileTree, around: Instruction | undefined, offset: number): readonly Offer[] {
  const found = new Map<string, Offer>();
  for (const { kind, name, nameSpan } of declaredVariables(tree).toReversed()) {
    if (nameSpan.end >= offset || found.has(name) || !around?.environment.get(name)?.definition) continue;
    found.set(name, { label: name, kind: 'variable', detail: kind.toUpperCase(), snippet: name, preferred: true });
    if (found.size === MOST_OFFERED) break;
  }
  const offers = [...found.values()].reverse();
  if (!around?.stage || around.kind === 'from')
    for (const name of PLATFORM_ARGUMENTS)
      if (!found.has(name)) offers.push({ label: name, kind: 'variable', detail: 'set by BuildKit', snippet: name });
  return offers;
}
