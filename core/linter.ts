/** The whole pipeline: recognize, parse, lower, run the rules, silence, sort. No I/O, no clock, no state between calls. */
import type { AcrossFiles } from './across-files.ts';
import { BrokenRegions } from './broken.ts';
import type { ImageBuild, LanguageId } from './build.ts';
import { Causes, placeCause } from './causes.ts';
import type { ActiveRule, Settings } from './config/resolve.ts';
import { Day, type Days, EVER } from './day.ts';
import { dispatchOf } from './dispatch.ts';
import { fittedFixes } from './file-edits.ts';
import type { Diagnostic, Finding, Related, Severity } from './finding.ts';
import type { Files, Language, LowerContext } from './language.ts';
import { nearest } from './nearest.ts';
import type { OptionSpec } from './options.ts';
import { OtherFiles } from './other-files.ts';
import { isWithin } from './presets.ts';
import type { ImageKind, ProjectFacts } from './project.ts';
import { quoted } from './quoted.ts';
import type { ScriptChecker } from './remarks.ts';
import { isAboutSecrets, type Rule, type RuleContext } from './rule.ts';
import type { Sample } from './sample.ts';
import { Script, type ShellParser } from './script.ts';
import { isStandIn } from './stand-in.ts';
import { Suppressions } from './suppression.ts';
import { SourceText, type Span } from './text.ts';

/** What a host puts together once. */
export interface Engine {
  readonly languages: readonly Language[];
  readonly rules: readonly Rule[];
  readonly shell: ShellParser;
}

/** A document to lint and where it is. */
export interface Document {
  readonly path: string;
  readonly text: string;
  /** Set when the host knows better than the path and the beginning of the text do (the editor's language mode). */
  readonly language?: LanguageId | undefined;
}

/** What else there is to know when a document is linted. */
export interface LintInput {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly files: Files;
  /** `YYYY-MM-DD`. */
  readonly today: string | undefined;
  /** What the other files of the workspace say of the document's images, where they have been read. */
  readonly acrossFiles?: AcrossFiles | undefined;
  /** Set when the user asked for it and the host can run it. */
  readonly checkScript?: ScriptChecker | undefined;
  /** Calls rules whatever they need: tests compare the findings. */
  readonly everyRule?: boolean;
}

/** What came of a document. */
export interface LintResult {
  readonly build: ImageBuild;
  /** In the order of the document. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * What was found in files that the document names (a script that it runs, a seed that it serves), by path and in the
   * order of each file. Spans without a `file` are in that file; what the document has to do with it is a related place.
   */
  readonly inOtherFiles: ReadonlyMap<string, readonly Diagnostic[]>;
  /** The days on which the same would be found. */
  readonly days: Days;
  /** Rules that threw: a defect of ours. Everything else was still checked. */
  readonly failures: readonly { readonly rule: string; readonly error: unknown }[];
}

/** How deep documents may be in each other. */
const DEEPEST = 4;
/** Diagnostics of the linter itself are reported under this rule's id and severity. */
const UNUSED_IGNORE = 'unused-ignore';
/** Its findings are the builds' own problems. */
const SYNTAX_ERROR = 'syntax-error';

/** The language of a document, or `undefined` when it is none of ours. */
export function languageOf(engine: Pick<Engine, 'languages'>, document: Document): Language | undefined {
  if (document.language !== undefined) return engine.languages.find(language => language.id === document.language);
  if (isStandIn(document.text)) return undefined;
  const beginning = document.text.slice(0, 4000);
  return engine.languages.find(language => language.detect(document.path, beginning));
}

/** Parses and lowers without running rules. */
export function lower(document: Document, language: Language, input: Pick<LintInput, 'engine' | 'files'>): ImageBuild {
  const { engine, files } = input;
  const context = (depth: number): LowerContext => ({
    path: document.path,
    files,
    depth,
    script: (text, settings) => new Script(text, settings, engine.shell),
    nested(id, source) {
      const inner = engine.languages.find(candidate => candidate.id === id);
      return inner && depth < DEEPEST ? build(inner, source, context(depth + 1)) : undefined;
    },
  });
  return build(language, SourceText.document(document.text), context(0));
}

function build(language: Language, source: SourceText, context: LowerContext): ImageBuild {
  return language.lower(language.parse(source, context), context);
}

