/** Reads one instruction from its logical line: keyword, flags, and the arguments as each keyword defines them. */
import type { Value } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import { fix } from '../../core/finding.ts';
import { nearest } from '../../core/nearest.ts';
import { quoted } from '../../core/quoted.ts';
import type { SourceText, Span } from '../../core/text.ts';
import { accepted, pairsOf, portOf } from './arguments.ts';
import { type Bodies, heredocMarkers, type Marker } from './heredoc.ts';
import { readJsonForm } from './json-form.ts';
import type { EscapeCharacter } from './lines.ts';
import { trimmed } from './lines.ts';
import { readMount } from './mount.ts';
import { type Budget, plainValue, type Reading, readWord } from './substitution.ts';
import type {
  CommandText,
  DockerStage,
  Flag,
  HeredocFile,
  Instruction,
  JsonForm,
  OnbuildInstruction,
  RunInstruction,
  Scope,
} from './tree.ts';
import { flagWords, isAsciiSpace, plainWords } from './words.ts';

/** Where an instruction is, and what it is read with. */
export interface InstructionContext {
  readonly escape: EscapeCharacter;
  readonly budget: Budget;
  readonly index: number;
  readonly stage: DockerStage | undefined;
  readonly environment: Scope;
  readonly trigger: OnbuildInstruction | undefined;
  readonly problems: Finding[];
  /** Whether the instruction before it is unknown. */
  readonly afterUnknown: boolean;
  /** Reads the heredoc bodies that follow the line. */
  bodies(markers: readonly Marker[], line: SourceText): Bodies;
}

const KINDS = {
  FROM: 'from',
  RUN: 'run',
  COPY: 'copy',
  ADD: 'add',
  ENV: 'env',
  LABEL: 'label',
  ARG: 'arg',
  EXPOSE: 'expose',
  USER: 'user',
  WORKDIR: 'workdir',
  VOLUME: 'volume',
  HEALTHCHECK: 'healthcheck',
  SHELL: 'shell',
  CMD: 'cmd',
  ENTRYPOINT: 'entrypoint',
  STOPSIGNAL: 'stopsignal',
  MAINTAINER: 'maintainer',
  ONBUILD: 'onbuild',
} as const satisfies Record<string, Instruction['kind']>;

/** Every keyword, in uppercase. */
export const KEYWORDS: readonly string[] = Object.keys(KINDS);

const JSON_KINDS = new Set<Instruction['kind']>(['run', 'cmd', 'entrypoint', 'shell', 'copy', 'add', 'volume']);

const NONE: readonly never[] = [];

/** Reads the instruction; `undefined` when the line is empty. */
export function readInstruction(line: SourceText, context: InstructionContext): Instruction | undefined {
  const whole = trimmed(line);
  const { text } = whole;
  if (text === '') return undefined;
  let keywordEnd = 0;
  while (keywordEnd < text.length && !isAsciiSpace(text.charCodeAt(keywordEnd))) keywordEnd++;
  const keyword = text.slice(0, keywordEnd).toUpperCase();
  const kind: Instruction['kind'] = Object.hasOwn(KINDS, keyword) ? KINDS[keyword as keyof typeof KINDS] : 'unknown';
  const found = flagWords(whole, keywordEnd);
  const rest = trimmed(whole.slice(found.rest, text.length));
  const reading: Reading = {
    escape: context.escape,
    scope: context.environment,
    budget: context.budget,
    ends: 'space',
  };
  const flags = found.flags.length > 0 ? found.flags.map(word => flagOf(whole, word, reading)) : NONE;
  const json = jsonOf(kind, rest, context);
  const possible = !json && (kind === 'run' || kind === 'copy' || kind === 'add') ? heredocMarkers(rest.text, 0) : [];
  const bodies = possible.length > 0 ? context.bodies(possible, rest) : undefined;
  if (bodies) context.problems.push(...bodies.problems);
  const heredocs = bodies?.heredocs ?? NONE;
  const markers = bodies?.markers ?? NONE;
  const lineSpan = whole.span;
  const span = heredocs.length > 0 ? { ...lineSpan, end: endOf(heredocs, lineSpan) } : lineSpan;
  const keywordSpan = whole.spanOf(0, keywordEnd);
  const base = {
    keyword,
    keywordSpan,
    span,
    lineSpan,
    index: context.index,
    flags,
    rest,
    json,
    heredocs,
    stage: context.stage,
    environment: context.environment,
    trigger: context.trigger,
  };
  const read: Parts = {
    keyword,
    keywordSpan,
    whole,
    keywordEnd,
    flags,
    rest,
    json,
    heredocs,
    markers,
    reading,
    context,
  };
  // Not a spread of both: objects made that way are slow and large, and a file may have tens of thousands.
  return Object.assign(base, specific(kind, read)) as unknown as Instruction;
}

