import { rules } from '../rules/index.ts';
import { engineOf } from './engine.ts';
import { LONGEST, LONGEST_HELP, measure, messagesShown, type Shown } from './messages/measure.ts';

/**
 * Prints every message that the rules' pages show (or those of the rules named) with its length, its help or fixes and
 * markers, and totals. With `--markers` only what has a marker, is too long, or says nothing of what to do.
 */
export async function messages(args: readonly string[]): Promise<number> {
  const named = args.filter(arg => !arg.startsWith('--'));
  const wanted = rules.filter(({ id }) => named.length === 0 || named.includes(id));
  const shown = messagesShown(engineOf(rules), wanted);
  for (const one of shown) if (!args.includes('--markers') || remarks(one).length > 0) printOne(one);
  const totals = measure(shown, wanted);
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  process.stdout.write(
    [
      `${totals.count} messages of ${new Set(shown.map(({ rule }) => rule)).size} rules`,
      `length: median ${totals.median}, 90th percentile ${totals.ninetieth}, longest ${totals.longest}; ${percent(totals.short)} within ${LONGEST}`,
      `help: ${percent(totals.help)}; help or fix: ${percent(totals.helpOrFix)}; rules with a finding that has neither: ${totals.helpless.length}; help over ${LONGEST_HELP}: ${totals.longHelp}`,
      `marked: ${totals.marked} messages, ${totals.markedSummaries} summaries`,
      '',
    ].join('\n'),
  );
  return 0;
}

function remarks({ message, help, fixTitles, markers }: Shown): string[] {
  return [
    ...markers,
    ...(message.length > LONGEST ? ['long'] : []),
    ...(help !== undefined && help.length > LONGEST_HELP ? ['long help'] : []),
    ...(help === undefined && fixTitles.length === 0 ? ['no help'] : []),
  ];
}

function printOne(one: Shown): void {
  const marks = remarks(one);
  process.stdout.write(
    [
      `${String(one.message.length).padStart(4)} ${one.rule}: ${one.message}${marks.length > 0 ? `  [${marks.join(', ')}]` : ''}`,
      ...(one.help === undefined ? [] : [`       help: ${one.help}`]),
      ...one.fixTitles.map(title => `       fix: ${title}`),
      ...one.related.map(message => `       related: ${message}`),
      '',
    ].join('\n'),
  );
}