/** Everything there is to say about a document; `undefined` when it is in none of the engine's languages. */
export function lint(document: Document, input: LintInput): LintResult | undefined {
  const language = languageOf(input.engine, document);
  if (!language) return undefined;
  const whole = lower(document, language, input);
  const builds = withNested(whole);
  const { settings, engine } = input;
  const today = input.today === undefined ? undefined : new Day(input.today);
  const failures: { rule: string; error: unknown }[] = [];
  const found: Diagnostic[] = [];
  const causes = new Causes();
  const broken = new BrokenRegions(builds.flatMap(one => one.problems));
  const suppressions = new Suppressions(builds.flatMap(one => one.comments));
  const others = new OtherFiles(document.path, builds, input.files);
  const textOf = (file: string | undefined) => (file === undefined ? document.text : others.textOf(file));
  const keep = (rule: Rule, active: ActiveRule, findings: readonly Finding[]): void => {
    for (const finding of findings) {
      const { file } = finding.span;
      // Findings in other files of the same module are theirs to report.
      const reference = others.referenceTo(file);
      if (file !== undefined && reference === undefined) continue;
      const severity = active.fixed ? active.severity : weight(finding, rule, active, settings.sample, whole);
      if (severity === undefined) continue;
      const diagnostic: Diagnostic = {
        rule: rule.id,
        severity,
        message: finding.message,
        help: finding.help,
        span: finding.span,
        related: distinct([
          ...(reference ? [{ message: others.useOf(file!), span: reference }] : []),
          ...(finding.related ?? []),
        ]),
        fixes: fittedFixes(finding, textOf),
        url: docsUrl(rule.id),
        ...(finding.extractable && { extractable: true }),
        ...(finding.endings && { endings: finding.endings }),
      };
      const certain =
        rule.id === SYNTAX_ERROR
          ? broken.reports(finding) && diagnostic
          : broken.certain(rule, diagnostic, active.fixed);
      if (!certain) continue;
      const aliases = [...(rule.aliases ?? []), ...(finding.aliases ?? [])];
      if (suppressions.silences(certain, aliases)) continue;
      if (
        reference &&
        (suppressions.silences({ rule: rule.id, span: reference }, aliases) || others.silences(certain, aliases))
      )
        continue;
      found.push(certain);
      causes.note(certain, finding, rule.category);
    }
  };
  const projects = builds.map(one => withKind(settings.project, one.kind ?? whole.kind));
  const dispatch = dispatchOf(engine.rules, settings);
  const called = builds.map(one =>
    dispatch.calledFor(
      one,
      engine.languages.find(({ id }) => id === one.language),
      input.everyRule === true,
    ),
  );
  // Most documents are in few of the languages and most calls find nothing: this loop allocates nothing for them.
  for (let at = 0; at < dispatch.runners.length; at++)
    for (let i = 0; i < builds.length; i++) {
      if (called[i]![at] === 0) continue;
      const { rule, active } = dispatch.runners[at]!;
      if (builds[i]!.derived && !rule.derived) continue;
      try {
        const context = {
          options: active.options,
          project: projects[i]!,
          checkScript: input.checkScript,
          path: document.path,
          today,
          acrossFiles: rule.asksAcrossFiles && input.acrossFiles,
        };
        const findings = findingsOf(rule, builds[i]!, context);
        if (findings.length === 0) continue;
        const inPreset = findings.filter(found => !found.preset || isWithin(found.preset, active.preset));
        keep(rule, active, inPreset);
      } catch (error) {
        failures.push({ rule: rule.id, error });
      }
    }
  const unusedRule = engine.rules.find(rule => rule.id === UNUSED_IGNORE);
  const unusedSetting = settings.rules.get(UNUSED_IGNORE);
  if (unusedRule && unusedSetting && suppressions.unused.length > 0) {
    const known = new Set(engine.rules.map(rule => rule.id));
    const asking = new Set(engine.rules.flatMap(({ id, asksAcrossFiles }) => (asksAcrossFiles ? [id] : [])));
    const unused = suppressions.unused
      .filter(({ name }) => !known.has(name) || settings.rules.has(name))
      // What such a rule would say is not known where other files have not been read.
      .filter(({ name }) => !asking.has(name) || input.acrossFiles !== undefined);
    keep(
      unusedRule,
      unusedSetting,
      unused.map(({ name, span }) => ({ span, ...unusedIgnore(name, known) })),
    );
  }
  const { own, inOtherFiles } = others.apart(causes.merged(found));
  for (const [file, inside] of inOtherFiles) inOtherFiles.set(file, sorted(inside));
  return { build: whole, diagnostics: sorted(own), inOtherFiles, days: today?.alike ?? EVER, failures };
}

const NO_FINDINGS: readonly Finding[] = [];