/** Input of the keyword-specific readers; not part of the tree. */
interface Parts {
  readonly keyword: string;
  readonly keywordSpan: Span;
  readonly whole: SourceText;
  readonly keywordEnd: number;
  readonly flags: readonly Flag[];
  readonly rest: SourceText;
  readonly json: JsonForm | undefined;
  readonly heredocs: readonly HeredocFile[];
  readonly markers: readonly Marker[];
  readonly reading: Reading;
  readonly context: InstructionContext;
}

/** The end of the last delimiter's line, or of the body if it is not closed. */
function endOf(heredocs: readonly HeredocFile[], line: Span): number {
  const last = heredocs.at(-1)!;
  return Math.max(line.end, last.close?.end ?? last.span.end);
}

function flagOf(whole: SourceText, word: { start: number; end: number; decoded: SourceText }, reading: Reading): Flag {
  const { decoded } = word;
  const equals = decoded.text.indexOf('=');
  const nameEnd = equals < 0 ? decoded.text.length : equals;
  const value = equals < 0 ? undefined : decoded.slice(equals + 1, decoded.text.length);
  return {
    name: decoded.text.slice(2, nameEnd),
    nameSpan: decoded.spanOf(0, nameEnd),
    value,
    valueSpan: value?.span,
    expanded: value && readWord(value, reading).value,
    span: whole.spanOf(word.start, word.end),
  };
}

function jsonOf(kind: Instruction['kind'], text: SourceText, { problems }: InstructionContext): JsonForm | undefined {
  if (!JSON_KINDS.has(kind)) return undefined;
  const json = readJsonForm(text);
  if (json !== 'not-strings') return json;
  problems.push({
    message: 'JSON list contains a value that is not a string',
    help: 'Put every value in double quotes',
    span: text.span,
  });
  return undefined;
}

function specific(kind: Instruction['kind'], read: Parts): object {
  const { rest, json, keyword, context } = read;
  if (rest.text === '' && kind !== 'cmd' && kind !== 'entrypoint' && kind !== 'unknown')
    context.problems.push({
      message: `\`${keyword}\` has no arguments`,
      help: 'Add the arguments, or remove the instruction',
      span: read.keywordSpan,
    });
  switch (kind) {
    case 'from':
      return { kind, ...fromParts(read) };
    case 'run':
      return runParts(read);
    case 'copy':
    case 'add':
      return { kind, ...copyParts(read) };
    case 'env':
    case 'label': {
      const { pairs, legacy } = pairsOf(rest, read.reading, keyword, context.problems);
      return { kind, args: pairs.map(pair => pair.value), pairs, legacy };
    }
    case 'arg':
      // Declarations are read one by one by the caller: before the first FROM each sees the ones before it.
      return { kind, args: [], declarations: [] };
    case 'expose': {
      const args = words(read);
      return { kind, args, ports: args.map(portOf) };
    }
    case 'user': {
      const user = wholeWord(read);
      return { kind, args: user ? [user] : [], user };
    }
    case 'workdir': {
      const path = wholeWord(read);
      return { kind, args: path ? [path] : [], path };
    }
    case 'stopsignal': {
      const signal = wholeWord(read);
      return { kind, args: signal ? [signal] : [], signal };
    }
    case 'maintainer': {
      const maintainer = rest.text === '' ? undefined : plainValue(rest);
      return { kind, args: maintainer ? [maintainer] : [], maintainer };
    }
    case 'volume': {
      const paths = json ? json.elements.map(element => readWord(element, jsonReading(read)).value) : words(read);
      return { kind, args: paths, paths };
    }
    case 'cmd':
    case 'entrypoint': {
      const command = commandOf(rest, json);
      return { kind, args: argsOf(command), command };
    }
    case 'shell':
      return { kind, args: (json?.elements ?? []).map(plainValue), words: json?.elements.map(element => element.text) };
    case 'healthcheck':
      return { kind, ...healthcheckParts(read) };
    case 'onbuild':
      return { kind, args: [], instruction: undefined };
    case 'unknown':
      unknownInstruction(read);
      return { kind, args: [] };
  }
}

/** The elements of a JSON form are expanded like words; errors in them are not reported. */
function jsonReading({ reading }: Parts): Reading {
  return { ...reading, ends: 'never' };
}

function words({ rest, reading, context }: Parts): Value[] {
  return plainWords(rest.text).map(({ start, end }) => {
    const source = rest.slice(start, end);
    return accepted(source, readWord(source, reading), context.problems);
  });
}

