import { type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Script } from '../../../core/script.ts';
import { type InstalledPackage, packageInstalls } from '../../../facts/package-installs.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** Managers for which the order does not matter. */
const MANAGERS: ReadonlySet<string> = new Set([
  ...['apt', 'apk', 'yum', 'dnf', 'microdnf', 'tdnf', 'zypper', 'pacman', 'pip', 'npm', 'yarn', 'pnpm'],
]);
const FEWEST = 3;

export default defineDockerfileRule({
  id: 'unsorted-packages',
  summary: 'A multi-line list of packages is not sorted',
  policies: ['G8'],
  category: 'style',
  severity: 'hint',
  preset: 'all',
  needs: { programs: programsOf([...MANAGERS]) },
  since: '2026.11',
  aliases: ['tally:sort-packages', 'sonar:S7018'],
  *check(file, _, build) {
    for (const { manager, packages, invocation } of packageInstalls(build)) {
      if (!invocation || !MANAGERS.has(manager)) continue;
      for (const list of listsOf(packages, file.source.text)) {
        const sorted = sortedList(list);
        const at = list.findIndex((one, i) => i > 0 && keyOf(list[i - 1]!) > keyOf(one));
        if (at < 0) continue;
        yield {
          message: `Packages are not sorted: ${quoted(nameOf(list[at]!))} follows ${quoted(nameOf(list[at - 1]!))}`,
          help: 'Sort the list by name',
          span: list[at]!.span,
          fixes: [inOrder(invocation.script, list, sorted)],
        };
      }
    }
  },
});

/** Sequences of names, one on each line; a comment, a blank line or anything else between them starts a new one. */
function listsOf(packages: readonly InstalledPackage[], text: string): InstalledPackage[][] {
  const lists: InstalledPackage[][] = [];
  let list: InstalledPackage[] = [];
  for (const one of packages) {
    const before = list.at(-1);
    const between = before && one.span.file === undefined ? text.slice(before.span.end, one.span.start) : '';
    const follows = /^["']?[ \t]*[\\`][ \t]*\r?\n[ \t]*["']?$/.test(between);
    if (one.kind !== 'name' || (before && !follows)) {
      if (list.length >= FEWEST) lists.push(list);
      list = [];
    }
    if (one.kind === 'name' && one.word) list.push(one);
  }
  if (list.length >= FEWEST) lists.push(list);
  return lists;
}

function nameOf({ name, source }: InstalledPackage): string {
  return name ?? source.text;
}

function keyOf(one: InstalledPackage): string {
  return nameOf(one).toLowerCase();
}

function sortedList(list: readonly InstalledPackage[]): InstalledPackage[] {
  return [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

function inOrder(
  script: Script,
  list: readonly InstalledPackage[],
  sorted: readonly InstalledPackage[],
): Fix | undefined {
  const moved = list.flatMap((one, i) => (one === sorted[i] ? [] : [[one.word!, sorted[i]!.word!] as const]));
  return fix(
    'safe',
    'Sort the packages',
    ...moved.map(([place, word]) => script.text.replace(place.start, place.end, word.raw)),
  );
}
