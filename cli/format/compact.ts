import { lineAndColumn } from '../report.ts';
import type { PartFormatter } from './format.ts';
import { harmless } from './terminal.ts';

/** One line for each problem, as compilers write them: editors and problem matchers read it. */
export const compact: PartFormatter = {
  file: ({ path, problems }) =>
    problems
      .map(
        ({ range, severity, message, rule }) =>
          `${harmless(path)}:${lineAndColumn(range.start)}: ${severity}: ${harmless(message)} [${rule}]\n`,
      )
      .join(''),
  end: () => '',
};
