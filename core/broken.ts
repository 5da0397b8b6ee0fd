/** What syntax errors leave unread: one error speaks for each broken region, and rules about structure stay silent in it. */
import type { Diagnostic, Finding, Related } from './finding.ts';
import { isAboutSecrets, type Rule } from './rule.ts';
import type { Span } from './text.ts';

/** The regions of a document that its syntax errors make unreadable. */
export class BrokenRegions {
  /** By start; none begins in another one. */
  private readonly regions: readonly Span[];
  private readonly hidden: ReadonlySet<Finding>;

  constructor(problems: readonly Finding[]) {
    const regions: Span[] = [];
    const hidden = new Set<Finding>();
    const startOf = ({ region, span }: Finding) => region?.start ?? span.start;
    for (const problem of [...problems].sort((a, b) => startOf(a) - startOf(b))) {
      const { region, span } = problem;
      const around = regions.at(-1);
      if (span.file !== undefined) continue;
      if (around && span.start < around.end) hidden.add(problem);
      else if (region && region.file === undefined) regions.push(region);
    }
    this.regions = regions;
    this.hidden = hidden;
  }

  /** Whether the problem is the first of its region, or in none. */
  reports(problem: Finding): boolean {
    return !this.hidden.has(problem);
  }

  /**
   * The diagnostic as far as it is certain: none for what is only guessed inside of a region, and no error behind one.
   * Secrets are secrets whatever is around them.
   */
  certain(rule: Rule, found: Diagnostic, fixed: boolean): Diagnostic | undefined {
    const [first] = this.regions;
    if (first === undefined) return found;
    const secret = isAboutSecrets(rule);
    if (!secret && this.covers(found.span)) return undefined;
    if (rule.category === 'correctness' && found.related.some(({ span }: Related) => this.covers(span)))
      return undefined;
    const behind = found.span.file === undefined && found.span.start > first.start;
    return behind && found.severity === 'error' && !fixed && !secret ? { ...found, severity: 'warning' } : found;
  }

  /** Whether a place begins in a region: what merely contains one is judged by what stands before it. */
  private covers(span: Span): boolean {
    return this.regions.some(
      region => span.file === undefined && region.start <= span.start && span.start < region.end,
    );
  }
}
