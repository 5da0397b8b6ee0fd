import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { eitherOf, quoted } from '../../../core/quoted.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { FLAGS, type FlagSpec } from '../../../languages/dockerfile/flags.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, Flag, Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'invalid-flag-value',
  summary: 'A flag is duplicated, has no value, or has an invalid one',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: {
    instructions: [...FLAGS].flatMap(([keyword, flags]) => [...flags.keys()].map(name => `${keyword} --${name}`)),
  },
  since: '2026.11',
  aliases: [
    'dockerfile-utils:FLAG_DUPLICATE',
    'dockerfile-utils:FLAG_MISSING_VALUE',
    'dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE',
    'dockerfile-utils:FLAG_INVALID_LINK_VALUE',
    'dockerfile-utils:FLAG_INVALID_DURATION',
    'dockerfile-utils:FLAG_LESS_THAN_1MS',
    'dockerfile-utils:FLAG_MISSING_DURATION',
    'dockerfile-utils:FLAG_UNKNOWN_UNIT',
    'dockerfile-utils:FLAG_AT_LEAST_ONE',
    'dockerfilelint:healthcheck_options_missing_args',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      const seen = new Map<string, Flag>();
      for (const flag of instruction.flags) {
        const spec = FLAGS.get(instruction.keyword)?.get(flag.name);
        if (!spec) continue;
        const first = seen.get(flag.name);
        if (first && !spec.many)
          yield {
            message: `Duplicate flag \`--${flag.name}\``,
            help: 'Remove one of the two',
            span: flag.span,
            related: [{ message: `First \`--${flag.name}\``, span: first.span }],
          };
        seen.set(flag.name, flag);
        yield* findingsOf(file, instruction, flag, spec);
      }
    }
  },
});

