/** Whether the fixes of a document do what they promise; see `faultsOf`. */
import { rewritten } from '../../core/file-edits.ts';
import type { Diagnostic, Fix, FixSafety } from '../../core/finding.ts';
import { fixAll, newFindings } from '../../core/fixer.ts';
import type { LintResult } from '../../core/linter.ts';
import { dockerfileMeaning } from './meaning.ts';
import { untouched, writtenBy } from './values.ts';

/** What a fix, or all fixes together, did wrong. */
export interface Fault {
  /** `all fixes` when they are wrong together. */
  readonly rule: string;
  readonly safety: FixSafety;
  readonly title: string;
  /** Names what is wrong, without text of the document: `a new finding of hadolint`. */
  readonly what: string;
}

/** A document is linted again and again, as if it were the same, with other texts of the files around it. */
export type Lint = (text: string, others?: ReadonlyMap<string, string>) => LintResult | undefined;

/** What fixes may change beside the document. */
export interface Around {
  read(path: string): string | undefined;
  /** Lints one of them as a document of its own. */
  lint(path: string, text: string, others: ReadonlyMap<string, string>): LintResult | undefined;
}

const ALONE: Around = { read: () => undefined, lint: () => undefined };

/** What all the documents came to. */
export class FixProver {
  readonly faults: (Fault & { readonly path: string })[] = [];
  /** How many fixes were applied alone. */
  readonly applied: Record<FixSafety, number> = { safe: 0, suggested: 0 };
  private documents = 0;
  private readonly looked = new Map<string, number>();

  /** `each`: of a rule so many fixes are applied alone; each costs a lint. */
  constructor(private readonly each: number) {}

  /** Fixes that change a file `around` have to bring nothing there, either. */
  look(path: string, text: string, lint: Lint, around = ALONE): void {
    const before = lint(text);
    if (!before) return;
    this.documents++;
    const wanted = before.diagnostics.filter(({ rule, fixes }) => {
      const looked = this.looked.get(rule) ?? 0;
      if (fixes.length > 0) this.looked.set(rule, looked + 1);
      return looked < this.each;
    });
    for (const { fixes } of wanted) for (const { safety } of fixes) this.applied[safety]++;
    const alone = wanted.flatMap(found => faultsOfFixes(text, before, found, { lint, around }));
    const together = faultsTogether(text, lint);
    this.faults.push(...[...alone, ...together].map(fault => ({ ...fault, path })));
  }

  report(): string {
    const lines = this.faults.map(({ rule, safety, title, what, path }) =>
      [rule, safety, what, title, path].join('\t'),
    );
    const { safe, suggested } = this.applied;
    const summary = `${this.documents} documents, ${safe} safe and ${suggested} suggested fixes applied alone, ${lines.length} faults`;
    return [...lines.sort(), summary, ''].join('\n');
  }
}

/**
 * Applies every fix of a document alone: a safe one must change nothing that the file says, and none may bring a finding
 * of warning or error. CRLF stays CRLF.
 */
export function faultsOf(text: string, lint: Lint, around = ALONE): readonly Fault[] {
  const before = lint(text);
  if (!before) return [];
  return before.diagnostics.flatMap(found => faultsOfFixes(text, before, found, { lint, around }));
}

interface Proof {
  readonly lint: Lint;
  readonly around: Around;
}

function faultsOfFixes(text: string, before: LintResult, { rule, fixes }: Diagnostic, proof: Proof): Fault[] {
  return fixes.flatMap(fix =>
    faultsOfFix(text, before, fix, proof).map(what => ({ rule, safety: fix.safety, title: fix.title, what })),
  );
}

function faultsOfFix(text: string, before: LintResult, fix: Fix, { lint, around }: Proof): string[] {
  const changed = rewritten(fix.edits, file => (file === undefined ? text : around.read(file)));
  if (!changed) return ['edits a file that cannot be read'];
  const { others, text: own } = changed;
  if (own === text && [...others].every(([path, other]) => around.read(path) === other)) return ['changes nothing'];
  const after = lint(own, others);
  if (!after) return ['a file in none of the languages'];
  const faults = newFindings(before.diagnostics, after.diagnostics).map(rule => `a new finding of ${rule}`);
  faults.push(...[...others].flatMap(([path, other]) => faultsAround(path, other, changed.others, around)));
  if (isCrlf(text) && !isCrlf(own)) faults.push('a line that ends with LF alone in a file of CRLF');
  if (fix.safety === 'safe') faults.push(...changesOf(before, after, fix));
  if (fix.safety === 'safe' && others.size > 0) faults.push('other files, which is never safe');
  return faults;
}

/** Of a file that is changed together with the document. */
function faultsAround(path: string, text: string, others: ReadonlyMap<string, string>, around: Around): string[] {
  const before = around.read(path)!;
  const was = around.lint(path, before, NOTHING);
  const is = around.lint(path, text, others);
  // A script that is none of ours.
  if (!was) return [];
  if (!is) return ['a file in none of the languages'];
  const faults = newFindings(was.diagnostics, is.diagnostics).map(rule => `a new finding of ${rule} in another file`);
  return isCrlf(before) && !isCrlf(text) ? [...faults, 'a line that ends with LF alone in another file'] : faults;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

function changesOf(before: LintResult, after: LintResult, { edits }: Fix): string[] {
  if (before.build.language === 'dockerfile') {
    const [was, is] = [dockerfileMeaning(before.build), dockerfileMeaning(after.build)];
    const at = was.findIndex((line, i) => line !== is[i]);
    if (at < 0 && was.length === is.length) return [];
    return [`another ${(at < 0 ? is[was.length]! : was[at]!).split(' ')[0]}`];
  }
  const was = untouched(
    before.build,
    edits.map(({ span }) => span),
  );
  const is = untouched(after.build, writtenBy(edits));
  return was.join('\n') === is.join('\n') ? [] : ['another value outside of the edit'];
}

/** Whether every line ends with CRLF, and there is one. */
function isCrlf(text: string): boolean {
  return text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text);
}

/** All fixes together: they bring no finding either, and the second run changes nothing. */
export function faultsTogether(text: string, lint: Lint): readonly Fault[] {
  const report = (changed: string): readonly Diagnostic[] => lint(changed)?.diagnostics ?? [];
  return KINDS.flatMap((allowed): Fault[] => {
    const once = fixAll(text, report, allowed);
    if (once === text) return [];
    const faults = newFindings(report(text), report(once)).map(rule => `a new finding of ${rule}`);
    if (fixAll(once, report, allowed) !== once) faults.push('the second run changes something');
    return faults.map(what => ({ rule: 'all fixes', safety: allowed.at(-1)!, title: '', what }));
  });
}

/** What `--fix` and `--fix-suggested` apply. */
const KINDS: readonly (readonly FixSafety[])[] = [['safe'], ['safe', 'suggested']];
