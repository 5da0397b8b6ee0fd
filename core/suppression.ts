/**
 * Comments that silence findings: our own (`# bakelint ignore apt-recommends: image is never pulled over the network`)
 * and, through a rule's aliases, those that people already wrote for other tools.
 */
import type { Comment } from './build.ts';
import type { Diagnostic } from './finding.ts';
import { overlaps, type Span } from './text.ts';

/** One rule name in one directive. */
interface Ignore {
  /** The tool whose directive it is; ours are named by rule id, the others by alias. */
  readonly tool: string;
  /** The rule's name there; `undefined` silences all that the tool would say. */
  readonly name: string | undefined;
  /** The place it applies to; `undefined` for the whole document, and what other files have to do with it. */
  readonly target: Span | undefined;
  readonly span: Span;
}

/** What silences one name in one place; the directives that say so count as used together. */
interface Suppression {
  readonly target: Span | undefined;
  used: boolean;
}

/** The places where one name is silenced. */
class SuppressionList {
  private readonly byTarget = new Map<string, Suppression>();
  /** By start, each with how far it and those in front of it reach; made when first asked for. */
  private sorted: readonly { readonly place: Suppression; readonly target: Span; readonly reach: number }[] | undefined;

  at(target: Span | undefined): Suppression {
    const key = target ? `${target.start}:${target.end}:${target.file ?? ''}` : '';
    const known = this.byTarget.get(key);
    if (known) return known;
    const place = { target, used: false };
    this.byTarget.set(key, place);
    this.sorted = undefined;
    return place;
  }

  /** Marks those that overlap the span as used; whether there are any. */
  use(span: Span): boolean {
    const everywhere = this.byTarget.get('');
    if (everywhere) everywhere.used = true;
    let silenced = everywhere !== undefined;
    this.sorted ??= this.inOrder();
    // The first one that starts after the span; those in front of it are looked at for as long as they may reach it.
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]!.target.start <= span.end) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && this.sorted[i]!.reach >= span.start; i--) {
      const { place, target } = this.sorted[i]!;
      if (!overlaps(target, span)) continue;
      place.used = true;
      silenced = true;
    }
    return silenced;
  }

  private inOrder() {
    const targets = [...this.byTarget.values()].flatMap(place =>
      place.target ? [{ place, target: place.target }] : [],
    );
    let reach = 0;
    return targets
      .sort((a, b) => a.target.start - b.target.start)
      .map(({ place, target }) => {
        reach = Math.max(reach, target.end);
        return { place, target, reach };
      });
  }
}

/** Silences diagnostics; afterwards {@link Suppressions.unused} are those of our own directives that silenced nothing. */
export class Suppressions {
  private readonly places = new Map<string, SuppressionList>();
  private readonly ours: readonly { readonly name: string; readonly span: Span; readonly place: Suppression }[];

  constructor(comments: readonly Comment[]) {
    this.ours = comments.flatMap(ignoresIn).flatMap(({ tool, name, target, span }) => {
      const key = `${tool}:${name ?? ''}`;
      const places = this.places.get(key) ?? new SuppressionList();
      this.places.set(key, places);
      const place = places.at(target);
      return tool === 'bakelint' && name !== undefined ? [{ name, span, place }] : [];
    });
  }

  /** `aliases`: what other tools call this finding. */
  silences({ rule, span }: Pick<Diagnostic, 'rule' | 'span'>, aliases: readonly string[]): boolean {
    if (this.places.size === 0) return false;
    const keys = new Set([`bakelint:${rule}`]);
    for (const alias of aliases) keys.add(alias).add(alias.slice(0, alias.indexOf(':') + 1));
    let silenced = false;
    for (const key of keys) if (this.places.get(key)?.use(span)) silenced = true;
    return silenced;
  }

  /** Our own directives that silenced nothing, with the rule each names. */
  get unused(): readonly { readonly name: string; readonly span: Span }[] {
    // What silences nothing in a script here may do so for another document that runs it.
    return this.ours.filter(({ place, span }) => !place.used && span.file === undefined);
  }
}

const split = (list: string): string[] => list.split(/[,;\s]+/).filter(name => name !== '');

function ignoresIn(comment: Comment): Ignore[] {
  const { span, target } = comment;
  const text = comment.text.trim();
  const make = (tool: string, list: readonly (string | undefined)[], at: Span | undefined): Ignore[] =>
    list.map(name => ({ tool, name, target: at, span }));
  // A directive without a place to apply to (the last line of a file) is kept as one that silences nothing.
  const here = target ?? span;
  const whole = span.file === undefined ? undefined : { file: span.file, start: 0, end: Number.MAX_SAFE_INTEGER };

  const ours = /^bakelint (ignore|ignore-file) ([^:]+)/.exec(text);
  if (ours) return make('bakelint', split(ours[2]!), ours[1] === 'ignore' ? here : whole);

  // https://github.com/hadolint/hadolint#ignoring-rules
  const hadolint = /^hadolint (global )?ignore=(\S.*)$/.exec(text);
  if (hadolint) return make('hadolint', split(hadolint[2]!), hadolint[1] ? whole : here);

  // https://docs.docker.com/reference/dockerfile/#check
  const check = /^check=skip=([\w,]+)/.exec(text);
  if (check) return make('buildkit', check[1] === 'all' ? [undefined] : split(check[1]!), whole);

  // https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
  const checkov = /^checkov:skip=(\w+)/.exec(text);
  if (checkov) return make('checkov', [checkov[1]!], whole);

  // https://trivy.dev/latest/docs/configuration/filtering/#by-inline-comments
  const trivy = /^trivy:ignore:(\S+)/.exec(text);
  if (trivy) return make('trivy', [trivy[1]!.replace(/^AVD-/, '').replace(/^DS(\d)/, 'DS-0$1')], here);

  // https://docs.kics.io/latest/running-kics/#using_commands_on_scanned_files_as_comments
  const kics = /^kics-scan (ignore-line|ignore-block|ignore)\b/.exec(text);
  if (kics) return make('kics', [undefined], kics[1] === 'ignore' ? whole : here);

  // https://semgrep.dev/docs/ignoring-files-folders-code/
  const semgrep = /^nosem(?:grep)?(?:\s*:\s*(\S.*))?$/.exec(text);
  if (semgrep)
    return make('semgrep', semgrep[1] ? split(semgrep[1]).map(name => name.split('.').pop()!) : [undefined], here);

  return [];
}
