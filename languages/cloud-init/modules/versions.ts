/** cloud-init's versions: `22.2`, `24.1.3`. */
import type { SourceText } from '../../../core/text.ts';

/** Whether a version comes before another; false when it is not known, which means a current one. */
export function isOlder(version: string | undefined, than: string): boolean {
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = than.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

/** Releases whose cloud-init stays at an old version, and how people write them. Others get new versions as updates. */
const OLD_SYSTEMS: readonly (readonly [RegExp, string])[] = [
  // https://docs.aws.amazon.com/AL2/latest/relnotes/relnotes-al2.html
  [/\bamzn-?2(?!\d)|\bamazon[-_ ]?linux[-_ ]?2(?!\d)/i, '19.3'],
  [/(?:\b|_)(?:centos|rhel|redhat|oracle[-_ ]?linux)[-_ ]?(?:linux[-_ ]?)?7(?!\d)/i, '19.4'],
  // https://tracker.debian.org/pkg/cloud-init
  [/\bbuster\b|\bdebian[-_ ]?10\b/i, '20.2'],
  [/\bbullseye\b|\bdebian[-_ ]?11\b/i, '20.4'],
];

/** The cloud-init of the oldest system that a document names; `undefined` where it names none that is known. */
export function versionOfSystems({ text }: SourceText): string | undefined {
  // A comment may be about the system that it was before.
  const start = text.slice(0, LONGEST_TEXT).replace(/(?:^|[ \t])#.*$/gm, '');
  return OLD_SYSTEMS.find(([name]) => name.test(start))?.[1];
}
const LONGEST_TEXT = 100_000;