function* findingsOf(file: DockerfileTree, instruction: Instruction, flag: Flag, spec: FlagSpec): Iterable<Finding> {
  const { name, value, valueSpan } = flag;
  if (!value || value.text === '') {
    if (spec.value !== 'boolean') yield withoutValue(file, flag, instruction);
    else if (value)
      yield {
        message: `Invalid value for \`--${name}\`: empty`,
        help: 'Use `true` or `false`, or leave out the `=`',
        span: flag.span,
      };
    return;
  }
  // The builder expands variables in these instructions only; `chmod` and the rest are checked when they are known.
  const expands = instruction.kind === 'copy' || instruction.kind === 'add' || instruction.kind === 'from';
  const text = expands ? flag.expanded?.literal : value.text;
  if (text === undefined || /\{\{|<%/.test(text)) return;
  const wrong = wrongness(name, text, spec, instruction);
  if (wrong === undefined) return;
  const { what = 'value', why, help, better } = wrong;
  const shown = text.length > 40 || text.includes(UNRESOLVED) ? '' : ` \`${text}\``;
  yield {
    message: `Invalid ${what}${shown} for \`--${name}\`${why === undefined ? '' : `: ${why}`}`,
    help,
    span: valueSpan!,
    fixes:
      better === undefined
        ? []
        : [fix('suggested', `Change it to \`${better}\``, value.replace(0, value.text.length, better))],
  };
}

/** `--from build` in place of `--from=build` is the usual mistake. */
function withoutValue(file: DockerfileTree, { name, span, value }: Flag, instruction: Instruction): Finding {
  const { text } = file.source;
  let next = span.end;
  while (text[next] === ' ' || text[next] === '\t') next++;
  const follows =
    name !== 'mount' && next > span.end && /[\w"'/.$]/.test(text[next] ?? '') && hasWordsToSpare(instruction);
  return {
    message: `Flag \`--${name}\` has no value`,
    help: `Write ${quoted(`--${name}=${follows ? (/^[^\s=]{1,60}/.exec(text.slice(next, next + 60))?.[0] ?? '…') : '…'}`)} without spaces`,
    span,
    fixes: follows
      ? [fix('suggested', 'Remove the space', rewritten(file, { start: span.end, end: next }, value ? '' : '='))]
      : [],
  };
}

/** Whether the instruction is complete without its next word. */
function hasWordsToSpare({ kind, args, heredocs }: Instruction): boolean {
  const needed = kind === 'copy' || kind === 'add' ? 2 : 1;
  return args.length + heredocs.length > needed;
}

interface Wrong {
  /** What the value should be: `duration`. Default: `value`. */
  readonly what?: string;
  readonly why?: string;
  readonly help: string;
  readonly better?: string | undefined;
}

function wrongness(name: string, text: string, { value }: FlagSpec, { kind }: Instruction): Wrong | undefined {
  if (typeof value === 'object') {
    if (value.includes(text)) return undefined;
    const better = nearest(text, value);
    // What gives up isolation is for the author to write.
    return { help: `Use ${eitherOf(value)}`, better: better === 'host' || better === 'insecure' ? undefined : better };
  }
  switch (value) {
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? undefined : { help: 'Use `true` or `false`', better: truth(text) };
    case 'duration':
      return wrongDuration(text);
    case 'count':
      return /^\+?[0-9]{1,9}$/.test(text) ? undefined : { what: 'number', help: 'Use a whole number, 0 or more' };
    case 'mode':
      return wrongMode(text);
    default:
      if (name === 'platform' && kind === 'from') return wrongPlatform(text);
      if (name === 'checksum') return wrongChecksum(text);
      return undefined;
  }
}

const truth = (text: string): string | undefined =>
  /^(?:yes|on|1)$/i.test(text) ? 'true' : /^(?:no|off|0)$/i.test(text) ? 'false' : undefined;

const UNITS = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** https://pkg.go.dev/time#ParseDuration, and at least a millisecond unless it is 0. */
function wrongDuration(text: string): Wrong | undefined {
  const what = 'duration';
  if (text.includes('$'))
    return { what, why: 'variables are not expanded here', help: 'Write the duration itself, such as `30s`' };
  if (/^[+-]?0$/.test(text)) return undefined;
  if (/^[0-9]{1,9}$/.test(text)) return { what, why: 'missing unit', help: `Write \`${text}s\``, better: `${text}s` };
  const pieces = text.replace(/^[+-]/, '').split(/(?<=[a-zµμ])(?=[0-9.])/);
  if (!pieces.every(piece => /^[0-9.]+[a-zµμ]+$/.test(piece)))
    return { what, help: 'Use a duration such as `30s` or `1m30s`' };
  let milliseconds = 0;
  for (const piece of pieces) {
    const number = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)/.exec(piece)?.[0];
    const unit = number === undefined ? undefined : UNITS.get(piece.slice(number.length));
    if (unit === undefined) return { what, why: 'unknown unit', help: 'Use `ms`, `s`, `m` or `h`' };
    milliseconds += Number(number) * unit;
  }
  if (text.startsWith('-') || (milliseconds > 0 && milliseconds < 1))
    return { what, why: 'less than `1ms`', help: 'Use a duration such as `30s`' };
  return undefined;
}

/** Octal, or symbolic as chmod knows it. */
function wrongMode(text: string): Wrong | undefined {
  if (/^[0-9]+$/.test(text))
    return /^0*[0-7]{1,4}$/.test(text)
      ? undefined
      : { what: 'mode', help: 'Use up to four octal digits (0 to 7), such as `755`' };
  return text.split(',').every(clause => /^[ugoa]*[-+=]/.test(clause))
    ? undefined
    : { what: 'mode', help: 'Use an octal mode such as `755`, or a symbolic one such as `u=rwX,go=rX`' };
}

const SYSTEMS = ['linux', 'windows', 'darwin', 'freebsd', 'wasi', 'wasip1'];
const PROCESSORS = [
  'amd64',
  'arm64',
  'arm',
  '386',
  'ppc64le',
  's390x',
  'riscv64',
  'mips64le',
  'mips64',
  'loong64',
  'wasm',
];
/** Other names that are normalized to one of those above. */
const OTHER_NAMES = ['x86_64', 'x86-64', 'aarch64', 'armhf', 'armel', 'i386'];

function wrongPlatform(text: string): Wrong | undefined {
  const what = 'platform';
  const parts = text.split('/');
  if (parts.length > 3 || parts.some(part => !/^[A-Za-z0-9_.()-]+$/.test(part)))
    return { what, help: 'Use the form `os/arch` or `os/arch/variant`' };
  if (parts.length < 2) return undefined;
  const [system = '', processor = '', ...variant] = parts.map(part => part.toLowerCase());
  const os = system.split('(')[0]!;
  const better = [
    SYSTEMS.includes(os) ? system : nearest(os, SYSTEMS),
    [...PROCESSORS, ...OTHER_NAMES].includes(processor) ? processor : nearest(processor, PROCESSORS),
    ...variant,
  ].join('/');
  // Only what is close to a known name is treated as a typo: there are more platforms than are listed here.
  return better.toLowerCase() === text.toLowerCase() || better.includes('//') || better.startsWith('/')
    ? undefined
    : { what, help: `Did you mean \`${better}\`?`, better };
}

/** https://docs.docker.com/reference/dockerfile/#add---checksum; a Git commit has no algorithm. */
function wrongChecksum(text: string): Wrong | undefined {
  const what = 'checksum';
  const colon = text.indexOf(':');
  if (colon < 0) {
    if (/^[0-9a-f]{64}$/i.test(text))
      return {
        what,
        why: 'missing algorithm',
        help: 'Write `sha256:` before it',
        better: `sha256:${text.toLowerCase()}`,
      };
    return /^[0-9a-f]+$/i.test(text) ? undefined : { what, help: 'Write `sha256:` and 64 hexadecimal digits' };
  }
  const hex = text.slice(colon + 1);
  if (text.slice(0, colon) !== 'sha256') return undefined;
  return /^[0-9a-f]{64}$/.test(hex)
    ? undefined
    : { what, why: 'not a SHA-256', help: 'Write `sha256:` and 64 lowercase hexadecimal digits' };
}
