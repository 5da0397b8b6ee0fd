import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { HOLE } from '../../../core/text.ts';
import { everyInstruction, rewritten } from '../../../languages/dockerfile/edits.ts';
import { FLAGS, type FlagSpec } from '../../../languages/dockerfile/flags.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, Flag, Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'invalid-flag-value',
  summary: 'A flag is given twice, without its value, or with one that the builder refuses',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
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
            message: `\`--${flag.name}\` stands here a second time, and the builder refuses that.`,
            span: flag.span,
            related: [{ message: 'The first one.', span: first.span }],
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
    if (spec.value !== 'boolean') yield withoutValue(file, flag);
    return;
  }
  // The builder fills in variables for these instructions alone; `chmod` and the rest are checked when they are known.
  const expands = instruction.kind === 'copy' || instruction.kind === 'add' || instruction.kind === 'from';
  const text = expands ? flag.expanded?.literal : value.text;
  if (text === undefined || /\{\{|<%/.test(text)) return;
  const wrong = wrongness(name, text, spec, instruction);
  if (wrong === undefined) return;
  const { why, better } = wrong;
  const hidden = text.length > 40 || text.includes(HOLE);
  yield {
    message: `${hidden ? 'This' : `\`${text}\``} is no value of \`--${name}\`: ${why}, and the builder refuses it.`,
    span: valueSpan!,
    fixes:
      better === undefined
        ? []
        : [fix('suggested', `Change it to \`${better}\``, value.replace(0, value.text.length, better))],
  };
}

/** `--from build` in place of `--from=build` is the usual slip. */
function withoutValue(file: DockerfileTree, { name, span, value }: Flag): Finding {
  const { text } = file.source;
  let next = span.end;
  while (text[next] === ' ' || text[next] === '\t') next++;
  const follows = name !== 'mount' && next > span.end && /[\w"'/.$]/.test(text[next] ?? '');
  return {
    message: `\`--${name}\` needs a value behind \`=\`, and the builder refuses it without one.`,
    span,
    fixes: follows
      ? [
          fix(
            'suggested',
            'Join it to the next word',
            rewritten(file, { start: span.end, end: next }, value ? '' : '='),
          ),
        ]
      : [],
  };
}

interface Wrong {
  readonly why: string;
  readonly better?: string | undefined;
}

function wrongness(name: string, text: string, { value }: FlagSpec, { kind }: Instruction): Wrong | undefined {
  if (typeof value === 'object') {
    if (value.includes(text)) return undefined;
    return { why: `it can be ${value.map(one => `\`${one}\``).join(' or ')}`, better: nearest(text, value) };
  }
  switch (value) {
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? undefined : { why: 'it can be `true` or `false`', better: truth(text) };
    case 'duration':
      return wrongDuration(text);
    case 'count':
      return /^\+?[0-9]{1,9}$/.test(text) ? undefined : { why: 'it has to be a whole number that is not negative' };
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
  if (text.includes('$')) return { why: 'variables are not filled in here' };
  if (/^[+-]?0$/.test(text)) return undefined;
  if (/^[0-9]{1,9}$/.test(text)) return { why: 'it needs a unit', better: `${text}s` };
  const pieces = text.replace(/^[+-]/, '').split(/(?<=[a-zµμ])(?=[0-9.])/);
  if (!pieces.every(piece => /^[0-9.]+[a-zµμ]+$/.test(piece)))
    return { why: 'it has to be a duration such as `30s` or `1m30s`' };
  let milliseconds = 0;
  for (const piece of pieces) {
    const number = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)/.exec(piece)?.[0];
    const unit = number === undefined ? undefined : UNITS.get(piece.slice(number.length));
    if (unit === undefined) return { why: 'its units can be `ms`, `s`, `m` and `h`' };
    milliseconds += Number(number) * unit;
  }
  if (text.startsWith('-') || (milliseconds > 0 && milliseconds < 1))
    return { why: 'it has to be a millisecond or more' };
  return undefined;
}

/** Octal, or symbolic as chmod knows it. */
function wrongMode(text: string): Wrong | undefined {
  if (/^[0-9]+$/.test(text))
    return /^0*[0-7]{1,4}$/.test(text) ? undefined : { why: 'an octal mode has up to four digits from 0 to 7' };
  return text.split(',').every(clause => /^[ugoa]*[-+=]/.test(clause))
    ? undefined
    : { why: 'it has to be an octal mode such as `755`, or a symbolic one such as `u=rwX,go=rX`' };
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
/** Other names that are normalised to one of those above. */
const OTHER_NAMES = ['x86_64', 'x86-64', 'aarch64', 'armhf', 'armel', 'i386'];

function wrongPlatform(text: string): Wrong | undefined {
  const parts = text.split('/');
  if (parts.length > 3 || parts.some(part => !/^[A-Za-z0-9_.()-]+$/.test(part)))
    return { why: 'it has to be of the form `os/arch/variant`' };
  if (parts.length < 2) return undefined;
  const [system = '', processor = '', ...variant] = parts.map(part => part.toLowerCase());
  const os = system.split('(')[0]!;
  const better = [
    SYSTEMS.includes(os) ? system : nearest(os, SYSTEMS),
    [...PROCESSORS, ...OTHER_NAMES].includes(processor) ? processor : nearest(processor, PROCESSORS),
    ...variant,
  ].join('/');
  // Only what is nearly a known name is taken for a slip: there are more platforms than are listed here.
  return better.toLowerCase() === text.toLowerCase() || better.includes('//') || better.startsWith('/')
    ? undefined
    : { why: 'there is no such platform', better };
}

/** https://docs.docker.com/reference/dockerfile/#add---checksum; a commit of git has no algorithm in front. */
function wrongChecksum(text: string): Wrong | undefined {
  const colon = text.indexOf(':');
  if (colon < 0) {
    if (/^[0-9a-f]{64}$/i.test(text)) return { why: 'it lacks the algorithm', better: `sha256:${text.toLowerCase()}` };
    return /^[0-9a-f]+$/i.test(text) ? undefined : { why: 'it has to be of the form `sha256:…`' };
  }
  const hex = text.slice(colon + 1);
  if (text.slice(0, colon) !== 'sha256') return undefined;
  return /^[0-9a-f]{64}$/.test(hex) ? undefined : { why: 'a SHA-256 has 64 digits from 0 to 9 and a to f' };
}
