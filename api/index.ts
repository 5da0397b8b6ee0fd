/**
 * The API of the npm package, documented in docs/api.md. Its declarations are published as they are written here, so
 * every type that a caller sees is spelled out in this file.
 */

import { readConfig } from '../core/config/read.ts';
import { type Config, NO_CONFIG, settingsFor } from '../core/config/resolve.ts';
import { placeOfError } from '../core/error-place.ts';
import { reachesOut } from '../core/file-edits.ts';
import type { Diagnostic } from '../core/finding.ts';
import { fixAll } from '../core/fixer.ts';
import { type Files as CoreFiles, NO_FILES } from '../core/language.ts';
import * as linter from '../core/linter.ts';
import type { Span } from '../core/text.ts';
import { languages } from '../languages/index.ts';
import { Lines } from '../node/lines.ts';
import { rules } from '../rules/index.ts';
import { shellParser } from '../shell/parser.ts';
import { withoutSecrets } from '../workspace/lint.ts';

/** The languages that Bakelint reads. */
export type Language = 'dockerfile' | 'packer' | 'cloud-init';

/** How much a finding matters, most first. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** How a file is linted. Everything is optional. */
export interface LintOptions {
  /**
   * The path of the file, with `/`; it need not exist, and nothing is read from it. Its name decides the language, and
   * overrides in the configuration match it.
   */
  readonly path?: string;
  /** The language, where neither the path nor the first line decides it. */
  readonly language?: Language;
  /**
   * What a `.bakelint.yaml` would contain, as a string or as an object. No configuration file is looked for. `ignore` has
   * no effect.
   */
  readonly config?: string | Readonly<Record<string, unknown>>;
  /** The day as `YYYY-MM-DD`, on which ends of life depend; the current day in UTC unless given. */
  readonly today?: string;
  /** The files around the linted one. Without it, what depends on them is not reported. */
  readonly files?: Files;
}

/**
 * Files around the linted one, such as a `.dockerignore` or a script that a template names. Paths are relative to whatever
 * `LintOptions.path` is relative to. Answer `undefined` for "not known", which leaves a check out, and `null` for "not
 * there".
 */
export interface Files {
  /** The content of a file. */
  read(path: string): string | null | undefined;
  /** The names of the files in a directory, without its subdirectories. */
  list(directory: string): readonly string[] | null | undefined;
}

/** The outcome for one file. */
export interface LintResult {
  /** `undefined` when the file is in none of the languages: then there are no findings. */
  readonly language: Language | undefined;
  /** In the order of the file; then those in the files that it names (the scripts of a template), each in its order. */
  readonly findings: readonly Finding[];
  /** Rules that failed, which is a bug in Bakelint, each with the kind of its error and the stack. All other rules were run. */
  readonly failures: readonly { readonly rule: string; readonly error: string }[];
}

/** What a rule reports at one place. No field contains the value of a secret. */
export interface Finding {
  /** The rule's id, such as `latest-tag`. */
  readonly rule: string;
  /** The policies that the rule serves, such as `G3`. */
  readonly policies: readonly string[];
  readonly severity: Severity;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly help: string | undefined;
  /** The file, where it is another than the linted one. */
  readonly path: string | undefined;
  readonly range: Range;
  /** Other places that explain the finding. */
  readonly related: readonly RelatedLocation[];
  /** The fixes that {@link fix} can apply. */
  readonly fixes: readonly { readonly title: string; readonly safety: 'safe' | 'suggested' }[];
  /** The page of the rule. */
  readonly url: string;
}

/** Another place that explains a finding. */
export interface RelatedLocation {
  readonly message: string;
  /** The file, where it is another than the linted one. */
  readonly path: string | undefined;
  /** `undefined` when the place is in a file that cannot be read. */
  readonly range: Range | undefined;
}

/** A part of a file; `end` is the position after it. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file. */
export interface Position {
  /** Counts UTF-16 code units from 0, so it indexes a JavaScript string. */
  readonly offset: number;
  /** Counts from 1. */
  readonly line: number;
  /** Counts UTF-16 code units from 1. */
  readonly column: number;
}

/** How a file is fixed. */
export interface FixOptions extends LintOptions {
  /** `safe` (the default) applies fixes that keep the meaning; `suggested` applies the others too. */
  readonly safety?: 'safe' | 'suggested';
}

/** A file after its fixes, and what is left to report in it. */
export interface FixResult extends LintResult {
  readonly text: string;
}

/**
 * Lints the content of a file.
 *
 * @throws TypeError when an option is not valid, also when the configuration contains a mistake.
 */
export async function lint(text: string, options: LintOptions = {}): Promise<LintResult> {
  const run = await prepared(text, options);
  return resultOf(text, run(text), options);
}

