import type { FormatContext, Formatter } from '../../cli/format/format.ts';
import { FORMAT_NAMES, FORMATS } from '../../cli/format/formats.ts';
import type { Report } from '../../cli/report.ts';
import type { Rule } from '../../core/rule.ts';

const formatters: readonly (readonly [string, Formatter])[] = await Promise.all(
  FORMAT_NAMES.map(async name => [name, await FORMATS[name].load()] as const),
);

/** The report in each format, without colors. */
export function everyFormat(report: Report, rules: readonly Rule[], width = 160): Record<string, string> {
  const context: FormatContext = {
    rules,
    version: '1.0.0',
    pageOf: () => undefined,
    paint: (_, shown) => shown,
    width,
    fromRoot: path => path,
  };
  return Object.fromEntries(formatters.map(([name, format]) => [name, format(report, context)]));
}
