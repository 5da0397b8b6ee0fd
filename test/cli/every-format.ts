import type { FormatContext, Formatter } from '../../cli/format/format.ts';
import { FORMAT_NAMES, formatterFor } from '../../cli/format/formats.ts';
import type { Report } from '../../cli/report.ts';
import type { Rule } from '../../core/rule.ts';

const formatters: readonly (readonly [string, Formatter])[] = await Promise.all(
  FORMAT_NAMES.map(async name => [name, await formatterFor(name)] as const),
);

let turn = 0;

/**
 * The report in a format that shows lines, in one that shows edits, and in one of the others, another with each call:
 * for tests of many reports.
 */
export function formatsInTurn(report: Report, rules: readonly Rule[], width?: number): Record<string, string> {
  const others = formatters.map(([name]) => name).filter(name => name !== 'text' && name !== 'json');
  return everyFormat(report, rules, width, new Set(['text', 'json', others[turn++ % others.length]!]));
}

/** The report in each format, or in those that are named, without colors. */
export function everyFormat(
  report: Report,
  rules: readonly Rule[],
  width = 160,
  only?: ReadonlySet<string>,
): Record<string, string> {
  const context: FormatContext = {
    rules,
    version: '1.0.0',
    pageOf: () => undefined,
    paint: (_, shown) => shown,
    link: shown => shown,
    width,
    fromRoot: path => path,
  };
  const wanted = formatters.filter(([name]) => !only || only.has(name));
  return Object.fromEntries(wanted.map(([name, format]) => [name, format(report, context)]));
}