/**
 * Applies fixes to the content of a file until there are none left to apply, and lints the outcome.
 *
 * @throws TypeError when an option is not valid, also when the configuration contains a mistake.
 */
export async function fix(text: string, options: FixOptions = {}): Promise<FixResult> {
  const { safety = 'safe' } = options;
  if (safety !== 'safe' && safety !== 'suggested') throw invalid('safety', 'expected `safe` or `suggested`');
  const run = await prepared(text, options);
  const allowed = safety === 'safe' ? (['safe'] as const) : (['safe', 'suggested'] as const);
  const fixed = fixAll(text, changed => run(changed)?.diagnostics ?? [], allowed);
  return { text: fixed, ...resultOf(fixed, run(fixed), options) };
}

type Run = (text: string) => linter.LintResult | undefined;

/** Checks the options and returns what lints a string under them. */
async function prepared(text: unknown, options: LintOptions): Promise<Run> {
  if (typeof text !== 'string') throw new TypeError('The content to lint is not a string');
  const { path = '', language, config, today = new Date().toISOString().slice(0, 10), files = NO_FILES } = options;
  if (typeof path !== 'string') throw invalid('path', 'expected a string');
  if (language !== undefined && !languages.some(({ id }) => id === language))
    throw invalid('language', `expected one of ${languages.map(({ id }) => `\`${id}\``).join(', ')}`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) throw invalid('today', 'expected a date such as `2026-11-21`');
  const settings = settingsFor(configOf(config), path, rules);
  const engine: linter.Engine = { languages, rules, shell: shellParser };
  return text => linter.lint({ path, text, language }, { engine, settings, files: files satisfies CoreFiles, today });
}

/** Reads a configuration as its file is read; JSON is YAML. */
function configOf(given: LintOptions['config']): Config {
  if (given === undefined) return NO_CONFIG;
  if (given === null || (typeof given !== 'string' && typeof given !== 'object'))
    throw invalid('config', 'expected a string or an object');
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  const { config, problems } = readConfig(text, rules);
  const problem = problems[0];
  if (!problem) return config;
  const line = typeof given === 'string' ? `line ${new Lines(text).position(problem.span.start).line}: ` : '';
  throw invalid('config', `${line}${problem.message}`);
}

const invalid = (option: string, what: string): TypeError => new TypeError(`Invalid option \`${option}\`: ${what}`);

const policiesOf = new Map(rules.map(({ id, policies }) => [id, policies]));

function resultOf(text: string, result: linter.LintResult | undefined, { path = '', files }: LintOptions): LintResult {
  if (!result) return { language: undefined, findings: [], failures: [] };
  const places = new Places(text, path, files);
  const { diagnostics, inOtherFiles } = withoutSecrets(text, result, files ?? NO_FILES);
  return {
    language: result.build.language,
    findings: [
      ...diagnostics.map(diagnostic => findingOf(diagnostic, undefined, places)),
      ...inOtherFiles.flatMap(other => other.diagnostics.map(one => findingOf(one, other.path, places))),
    ],
    failures: result.failures.map(({ rule, error }) => ({ rule, error: placeOfError(error) })),
  };
}

function findingOf(diagnostic: Diagnostic, path: string | undefined, places: Places): Finding {
  const { rule, severity, message, help, span, related, fixes, url } = diagnostic;
  return {
    rule,
    policies: policiesOf.get(rule) ?? [],
    severity,
    message,
    help,
    path,
    range: places.rangeIn(span, path)!,
    related: related.map(({ message, span }) => {
      const of = places.fileOf(span, path);
      return { message, path: of, range: places.rangeIn(span, of) };
    }),
    fixes: fixes.filter(one => !reachesOut(one)).map(({ title, safety }) => ({ title, safety })),
    url,
  };
}

/** Positions in the linted file and in the files around it. */
class Places {
  private readonly lines = new Map<string | undefined, Lines | undefined>();

  constructor(
    text: string,
    /** The path of the linted file. */
    private readonly path: string,
    private readonly files: Files | undefined,
  ) {
    this.lines.set(undefined, new Lines(text));
  }

  /** The file of a span that a finding in `from` refers to; `undefined` for the linted one. */
  fileOf({ file }: Span, from: string | undefined): string | undefined {
    const of = file ?? from;
    return of === this.path ? undefined : of;
  }

  /** `undefined` when the span is in a file that cannot be read. */
  rangeIn({ start, end }: Span, file: string | undefined): Range | undefined {
    if (file !== undefined && !this.lines.has(file)) {
      const text = this.files?.read(file);
      this.lines.set(file, typeof text === 'string' ? new Lines(text) : undefined);
    }
    const lines = this.lines.get(file);
    const at = (offset: number): Position => ({ offset, ...lines!.position(offset) });
    return lines && { start: at(start), end: at(Math.max(start, end)) };
  }
}
