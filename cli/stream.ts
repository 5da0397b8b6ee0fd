/** Writes what is found while files are linted, in their order, where the format and the options allow it. */
import type { FormatContext, PartFormatter } from './format/format.ts';
import { partsFor } from './format/formats.ts';
import type { EngineSource, Host } from './host.ts';
import type { LintOptions } from './options.ts';
import { contextFor } from './outputs.ts';
import { type FileReport, type Problem, type Report, rangeKey } from './report.ts';

export class Stream {
  /** What was written of each file. */
  private readonly written = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly format: PartFormatter,
    private readonly context: FormatContext,
    private readonly out: Host['stdout'],
  ) {}

  write(file: FileReport): void {
    if (this.written.has(file.path)) return;
    this.written.set(file.path, new Set(file.problems.map(keyOf)));
    this.put(this.format.file(file, this.context));
  }

  /** The files that were not written, what came to the others later, and the end. */
  end(report: Report): void {
    for (const file of report.files) {
      const before = this.written.get(file.path);
      const problems = before ? file.problems.filter(one => !before.has(keyOf(one))) : file.problems;
      this.put(this.format.file({ ...file, problems }, this.context));
    }
    this.put(this.format.end(report, this.context));
  }

  private put(text: string): void {
    if (text !== '') this.out.write(text);
  }
}

const keyOf = ({ rule, range, message }: Problem): string => `${rule} ${rangeKey(range)} ${message}`;

/**
 * `undefined` where nothing may be written before all is known: a fix is not to be cut short by a reader that has gone, and
 * what is left out by comparing is known at the end.
 */
export async function streamFor(options: LintOptions, source: EngineSource, host: Host): Promise<Stream | undefined> {
  const { outputs, fix, diff, quiet, stats, watch, compared, baseline } = options;
  if (fix.length > 0 || diff || quiet || stats || watch || compared || baseline !== undefined) return undefined;
  const [output] = outputs;
  if (!output || outputs.length > 1 || output.file !== undefined) return undefined;
  const format = await partsFor(output.format);
  return format && new Stream(format, contextFor(host.stdout, true, source, host), host.stdout);
}