function wholeWord({ rest, reading, context }: Parts): Value | undefined {
  return rest.text === '' ? undefined : accepted(rest, readWord(rest, { ...reading, ends: 'never' }), context.problems);
}

function commandOf(rest: SourceText, json: JsonForm | undefined): CommandText | undefined {
  if (rest.text === '') return undefined;
  const { span } = rest;
  return json ? { form: 'exec', words: json.elements.map(plainValue), span } : { form: 'shell', script: rest, span };
}

function argsOf(command: CommandText | undefined): readonly Value[] {
  if (!command) return [];
  return command.form === 'exec' ? command.words : [plainValue(command.script)];
}

function fromParts(read: Parts): object {
  const { rest, flags } = read;
  const [, as, alias] = plainWords(rest.text);
  const args = words(read);
  const named = as !== undefined && rest.text.slice(as.start, as.end).toLowerCase() === 'as';
  return {
    args,
    image: args[0],
    platform: flagValue(flags, 'platform'),
    asSpan: named ? rest.spanOf(as.start, as.end) : undefined,
    alias: named && alias ? rest.text.slice(alias.start, alias.end) : undefined,
    aliasSpan: named && alias ? rest.spanOf(alias.start, alias.end) : undefined,
  };
}

/** The expanded value of the last flag of that name. */
function flagValue(flags: readonly Flag[], name: string): Value | undefined {
  return flags.length > 0 ? flags.findLast(flag => flag.name === name)?.expanded : undefined;
}

function runParts({ rest, json, flags, heredocs, markers, reading }: Parts): object {
  const alone = heredocs.length === 1 && markers[0]!.start === 0 && markers[0]!.end === rest.text.length;
  const form: RunInstruction['form'] = json ? 'exec' : alone ? 'heredoc' : 'shell';
  const args = json ? json.elements.map(plainValue) : rest.text === '' ? [] : [plainValue(rest)];
  return {
    kind: 'run',
    args,
    form,
    script: undefined,
    mounts:
      flags.length > 0 ? flags.filter(({ name }) => name === 'mount').map(flag => readMount(flag, reading)) : NONE,
    network: flagValue(flags, 'network'),
    security: flagValue(flags, 'security'),
  };
}

function copyParts(read: Parts): object {
  const { rest, json, flags, markers, reading, context } = read;
  const paths = json
    ? json.elements.map(element => readWord(element, jsonReading(read)).value)
    : plainWords(rest.text)
        .filter(({ start }) => !markers.some(marker => marker.start === start))
        .map(({ start, end }) => {
          const source = rest.slice(start, end);
          return accepted(source, readWord(source, reading), context.problems);
        });
  const alone = paths.length === 1 && markers.length === 0;
  return {
    args: paths,
    sources: alone ? paths : paths.slice(0, -1),
    destination: alone ? undefined : paths.at(-1),
    from: flagValue(flags, 'from'),
    origin: { kind: 'context' },
  };
}

function healthcheckParts({ rest, context }: Parts): object {
  const [first] = plainWords(rest.text);
  if (!first) return { args: [], type: undefined, typeSpan: undefined, none: false, command: undefined };
  const type = rest.text.slice(first.start, first.end);
  const text = trimmed(rest.slice(first.end, rest.text.length));
  const isCommand = type.toUpperCase() === 'CMD';
  const json = isCommand ? jsonOf('cmd', text, context) : undefined;
  const command = isCommand ? commandOf(text, json) : undefined;
  return {
    args: argsOf(command),
    json,
    type,
    typeSpan: rest.spanOf(first.start, first.end),
    none: type.toUpperCase() === 'NONE',
    command,
  };
}

function unknownInstruction({ keyword, keywordSpan, whole, keywordEnd, context }: Parts): void {
  const guess = nearest(keyword, KEYWORDS);
  // In lines that are not a Dockerfile at all, one report is enough.
  if (context.afterUnknown && guess === undefined) return;
  // A longer word may be anything that was pasted, such as a key.
  const named = /^[A-Z]{1,15}$/.test(keyword) ? ` ${quoted(keyword)}` : '';
  context.problems.push({
    message: `Unknown instruction${named}`,
    help: guess === undefined ? 'Correct the keyword, or start a comment with `#`' : `Did you mean \`${guess}\`?`,
    span: keywordSpan,
    fixes:
      guess === undefined
        ? []
        : [fix('suggested', `Change it to \`${guess}\``, whole.slice(0, keywordEnd).replace(0, keywordEnd, guess))],
  });
}
