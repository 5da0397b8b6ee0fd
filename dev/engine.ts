import { readFileSync } from 'node:fs';
import { NO_CONFIG, only, settingsFor } from '../core/config/resolve.ts';
import type { Diagnostic } from '../core/finding.ts';
import { fixAll } from '../core/fixer.ts';
import type { Files } from '../core/language.ts';
import { type Engine, type LintResult, lint } from '../core/linter.ts';
import { joinPath } from '../core/path.ts';
import type { RemarkLevel, ScriptChecker } from '../core/remarks.ts';
import type { Rule } from '../core/rule.ts';
import { languages } from '../languages/index.ts';
import { shellParser } from '../shell/parser.ts';
import { acrossAmong } from '../workspace/images/among.ts';
import type { Example } from './rule-page.ts';
import { type RulePlace, rulePlaces } from './rules-index.mjs';

/** Every language and the shell, with the rules given. */
export function engineOf(rules: readonly Rule[]): Engine {
  return { languages, rules, shell: shellParser };
}

/** The day on which examples are linted unless they name another. */
export const EXAMPLE_DAY = '2026-11-21';

/** The files beside an example: those that it brings, and nothing else. */
function filesOf(example: Example): Files {
  return {
    read: path => example.files.get(path.replace(/^\.\//, '')) ?? null,
    list(directory) {
      const whole = joinPath('.', directory);
      const inside = [...example.files.keys(), example.path].filter(
        path => whole === '.' || joinPath('.', path).startsWith(`${whole}/`),
      );
      return inside.length === 0 ? null : inside.map(path => path.split('/').pop()!);
    },
    directories(directory) {
      const whole = joinPath('.', directory);
      const above = whole === '.' ? '' : `${whole}/`;
      const inside = [...example.files.keys(), example.path].map(path => joinPath('.', path));
      return [
        ...new Set(inside.filter(path => path.startsWith(above)).map(path => path.slice(above.length).split('/'))),
      ]
        .filter(parts => parts.length > 1)
        .map(parts => parts[0]!);
    },
  };
}

/** Remarks on scripts as an example's `shellcheck.json` records them: where `find` is, `at` in it is remarked on. */
function recordedRemarks(example: Example): ScriptChecker | undefined {
  const text = example.files.get('shellcheck.json');
  if (text === undefined) return undefined;
  const recorded = JSON.parse(text) as readonly Record<'find' | 'at' | 'with' | 'level' | 'code' | 'message', string>[];
  return script =>
    recorded.flatMap(({ find, at, with: newText, level, code, message }) => {
      const start = script.indexOf(find) + find.indexOf(at);
      if (!script.includes(find)) return [];
      const place = { start, end: start + at.length };
      const replacements = newText === undefined ? [] : [{ ...place, text: newText }];
      return [{ ...place, level: level as RemarkLevel, code, message, replacements }];
    });
}

/** Lints an example (or `text` in its place) with one rule at its own severity. */
export function lintExample(engine: Engine, rule: Rule, example: Example, text = example.text): LintResult {
  return lintWith({ ...engine, rules: [rule] }, rule.id, { ...example, text });
}

/** Lints an example with every rule of the engine at its own severity, or that of its preset; its options are those of the rule `id`. */
export function lintWith(engine: Engine, id: string, example: Example): LintResult {
  const { preset } = example;
  const { rules, project } = preset ? settingsFor(NO_CONFIG, '', engine.rules, preset) : only(engine.rules);
  const own = rules.get(id);
  const configured = own && [[id, { ...own, options: { ...own.options, ...example.options } }] as const];
  const files = filesOf(example);
  const result = lint(
    { path: example.path, text: example.text, language: example.language },
    {
      engine,
      settings: { rules: new Map([...rules, ...(configured ?? [])]), project: { ...project, ...example.images } },
      files,
      today: example.today ?? EXAMPLE_DAY,
      checkScript: recordedRemarks(example),
      get acrossFiles() {
        return acrossAmong(new Map([...example.files, [example.path, example.text]]), example.path, { engine, files });
      },
    },
  );
  const failure = result?.failures[0];
  if (failure) throw failure.error;
  return result!;
}

/** The document after every fix, the suggested ones too. */
export function fixExample(engine: Engine, rule: Rule, example: Example): string {
  const report = (text: string): readonly Diagnostic[] => lintExample(engine, rule, example, text).diagnostics;
  return fixAll(example.text, report, ['safe', 'suggested']);
}

export interface RuleDirectory extends RulePlace {
  /** The text of its `rule.md`. */
  readonly page: string;
}

/** The directories under `rules/` that hold a rule, by its id. */
export function ruleDirectories(): RuleDirectory[] {
  return rulePlaces().map(place => ({ ...place, page: readFileSync(`${place.directory}/rule.md`, 'utf8') }));
}