/** The places without repetitions: one attribute may use a value twice. */
function distinct(related: readonly Related[]): readonly Related[] {
  return [...new Map(related.map(one => [placeCause(one.message, one.span), one])).values()];
}

/** The configuration knows better than the files. */
function withKind(project: ProjectFacts, kind: ImageKind | undefined): ProjectFacts {
  return kind === undefined || project.kind !== undefined ? project : { ...project, kind };
}

function findingsOf(rule: Rule, build: ImageBuild, context: RuleContext<OptionSpec>): readonly Finding[] {
  let found: Finding[] | undefined;
  for (const finding of rule.check(build, context))
    if (found) found.push(finding);
    else found = [finding];
  return found ?? NO_FINDINGS;
}

/**
 * How much a finding weighs in a file that nobody ships; `undefined`: it is not worth saying. Secrets that leak always are; a
 * password that can be guessed is a remark in an example. What an example gets wrong keeps its severity, what a test gets wrong is
 * advice. Advice about tests, and minor advice about examples, is for those who ask for more than is recommended.
 */
function weight(
  finding: Finding,
  rule: Rule,
  active: ActiveRule,
  sample: Sample | undefined,
  build: ImageBuild,
): Severity | undefined {
  const severity = whereIdle(finding, rule, active, build);
  if (sample === undefined || severity === undefined) return severity;
  const isSecret = isAboutSecrets(rule);
  if (isSecret && severity === 'error') return 'warning';
  if (sample === 'vendored') return undefined;
  // Nobody builds it; only what leaked from it still matters.
  if (sample === 'retired' && active.preset === 'recommended') return undefined;
  // Nobody owns what nobody ships.
  if (rule.category === 'ownership' && active.preset !== 'all') return undefined;
  const isWrong = rule.category === 'correctness';
  if (sample === 'example' && isWrong) return severity;
  const isRecommended = sample === 'test' ? isWrong && severity === 'error' : severity !== 'info';
  return isRecommended || active.preset !== 'recommended' ? 'info' : undefined;
}

/**
 * How much a finding weighs where nothing comes of what it is about: a secret that can be read there leaks all the same, what
 * is wrong is worth a remark, and advice is for those who ask for more than is recommended.
 */
function whereIdle(finding: Finding, rule: Rule, active: ActiveRule, build: ImageBuild): Severity | undefined {
  const severity = finding.severity ?? active.severity;
  if (severity === 'info' && active.preset !== 'recommended') return severity;
  const idleness = rule.id === SYNTAX_ERROR ? undefined : build.idleness?.(finding.span);
  if (idleness === undefined) return severity;
  const isSecret = isAboutSecrets(rule);
  // It may not come to it; a secret can be read there all the same.
  if (idleness === 'conditional') return isSecret || severity === 'hint' ? severity : 'info';
  // It opens nothing any more; who chose a good password may use it elsewhere too.
  if (idleness === 'undone') {
    const isRecommended = !isSecret || active.severity === 'error' || active.preset !== 'recommended';
    return !isRecommended ? undefined : isSecret ? 'info' : severity;
  }
  if (isSecret && severity === 'error') return severity;
  // What can be guessed and is given to nothing opens nothing.
  if (isSecret && idleness === 'unused' && active.preset === 'recommended') return undefined;
  const isWrong = rule.category === 'correctness';
  if (isWrong && idleness === 'unused') return severity;
  return isWrong || isSecret || active.preset !== 'recommended' ? 'info' : undefined;
}

function unusedIgnore(name: string, known: ReadonlySet<string>): Pick<Finding, 'message' | 'help'> {
  if (known.has(name)) {
    return { message: `Unused ignore comment: ${quoted(name)} reports nothing here`, help: 'Remove it' };
  }
  const meant = nearest(name, [...known]);
  return {
    message: `Ignore comment for an unknown rule ${quoted(name)}`,
    help: meant === undefined ? 'Remove it' : `Did you mean ${quoted(meant)}?`,
  };
}

/** The page of a rule. */
export function docsUrl(rule: string): string {
  return `https://github.com/bakelint/bakelint/blob/main/docs/rules/${rule}.md`;
}

function withNested(build: ImageBuild): ImageBuild[] {
  return [build, ...build.nested.flatMap(withNested)];
}

function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  const key = (rule: string, span: Span, message: string): string => `${span.start}:${span.end}:${rule}:${message}`;
  return diagnostics
    .filter(({ rule, span, message }) => !seen.has(key(rule, span, message)) && seen.add(key(rule, span, message)))
    .sort(
      (a, b) =>
        a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
}
