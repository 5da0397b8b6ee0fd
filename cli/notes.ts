import type { FileReport } from './report.ts';

/** What a linter has to say beside reports of files: plain data, to be sent to another thread. */
export interface Notes {
  /** Lines about what could not be done. */
  readonly errors: readonly string[];
  /** Lines that make no failure; each is for the user to see once. */
  readonly warnings: readonly string[];
  /** Lines for `--debug` that are no errors. */
  readonly remarks: readonly string[];
  /** Files that are encrypted, as they are shown. */
  readonly encrypted: readonly string[];
  readonly diffs: readonly FileDiff[];
  /** Problems that fixes took away. */
  readonly fixed: number;
  /** Configurations that were met and have problems. */
  readonly configs: readonly (readonly [path: string, report: FileReport])[];
}

/** What fixes would change in a file. */
export interface FileDiff {
  /** As it is shown. */
  readonly path: string;
  readonly text: string;
}

/** Where a linter notes it. What is taken out can be put in order with what others note, and added again. */
export class NoteBook implements Notes {
  errors: string[] = [];
  warnings: string[] = [];
  remarks: string[] = [];
  encrypted: string[] = [];
  diffs: FileDiff[] = [];
  fixed = 0;
  configs: Notes['configs'][number][] = [];
  /** The paths of configurations that were noted at any time. */
  private readonly met = new Set<string>();

  /** Notes a configuration the first time that it is met. */
  meet(path: string, report: () => FileReport): void {
    if (this.met.has(path)) return;
    this.met.add(path);
    this.configs.push([path, report()]);
  }

  /** Grows with everything but warnings. */
  get count(): number {
    const { errors, remarks, encrypted, diffs, fixed, configs } = this;
    return errors.length + remarks.length + encrypted.length + diffs.length + fixed + configs.length;
  }

  take(): Notes {
    const { errors, warnings, remarks, encrypted, diffs, fixed, configs } = this;
    Object.assign(this, { errors: [], warnings: [], remarks: [], encrypted: [], diffs: [], fixed: 0, configs: [] });
    return { errors, warnings, remarks, encrypted, diffs, fixed, configs };
  }

  add({ errors, warnings, remarks, encrypted, diffs, fixed, configs }: Notes): void {
    this.errors.push(...errors);
    this.remarks.push(...remarks);
    this.encrypted.push(...encrypted);
    this.diffs.push(...diffs);
    this.fixed += fixed;
    for (const line of warnings) if (!this.warnings.includes(line)) this.warnings.push(line);
    for (const one of configs) if (!this.configs.some(([path]) => path === one[0])) this.configs.push(one);
  }
}
