/** Which rules are called for which documents, worked out once for a set of rules and the settings that hold for them. */
import type { ImageBuild, LanguageId } from './build.ts';
import type { ActiveRule, Settings } from './config/resolve.ts';
import type { Language } from './language.ts';
import { memo } from './memo.ts';
import { NeedsIndex } from './needs.ts';
import type { Rule } from './rule.ts';

/** A rule that is on. */
export interface Runner {
  readonly rule: Rule;
  readonly active: ActiveRule;
}

export class Dispatch {
  /** In the order of the rules. */
  readonly runners: readonly Runner[];
  private readonly indexes = new Map<LanguageId, NeedsIndex>();

  constructor(
    readonly rules: readonly Rule[],
    settings: Settings,
  ) {
    this.runners = rules.flatMap(rule => {
      const active = settings.rules.get(rule.id);
      return active ? { rule, active } : [];
    });
  }

  /** For each runner 1 where its rule is to be called for the build. `everyRule`: whatever it needs. */
  calledFor(build: ImageBuild, language: Language | undefined, everyRule: boolean): Uint8Array {
    if (everyRule)
      return Uint8Array.from(this.runners, ({ rule }) => (rule.languages.includes(build.language) ? 1 : 0));
    let index = this.indexes.get(build.language);
    if (!index) {
      const needs = ({ rule }: Runner) =>
        rule.languages.includes(build.language) ? (rule.needs ?? 'always') : undefined;
      this.indexes.set(build.language, (index = new NeedsIndex(this.runners.map(needs))));
    }
    return index.met(build, language?.inventory(build) ?? {});
  }
}

const latest = memo((_: Settings): { dispatch: Dispatch | undefined } => ({ dispatch: undefined }));

/** The dispatch for settings, which is kept with them. */
export function dispatchOf(rules: readonly Rule[], settings: Settings): Dispatch {
  const kept = latest(settings);
  if (kept.dispatch?.rules !== rules) kept.dispatch = new Dispatch(rules, settings);
  return kept.dispatch!;
}
