/** One finding for each cause in a document: the others of the same cause are its related places. */
import { type Diagnostic, type Finding, type Fix, type Related, SEVERITIES } from './finding.ts';
import type { Category } from './rule.ts';
import type { Edit, Span } from './text.ts';

/** Places that one finding shows; more are no help. */
const MOST_RELATED = 20;

/** The cause that two rules share when they speak about the same characters. */
export function placeCause(what: string, { end, file, start }: Span): string {
  return `${what} ${file ?? ''}:${start}:${end}`;
}

/** Diagnostics by what causes them. Those that an ignore comment silences do not come here: the next place then speaks. */
export class Causes {
  private readonly keys = new Map<Diagnostic, readonly string[]>();
  private readonly ranks = new Map<Diagnostic, number>();

  note(diagnostic: Diagnostic, { causes, message, related = [] }: Finding, category: Category): void {
    const own = causes ?? [];
    // The same default makes the same finding wherever it is used.
    const origins = related.filter(({ origin }) => origin).map(({ span }) => placeCause('', span));
    const keys = origins.length > 0 ? [...own, `${diagnostic.rule} ${message} ${origins.join()}`] : own;
    if (keys.length === 0) return;
    this.keys.set(diagnostic, keys);
    this.ranks.set(diagnostic, category === 'security' ? 0 : 1);
  }

  /** The diagnostics with one for each cause, the weightiest and then the first; in no order. */
  merged(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    if (this.keys.size < 2) return diagnostics;
    const groups = this.groups(diagnostics);
    return diagnostics.flatMap(one => {
      const group = groups.get(one);
      if (!group || group.length < 2) return [one];
      return group[0] === one ? [leading(group)] : [];
    });
  }

  /** By severity; of equal ones what is a danger, then what is in the document itself, and then what comes first. */
  private compare(a: Diagnostic, b: Diagnostic): number {
    const rank = (one: Diagnostic) =>
      SEVERITIES.indexOf(one.severity) * 4 + (this.ranks.get(one) ?? 1) * 2 + (one.span.file === undefined ? 0 : 1);
    return rank(a) - rank(b) || a.span.start - b.span.start;
  }

  /** The diagnostics that share a cause with each, the one that speaks first. */
  private groups(diagnostics: readonly Diagnostic[]): ReadonlyMap<Diagnostic, readonly Diagnostic[]> {
    const byKey = new Map<string, Diagnostic[]>();
    const groups = new Map<Diagnostic, Diagnostic[]>();
    for (const one of diagnostics) {
      let group: Diagnostic[] = [one];
      for (const key of this.keys.get(one) ?? []) {
        const other = byKey.get(key);
        if (!other || other === group) continue;
        // The smaller into the larger: the members of a group change theirs as often as its size doubles.
        const [into, from] = other.length >= group.length ? [other, group] : [group, other];
        into.push(...from);
        for (const member of from) for (const known of this.keys.get(member) ?? []) byKey.set(known, into);
        for (const member of from) groups.set(member, into);
        group = into;
      }
      for (const key of this.keys.get(one) ?? []) byKey.set(key, group);
      groups.set(one, group);
    }
    for (const group of new Set(groups.values())) group.sort((a, b) => this.compare(a, b));
    return groups;
  }
}

function leading([first, ...others]: readonly Diagnostic[]): Diagnostic {
  const { fixes, message, related, rule } = first!;
  // A place is pointed at once, and never that of the finding itself.
  const shown = new Set([first!, ...related].map(placeOf));
  const said = new Set([message]);
  const further = others
    .filter(one => !shown.has(placeOf(one)) && shown.add(placeOf(one)))
    .sort((a, b) => a.span.start - b.span.start)
    .map(
      (one): Related => ({
        message: said.has(one.message) && one.rule === rule ? 'Also here' : one.message,
        span: one.span,
      }),
    );
  const merged = others.map(one => ({ rule: one.rule, severity: one.severity }));
  const same = others.filter(one => one.rule === rule);
  return {
    ...first!,
    merged,
    related: [...related, ...further].slice(0, Math.max(related.length, MOST_RELATED)),
    fixes: same.length === 0 ? fixes : fixes.map(fix => everywhere(fix, same)),
  };
}

/** The fix at all the places that the finding reports, where each has the same one. */
function everywhere(fix: Fix, others: readonly Diagnostic[]): Fix {
  const twins = others.map(({ fixes }) => fixes.find(one => one.title === fix.title && one.safety === fix.safety));
  const edits = new Map<string, Edit>();
  let places = 0;
  for (const twin of [fix, ...twins]) {
    if (!twin) return fix;
    const before = edits.size;
    for (const edit of twin.edits) edits.set(placeCause(edit.newText, edit.span), edit);
    if (edits.size > before) places++;
  }
  const sorted = [...edits.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const isApart = sorted.every(
    ({ span }, i) => span.file === undefined && (i === 0 || isBefore(sorted[i - 1]!.span, span)),
  );
  return places > 1 && isApart ? { ...fix, title: `${fix.title} (${places} places)`, edits: sorted } : fix;
}

const isBefore = (a: Span, b: Span): boolean => a.end <= b.start && a.start < b.start;

function placeOf({ span }: Pick<Related, 'span'>): string {
  return placeCause('', span);
}

/** Each finding that was made, also those that others are reported for: a fix or a comment may make them speak. */
export function withMerged(diagnostics: readonly Diagnostic[]): readonly Pick<Diagnostic, 'rule' | 'severity'>[] {
  return diagnostics.flatMap(one => (one.merged ? [one, ...one.merged] : [one]));
}
