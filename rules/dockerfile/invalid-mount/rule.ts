import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { everyInstruction, rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, Mount, MountOption } from '../../../languages/dockerfile/tree.ts';

const PLACE = ['target', 'dst', 'destination'];
const SOURCE = ['source', 'src'];
const READ = ['ro', 'readonly', 'rw', 'readwrite'];
const OWNER = ['mode', 'uid', 'gid'];

/** https://docs.docker.com/reference/dockerfile/#run---mount */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  bind: [...PLACE, ...SOURCE, ...READ, 'from'],
  cache: [...PLACE, ...SOURCE, ...READ, ...OWNER, 'from', 'id', 'sharing'],
  tmpfs: [...PLACE, ...READ, 'size'],
  secret: [...PLACE, ...SOURCE, ...READ, ...OWNER, 'id', 'required', 'env'],
  ssh: [...PLACE, ...SOURCE, ...READ, ...OWNER, 'id', 'required'],
};
const TYPES = Object.keys(OPTIONS);
const KNOWN = new Set(['type', ...Object.values(OPTIONS).flat()]);
/** Options that mean one kind of mount only; the builder takes others, such as `source`, for any. */
const EXCLUSIVE = new Set(['sharing', 'size', 'env', 'required', ...OWNER]);
/** Options of Podman and Buildah: https://docs.podman.io/en/latest/markdown/podman-build.1.html. */
const OF_OTHER_BUILDERS = new Set([
  'z',
  'relabel',
  'u',
  'chown',
  'bind-propagation',
  'tmpcopyup',
  'notmpcopyup',
  'idmap',
  'tmpfs-size',
  'tmpfs-mode',
]);

export default defineDockerfileRule({
  id: 'invalid-mount',
  summary: 'An option of `RUN --mount` is unknown, missing or has an impossible value',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'run') continue;
      for (const mount of instruction.mounts) {
        const text = mount.flag.value?.text;
        // Quotes hold commas together, in a way of their own; a placeholder holds anything.
        if (
          text === undefined ||
          text === '' ||
          /["{<]|\$\{/.test(file.source.text.slice(mount.span.start, mount.span.end))
        )
          continue;
        yield* problemsOf(file, mount);
      }
    }
  },
});

function* problemsOf(file: DockerfileTree, mount: Mount): Iterable<Finding> {
  const { type, options } = mount;
  const typeOption = options.findLast(({ key }) => key === 'type');
  const allowed = type === undefined ? undefined : OPTIONS[type.toLowerCase()];
  if (typeOption && type !== undefined && !allowed) {
    const guess = nearest(type, TYPES);
    yield {
      message: `There is no mount of type \`${short(type)}\`; the types are ${TYPES.map(one => `\`${one}\``).join(', ')}.`,
      span: typeOption.span,
      fixes: replacedBy(typeOption, guess),
    };
    return;
  }
  let foreign = false;
  let broken = false;
  for (const [i, option] of options.entries()) {
    const { key, keySpan, span } = option;
    if (OF_OTHER_BUILDERS.has(key)) foreign = true;
    else if (key === '' && option.value === undefined) {
      broken = true;
      yield afterComma(file, mount, option, i === options.length - 1);
    } else if (!KNOWN.has(key)) {
      broken = true;
      const guess = nearest(key, allowed ?? KNOWN);
      yield {
        message: `A mount has no option \`${short(key)}\`, and the builder refuses it.`,
        span: keySpan,
        fixes:
          guess === undefined ? [] : [fix('suggested', `Change it to \`${guess}\``, rewritten(file, keySpan, guess))],
      };
    } else if (allowed && EXCLUSIVE.has(key) && !allowed.includes(key)) {
      const owners = TYPES.filter(one => OPTIONS[one]!.includes(key));
      yield {
        message: `\`${key}\` is an option of ${owners.map(one => `\`${one}\``).join(' and ')} mounts, not of \`${type}\`, and the builder refuses it here.`,
        span,
      };
    } else {
      const why = wrongValue(option);
      if (why !== undefined) {
        yield { message: `\`${key}\` ${why}, and the builder refuses this.`, span, fixes: betterValue(option) };
      }
    }
  }
  if (
    !broken &&
    !foreign &&
    (type === 'bind' || type === 'cache' || type === 'tmpfs') &&
    !options.some(({ key }) => PLACE.includes(key))
  )
    yield {
      message: `A \`${type}\` mount needs a \`target\`, the path where it is put, and the builder refuses it without.`,
      span: mount.span,
    };
}

/** A comma with nothing behind it: mostly a blank that ends the flag too early. */
function afterComma(file: DockerfileTree, { span }: Mount, option: MountOption, last: boolean): Finding {
  const { text } = file.source;
  let next = span.end;
  while (text[next] === ' ' || text[next] === '\t') next++;
  const goesOn = last && next > span.end && /^[a-z]{2,12}=/.test(text.slice(next, next + 13));
  return {
    message: goesOn
      ? 'The blank behind this comma ends the flag, so the next option becomes the command that is run.'
      : 'Nothing stands between or behind the commas here, and the builder refuses an option without a name.',
    span: goesOn ? { start: span.end - 1, end: next } : option.span.start === option.span.end ? span : option.span,
    fixes: goesOn ? [fix('suggested', 'Remove the blank', rewritten(file, { start: span.end, end: next }, ''))] : [],
  };
}

const SHARING = ['shared', 'private', 'locked'];

/** What is wrong with the value of a known option; `undefined` when nothing is, or it cannot be known. */
function wrongValue({ key, value }: MountOption): string | undefined {
  if (!value) return READ.includes(key) || key === 'required' ? undefined : 'needs a value behind `=`';
  const { literal } = value;
  if (literal === undefined) return undefined;
  if (READ.includes(key) || key === 'required')
    return /^(?:true|false|1|0|t|f)$/i.test(literal) ? undefined : 'can be `true` or `false`';
  if (key === 'sharing') return SHARING.includes(literal) ? undefined : 'can be `shared`, `private` or `locked`';
  if (key === 'mode') return /^(?:0o?)?[0-7]{1,5}$/.test(literal) ? undefined : 'has to be an octal mode';
  if (key === 'uid' || key === 'gid')
    return /^[0-9]{1,10}$/.test(literal) ? undefined : 'has to be a number, not a name';
  if (key === 'size') return /^[0-9.]+ ?[kmgtp]?i?b?$/i.test(literal) ? undefined : 'has to be a size such as `64m`';
  return literal === '' && key !== 'type' ? 'needs a value behind `=`' : undefined;
}

function betterValue(option: MountOption) {
  return option.key === 'sharing' ? replacedBy(option, nearest(option.value?.literal ?? '', SHARING)) : [];
}

function replacedBy({ value }: MountOption, guess: string | undefined) {
  return value && guess !== undefined
    ? [fix('suggested', `Change it to \`${guess}\``, value.source.replace(0, value.source.text.length, guess))]
    : [];
}

const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text);
