/** Lints a file of no language of ours as the documents see it that name it: a script for the templates that run it. */
import type { ImageBuild } from '../core/build.ts';
import type { Settings } from '../core/config/resolve.ts';
import { common } from '../core/day.ts';
import type { Diagnostic, Fix } from '../core/finding.ts';
import type { LintInput } from '../core/linter.ts';
import { Masks } from '../facts/secrets/masking/masks.ts';
import { underSettings } from './findings.ts';
import { type Linted, type LintedOther, lintDocument } from './lint.ts';
import type { Referrer } from './referrers.ts';

export interface NamedFile {
  readonly path: string;
  readonly text: string;
  /** What holds for the file's own path. */
  readonly settings: Settings;
}

/** `inputOf` says what a document is linted with; the files that it gives have the text of the file that is linted. */
export function lintNamedFile(
  { path, text, settings }: NamedFile,
  referrers: readonly Referrer[],
  inputOf: (referrer: Referrer) => LintInput,
): Linted | undefined {
  const results = referrers.flatMap(one => {
    const linted = lintDocument({ path: one.path, text: one.text }, inputOf(one));
    return linted ? [{ linted, other: linted.inOtherFiles.find(other => other.path === path) }] : [];
  });
  if (results.length === 0) return undefined;
  const build = joined(results.flatMap(({ linted }) => linted.build ?? []));
  return {
    build,
    diagnostics: underSettings(merged(results.map(({ other }) => other)), settings),
    around: results.flatMap(({ linted }) => linted.diagnostics.map(withoutFixes)),
    inOtherFiles: [],
    masks: new Masks(text, build, path),
    days: results.map(({ linted }) => linted.days).reduce(common),
    failures: results.flatMap(({ linted }) => linted.failures),
  };
}

/** One build that has all of them in it, for who looks for secrets in what they say. */
function joined([first, ...others]: readonly ImageBuild[]): ImageBuild | undefined {
  return first && others.length > 0 ? { ...first, nested: [...first.nested, ...others] } : first;
}

/** What counts when a fix is judged, and is no part of the file. */
const withoutFixes = (one: Diagnostic): Diagnostic => ({ ...one, fixes: [] });

/** The findings of all documents, each once, with the places in all of them. */
function merged(results: readonly (LintedOther | undefined)[]): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic[]>();
  for (const one of results.flatMap(other => other?.diagnostics ?? [])) {
    const key = `${one.rule} ${one.span.start} ${one.span.end} ${one.message}`;
    const same = found.get(key);
    if (same) same.push(one);
    else found.set(key, [one]);
  }
  const all = [...found.values()].map(([first, ...others]): Diagnostic => {
    const isForAll = others.length + 1 >= results.length;
    return {
      ...first!,
      related: placesOf([first!, ...others]),
      fixes: isForAll ? first!.fixes : first!.fixes.map(toLookAt),
    };
  });
  return all.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
}

/** What keeps the meaning for one document may change it for another one, which does not report it. */
const toLookAt = (fix: Fix): Fix => ({ ...fix, safety: 'suggested' });

/** Places that one finding shows of all documents together; more are no help. */
const MOST_RELATED = 6;

function placesOf(same: readonly Diagnostic[]): Diagnostic['related'] {
  const seen = new Set<string>();
  return same
    .flatMap(({ related }) => related)
    .filter(({ message, span: { file, start, end } }) => {
      const key = `${file} ${start} ${end} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, Math.max(same[0]!.related.length, MOST_RELATED));
}
