import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { eitherOf, quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { isBare } from '../../../languages/dockerfile/bare-base.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { MOUNT_OPTIONS, PLACE, READ, SHARING } from '../../../languages/dockerfile/mount-options.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import type { DockerfileTree, Mount, MountOption, RunInstruction } from '../../../languages/dockerfile/tree.ts';

const TYPES = Object.keys(MOUNT_OPTIONS);
const KNOWN = new Set(['type', ...Object.values(MOUNT_OPTIONS).flat()]);
/** Options that only some types of mounts have; the builder accepts others, such as `source`, for any type. */
const EXCLUSIVE = new Set(['sharing', 'size', 'env', 'required', 'mode', 'uid', 'gid']);
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
  summary: 'A `RUN --mount` option is unknown, missing or invalid',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['RUN --mount'] },
  since: '2026.11',
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'run') continue;
      for (const mount of instruction.mounts) {
        const text = mount.flag.value?.text;
        // Quotes keep commas together, by rules of their own; a placeholder may be anything.
        if (
          text === undefined ||
          text === '' ||
          /["{<]|\$\{/.test(file.source.text.slice(mount.span.start, mount.span.end))
        )
          continue;
        yield* problemsOf(file, mount, instruction);
      }
    }
  },
});

function* problemsOf(file: DockerfileTree, mount: Mount, instruction: RunInstruction): Iterable<Finding> {
  const { type, options } = mount;
  const typeOption = options.findLast(({ key }) => key === 'type');
  const allowed = type === undefined ? undefined : MOUNT_OPTIONS[type.toLowerCase()];
  if (typeOption && type !== undefined && !allowed) {
    const guess = nearest(type, TYPES);
    yield {
      message: `Unknown mount type ${quoted(type, 30)}`,
      help: `Use ${eitherOf(TYPES)}`,
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
        message: `Unknown mount option ${quoted(key, 30)}`,
        help: guess === undefined ? 'Remove it' : `Did you mean \`${guess}\`?`,
        span: keySpan,
        fixes:
          guess === undefined ? [] : [fix('suggested', `Change it to \`${guess}\``, rewritten(file, keySpan, guess))],
      };
    } else if (allowed && EXCLUSIVE.has(key) && !allowed.includes(key)) {
      const owners = TYPES.filter(one => MOUNT_OPTIONS[one]!.includes(key));
      yield {
        message: `\`${type}\` mounts have no option \`${key}\``,
        help: `Remove it, or use a mount of type ${eitherOf(owners)}`,
        span,
      };
    } else {
      const help = wrongValue(option);
      if (help !== undefined) {
        const message = option.value?.literal
          ? `Invalid value for mount option \`${key}\``
          : `Mount option \`${key}\` has no value`;
        yield { message, help, span, fixes: betterValue(option) };
      }
    }
  }
  if (
    !broken &&
    !foreign &&
    (type === 'bind' || type === 'cache' || type === 'tmpfs') &&
    !options.some(({ key }) => PLACE.includes(key))
  )
    yield* withoutTarget(type, mount, instruction);
}

/** BuildKit mounts it at the working directory then, and rejects `/`: dispatchRunMounts in frontend/dockerfile/dockerfile2llb. */
function* withoutTarget(type: string, { span }: Mount, instruction: RunInstruction): Iterable<Finding> {
  const directory = effectiveWorkdir(instruction);
  const isRoot =
    directory.literal === '/' ||
    (directory.instruction === undefined && instruction.stage !== undefined && isBare(instruction.stage));
  // What is bound there is meant to be, and who sets no directory does not know of one.
  if (type === 'bind' && directory.instruction && !isRoot) return;
  yield {
    message: isRoot
      ? `\`${type}\` mount has no \`target\``
      : `\`${type}\` mount without \`target\` covers the working directory`,
    help: 'Add `target=` with the path to mount at',
    span,
    ...(!isRoot && { severity: 'warning' as const }),
  };
}

/** A comma with nothing after it: mostly a space that ends the flag too early. */
function afterComma(file: DockerfileTree, { span }: Mount, option: MountOption, last: boolean): Finding {
  const { text } = file.source;
  let next = span.end;
  while (text[next] === ' ' || text[next] === '\t') next++;
  const goesOn = last && next > span.end && /^[a-z]{2,12}=/.test(text.slice(next, next + 13));
  return {
    message: goesOn ? 'Space after the comma ends the `--mount` flag' : 'Empty option in `--mount`',
    help: goesOn ? 'Remove the space' : 'Remove the extra comma',
    span: goesOn ? { start: span.end - 1, end: next } : option.span.start === option.span.end ? span : option.span,
    fixes: goesOn ? [fix('suggested', 'Remove the space', rewritten(file, { start: span.end, end: next }, ''))] : [],
  };
}

/** What the value of a known option should be; `undefined` when it is right, or cannot be known. */
function wrongValue({ key, value }: MountOption): string | undefined {
  if (!value) return READ.includes(key) || key === 'required' ? undefined : `Write \`${key}=…\``;
  const { literal } = value;
  if (literal === undefined) return undefined;
  if (READ.includes(key) || key === 'required')
    return /^(?:true|false|1|0|t|f)$/i.test(literal) ? undefined : 'Use `true` or `false`';
  if (key === 'sharing') return SHARING.includes(literal) ? undefined : 'Use `shared`, `private` or `locked`';
  if (key === 'mode') return /^(?:0o?)?[0-7]{1,5}$/.test(literal) ? undefined : 'Use an octal mode such as `0755`';
  if (key === 'uid' || key === 'gid')
    return /^[0-9]{1,10}$/.test(literal) ? undefined : 'Use a number instead of a name';
  if (key === 'size') return /^[0-9.]+ ?[kmgtp]?i?b?$/i.test(literal) ? undefined : 'Use a size such as `64m`';
  return literal === '' && key !== 'type' ? `Write \`${key}=…\`` : undefined;
}

function betterValue(option: MountOption) {
  return option.key === 'sharing' ? replacedBy(option, nearest(option.value?.literal ?? '', SHARING)) : [];
}

function replacedBy({ value }: MountOption, guess: string | undefined) {
  return value && guess !== undefined
    ? [fix('suggested', `Change it to \`${guess}\``, value.source.replace(0, value.source.text.length, guess))]
    : [];
}
