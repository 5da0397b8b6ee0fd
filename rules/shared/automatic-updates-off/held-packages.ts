import type { ImageBuild } from '../../../core/build.ts';
import type { Span } from '../../../core/text.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** Packages that most updates are about: the kernel, and what all programs use. */
const OF_SYSTEM =
  /^(?:kernel(?:-(?:core|default|uek|modules))?|linux-(?:image|generic|aws|azure|gcp|oracle|kvm|virtual)(?:-[\w.-]{0,40})?|openssl(?:-libs)?|libssl[\w.]{0,8}|openssh(?:-(?:server|clients))?|glibc|libc6|sudo|systemd)?\*?$/;

/** `exclude` of the main configuration; of one repository it only says which other one is used. dnf.conf(5) */
const EXCLUDED = /^[ \t]{0,8}(?:exclude|excludepkgs)[ \t]{0,8}=[ \t]{0,8}([^\n]{1,400})$/gm;
const MAIN = /(?:^|\/)(?:yum|dnf\/dnf)\.conf$/;

export interface HeldPackage {
  readonly name: string;
  readonly span: Span;
}

/** System packages that no update replaces any more: `exclude=kernel*`, `apt-mark hold`, `versionlock`. */
export function* heldPackages(build: ImageBuild): Iterable<HeldPackage> {
  for (const { path, text } of fileWrites(build)) {
    if (!MAIN.test(path)) continue;
    for (const match of text.text.matchAll(EXCLUDED)) {
      const name = match[1]!.split(/[\s,]+/).find(isOfSystem);
      if (name !== undefined) yield { name, span: text.spanOf(match.index, match.index + match[0].length) };
    }
  }
  const held = new Map<string, Span>();
  for (const { invocation } of setupCommands(build)) {
    const released = releasedBy(invocation);
    if (released === 'all') held.clear();
    else for (const name of released) held.delete(name);
    const name = heldBy(invocation).find(isOfSystem);
    if (name !== undefined && !held.has(name)) held.set(name, invocation.script.spanOf(invocation.command));
  }
  for (const [name, span] of held) yield { name, span };
}

const isOfSystem = (name: string): boolean => name !== '' && OF_SYSTEM.test(name);

/** apt-mark(8), dnf-versionlock(8), dnf-config-manager(8) */
function heldBy(invocation: Invocation): readonly string[] {
  const { program, args } = invocation;
  const words = args.map(({ literal }) => literal ?? '');
  if (program === 'apt-mark') return words[0] === 'hold' ? words.slice(1) : [];
  const locks = words.indexOf('versionlock');
  if (locks >= 0 && /^(?:dnf|yum)$/.test(program))
    return /^(?:clear|delete|list|exclude)$/.test(words[locks + 1] ?? '') ? [] : words.slice(locks + 1);
  if (!/^(?:dnf|yum-config-manager)$/.test(program) || !words.includes('--save')) return [];
  return readArguments(invocation)
    .values('--setopt')
    .flatMap(
      ({ literal = '' }) => /^(?:main\.)?exclude(?:pkgs)?=(.{1,400})$/.exec(literal)?.[1]?.split(/[\s,]+/) ?? [],
    );
}

/** `all` also where a name is not known: `apt-mark unhold $(apt-mark showhold)`. */
function releasedBy({ program, args }: Invocation): readonly string[] | 'all' {
  const words = args.map(({ literal }) => literal);
  const locks = words.indexOf('versionlock');
  const names =
    program === 'apt-mark' && words[0] === 'unhold'
      ? words.slice(1)
      : locks >= 0 && words[locks + 1] === 'delete'
        ? words.slice(locks + 2)
        : [];
  if ((locks >= 0 && words[locks + 1] === 'clear') || names.includes(undefined)) return 'all';
  return names.flatMap(name => name ?? []);
}
