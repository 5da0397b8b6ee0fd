import type { Preset } from './presets.ts';
import type { Edit, Span } from './text.ts';

/** How much a finding matters, most first. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';
/** Every severity, most first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `safe` fixes keep the meaning and are applied in bulk; `suggested` ones change behavior or need a look, one at a time. */
export type FixSafety = 'safe' | 'suggested';

/** A change that answers a finding. All its edits are applied together or not at all. */
export interface Fix {
  /** What to do, as an imperative: "Add `--no-install-recommends`". */
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly Edit[];
}

/** Another place that explains a finding. */
export interface Related {
  readonly message: string;
  readonly span: Span;
  /** Whether it is where the value is written that the finding is about: findings of one rule about one value are one. */
  readonly origin?: boolean;
}

/** A release and the day its support ends. */
export interface ReleaseEnding {
  /** As messages name it: `Node.js 16`. */
  readonly release: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** What a rule yields. Rule id, severity and documentation URL are added by the linter. */
export interface Finding {
  /** The fact, naming the thing in the file: 60 characters, 90 at most, no full stop. Never contains a secret's value. */
  readonly message: string;
  /** What to do instead, concrete for this place: an imperative of at most 80 characters, no full stop. */
  readonly help?: string;
  readonly span: Span;
  /** Where this finding weighs more or less than others of its rule; a severity from the configuration wins over it. */
  readonly severity?: Severity;
  /** The smallest preset that reports it, where that is larger than its rule's. */
  readonly preset?: Preset;
  readonly related?: readonly Related[];
  /** What causes it, as keys that only findings of the same cause have: a document has one finding for each. */
  readonly causes?: readonly string[];
  /** Of a syntax error: all that cannot be read because of it. Nothing else is reported in it. */
  readonly region?: Span;
  /** What it is about can be taken out of the document, as files of its own, where an editor offers it. */
  readonly extractable?: true;
  /** The releases it says have ended, or will: a report can count them. */
  readonly endings?: readonly ReleaseEnding[];
  /** `undefined` entries (edits that cannot be written in place) are dropped. */
  readonly fixes?: readonly (Fix | undefined)[];
  /** Names that other tools have for this very finding, besides the rule's aliases: `hadolint:SC2086`. */
  readonly aliases?: readonly string[];
}

/** What the linter reports. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string | undefined;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  readonly url: string;
  readonly extractable?: true;
  readonly endings?: readonly ReleaseEnding[];
  /** The findings with the same cause that it is reported for as well; their places are among the related ones. */
  readonly merged?: readonly Pick<Diagnostic, 'rule' | 'severity'>[];
}

/** A fix from edits any of which may not be writable in place; `undefined` when one is not, or there are none. */
export function fix(safety: FixSafety, title: string, ...edits: readonly (Edit | undefined)[]): Fix | undefined {
  const written = edits.filter(edit => edit !== undefined);
  return written.length > 0 && written.length === edits.length ? { title, safety, edits: written } : undefined;
}
