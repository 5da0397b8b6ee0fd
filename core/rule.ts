import type { AcrossFiles } from './across-files.ts';
import type { ImageBuild, LanguageId } from './build.ts';
import type { Day } from './day.ts';
import type { Finding, Severity } from './finding.ts';
import type { Needs } from './needs.ts';
import type { OptionSpec, OptionsOf } from './options.ts';
import { isWithin, PRESETS, type Preset } from './presets.ts';
import type { ProjectFacts } from './project.ts';
import type { ScriptChecker } from './remarks.ts';

/** What kind of harm a rule is about; for filters in reports. */
export type Category = 'correctness' | 'security' | 'reproducibility' | 'ownership' | 'separation' | 'size' | 'style';
/** The policies of the image-strategy guide (docs/policies.md). */
export type Policy = `G${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}`;
export { PRESETS, type Preset } from './presets.ts';

/** What a rule says about itself. */
export interface RuleMeta<S extends OptionSpec = OptionSpec> {
  /** Names the bad thing in kebab case, so that "ignore apt-recommends" reads well. The directory has the same name. */
  readonly id: string;
  /** One line, a statement of what is wrong; Markdown. */
  readonly summary: string;
  /** The policies it serves, the nearest first; none for plain correctness. */
  readonly policies: readonly Policy[];
  readonly category: Category;
  /** One for every preset, or one for each from the smallest on that it is in: `{ recommended: 'info', strict: 'warning' }`. */
  readonly severity: Severity | Readonly<Partial<Record<Preset, Severity>>>;
  readonly preset: Preset;
  readonly languages: readonly LanguageId[];
  /** What a document must have for the rule to have anything to say; the linter does not call it for others. */
  readonly needs?: Needs;
  /** It asks what the other files of the workspace say, see `RuleContext.acrossFiles`; hosts read them only for such rules. */
  readonly asksAcrossFiles?: true;
  /** It also checks builds that are put together from parts of a document in another language, see `ImageBuild.derived`. */
  readonly derived?: true;
  /** The ruleset that brought it, `2026.11`. A configuration pinned to an earlier one does not get it. */
  readonly since: string;
  /** New and still on trial: on only with `preview: true` in the configuration. */
  readonly preview?: boolean;
  /** The same concern in other linters, `hadolint:DL3015`. Their inline ignores silence this rule too. */
  readonly aliases?: readonly string[];
  readonly options?: S;
}

/** What a rule may know besides the build. */
export interface RuleContext<S> {
  readonly options: OptionsOf<S>;
  readonly project: ProjectFacts;
  /** A checker of shell scripts from outside, when the user asked for one and the host can run it. */
  readonly checkScript: ScriptChecker | undefined;
  /** The document's path: its words may say what it is for. */
  readonly path?: string;
  /** Given by the host; `undefined` when the host does not say: then nothing depends on it. */
  readonly today: Day | undefined;
  /** What the other files of the workspace say of the images of the document; `undefined` where they have not been read (yet). */
  readonly acrossFiles?: AcrossFiles | undefined;
}

/** A rule as the linter runs it, whatever its options. */
export interface Rule extends RuleMeta {
  readonly options: OptionSpec;
  check(build: ImageBuild, context: RuleContext<OptionSpec>): Iterable<Finding>;
}

/**
 * A rule over the shared model. `check` is called once for each document, and once for each nested document in one of
 * the rule's languages. It is a pure function; findings may come in any order.
 */
export function defineBuildRule<const S extends OptionSpec = Record<never, never>>(
  rule: RuleMeta<S> & { check(build: ImageBuild, context: RuleContext<S>): Iterable<Finding> },
): Rule {
  return { options: {}, ...rule } as unknown as Rule;
}

/** The severity of a rule under a preset; `undefined` stands for its mildest home, the smallest preset that has it. */
export function severityIn(rule: Pick<RuleMeta, 'severity' | 'preset'>, preset: Preset = rule.preset): Severity {
  const { severity } = rule;
  if (typeof severity === 'string') return severity;
  const upTo = PRESETS.slice(0, Math.max(PRESETS.indexOf(preset), PRESETS.indexOf(rule.preset)) + 1);
  return upTo.flatMap(name => severity[name] ?? []).at(-1) ?? 'warning';
}

/** Whether a rule is part of a preset. */
export function inPreset(rule: Rule, preset: Preset): boolean {
  return isWithin(rule.preset, preset);
}

/** The first rule that another linter calls so: `hadolint:DL3015`, or `DL3015` alone. */
export function ruleByAlias(name: string, rules: readonly Rule[]): Rule | undefined {
  return rules.find(rule =>
    rule.aliases?.some(alias => alias === name || alias.slice(alias.indexOf(':') + 1) === name),
  );
}

/** Whether a rule is about secrets, which stay secrets in broken text and in examples. */
export const isAboutSecrets = ({ policies }: Pick<Rule, 'policies'>): boolean => policies.includes('G1');
