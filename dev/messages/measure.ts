/** What the rules say on their pages, and how well that keeps to the limits of a message. */
import type { Diagnostic } from '../../core/finding.ts';
import type { Engine } from '../../core/linter.ts';
import type { Rule } from '../../core/rule.ts';
import { lintExample, ruleDirectories } from '../engine.ts';
import { fakeSecrets } from '../fake-secrets.ts';
import { parseRulePage } from '../rule-page.ts';
import { markersIn } from './phrases.ts';

/** The longest that a message may be with names of the usual length. */
export const LONGEST = 90;
/** The same for a help. */
export const LONGEST_HELP = 80;

/** A message with its help, once for each rule however often its page shows it. Secrets are hidden. */
export interface Shown {
  readonly rule: string;
  readonly message: string;
  readonly help: string | undefined;
  readonly fixTitles: readonly string[];
  readonly related: readonly string[];
  /** Names of what should not be there, in any of the above: `stands`, `full stop`. */
  readonly markers: readonly string[];
}

export interface Measure {
  readonly count: number;
  /** Characters of a message: half are no longer, nine in ten are no longer, and the longest. */
  readonly median: number;
  readonly ninetieth: number;
  readonly longest: number;
  /** From 0 to 1: messages of at most {@link LONGEST} characters; with help; with help or a fix. */
  readonly short: number;
  readonly help: number;
  readonly helpOrFix: number;
  /** Rules with a finding that has neither help nor a fix. */
  readonly helpless: readonly string[];
  /** Help strings that are longer than {@link LONGEST_HELP}. */
  readonly longHelp: number;
  readonly marked: number;
  readonly markedSummaries: number;
}

/** Lints the bad examples of the rules' pages (those that `diagnostics` blocks report on) and lists what is said. */
export function messagesShown(engine: Engine, rules: readonly Rule[]): Shown[] {
  const shown = new Map<string, Shown>();
  for (const { id, page } of ruleDirectories()) {
    const rule = rules.find(candidate => candidate.id === id);
    if (!rule) continue;
    for (const example of parseRulePage(page).examples) {
      if (example.kind !== 'bad') continue;
      const { diagnostics, inOtherFiles } = lintExample(engine, rule, example);
      for (const diagnostic of [...diagnostics, ...[...inOtherFiles.values()].flat()]) {
        const one = shownOf(diagnostic);
        const key = JSON.stringify([one.rule, one.message, one.help]);
        if (!shown.has(key)) shown.set(key, one);
      }
    }
  }
  return [...shown.values()];
}

function shownOf({ rule, message, help, fixes, related, span }: Diagnostic): Shown {
  const said = {
    rule,
    message: fakeSecrets.hide(message),
    help: help === undefined ? undefined : fakeSecrets.hide(help),
    fixTitles: fixes.map(({ title }) => fakeSecrets.hide(title)),
    related: related.map(one => fakeSecrets.hide(one.message)),
  };
  const all = [said.message, said.help ?? '', ...said.fixTitles, ...said.related];
  // A note is about another place than the finding.
  const inPlace = related.some(
    one => one.span.file === span.file && one.span.start === span.start && one.span.end === span.end,
  );
  return { ...said, markers: [...new Set([...all.flatMap(markersIn), ...(inPlace ? ['note in place'] : [])])] };
}

export function measure(shown: readonly Shown[], rules: readonly Rule[]): Measure {
  const lengths = shown.map(({ message }) => message.length).sort((a, b) => a - b);
  const share = (test: (one: Shown) => boolean): number => shown.filter(test).length / Math.max(1, shown.length);
  const helpful = ({ help, fixTitles }: Shown): boolean => help !== undefined || fixTitles.length > 0;
  return {
    count: shown.length,
    median: at(lengths, 0.5),
    ninetieth: at(lengths, 0.9),
    longest: at(lengths, 1),
    short: share(({ message }) => message.length <= LONGEST),
    help: share(({ help }) => help !== undefined),
    helpOrFix: share(helpful),
    helpless: [...new Set(shown.filter(one => !helpful(one)).map(({ rule }) => rule))],
    longHelp: shown.filter(({ help = '' }) => help.length > LONGEST_HELP).length,
    marked: shown.filter(({ markers }) => markers.length > 0).length,
    markedSummaries: rules.filter(({ summary }) => markersIn(summary).length > 0).length,
  };
}

/** The value below which a share of the sorted values lies, itself included. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
