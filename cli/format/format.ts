import type { Rule } from '../../core/rule.ts';
import type { FileReport, Problem, Report } from '../report.ts';
import type { Link, Paint } from './terminal.ts';

/** What a format may use beside the report. */
export interface FormatContext {
  readonly rules: readonly Rule[];
  /** Of Bakelint. */
  readonly version: string;
  /** The published page of a rule as Markdown, where the package has it. */
  readonly pageOf: (rule: string) => string | undefined;
  readonly paint: Paint;
  /** Makes text a link, where the output can show one. */
  readonly link: Link;
  /** In columns. */
  readonly width: number;
  /**
   * A path of the report, relative to the root of the checkout where the pipeline names it: viewers of a merge
   * request know no other directory.
   */
  readonly fromRoot: (path: string) => string;
}

/** The text of a report. Ends with a newline unless it is empty. */
export type Formatter = (report: Report, context: FormatContext) => string;

/** A format whose files can be written one after the other, before the rest of the report is known. */
export interface PartFormatter {
  readonly file: (file: FileReport, context: FormatContext) => string;
  /** What comes after all files. */
  readonly end: (report: Report, context: FormatContext) => string;
}

export function inOnePiece({ file, end }: PartFormatter): Formatter {
  return (report, context) => report.files.map(one => file(one, context)).join('') + end(report, context);
}

/** A problem and the file it is in. */
export interface Located {
  readonly file: FileReport;
  readonly problem: Problem;
}

const WEIGHT = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** Every problem, the most severe first and otherwise in the order of the report: for formats with room for some only. */
export function bySeverity({ files }: Report): readonly Located[] {
  return files
    .flatMap(file => file.problems.map(problem => ({ file, problem })))
    .sort((a, b) => WEIGHT[a.problem.severity] - WEIGHT[b.problem.severity]);
}

/** The message with the help as its second sentence, for formats with one text. */
export function messageWithHelp({ message, help }: Pick<Problem, 'message' | 'help'>): string {
  return help === undefined ? message : `${message}. ${help}.`;
}
