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
  /** The place it applies to; `undefined` for the whole file. */
  readonly target: Span | undefined;
  readonly span: Span;
  used: boolean;
}

/** Silences diagnostics; afterwards {@link Suppressions.unused} are those of our own directives that silenced nothing. */
export class Suppressions {
  private readonly ignores: readonly Ignore[];

  constructor(comments: readonly Comment[]) {
    this.ignores = comments.flatMap(ignoresIn);
  }

  /** `aliases`: what other tools call this finding. */
  silences(diagnostic: Diagnostic, aliases: readonly string[]): boolean {
    let silenced = false;
    for (const ignore of this.ignores) {
      if (ignore.target && !overlaps(ignore.target, diagnostic.span)) continue;
      if (!names(ignore, diagnostic.rule, aliases)) continue;
      ignore.used = true;
      silenced = true;
    }
    return silenced;
  }

  /** Our own directives that silenced nothing, with the rule each names. */
  get unused(): readonly { readonly name: string; readonly span: Span }[] {
    return this.ignores.flatMap(({ tool, name, span, used }) =>
      tool === 'bakelint' && !used && name !== undefined ? [{ name, span }] : [],
    );
  }
}

function names({ tool, name }: Ignore, rule: string, aliases: readonly string[]): boolean {
  if (tool === 'bakelint') return name === rule;
  return name === undefined ? aliases.some(alias => alias.startsWith(`${tool}:`)) : aliases.includes(`${tool}:${name}`);
}

const split = (list: string): string[] => list.split(/[,;\s]+/).filter(name => name !== '');

function ignoresIn(comment: Comment): Ignore[] {
  const { span, target } = comment;
  const text = comment.text.trim();
  const make = (tool: string, list: readonly (string | undefined)[], at: Span | undefined): Ignore[] =>
    list.map(name => ({ tool, name, target: at, span, used: false }));
  // A directive without a place to apply to (the last line of a file) is kept as one that silences nothing.
  const here = target ?? span;

  const ours = /^bakelint (ignore|ignore-file) ([^:]+)/.exec(text);
  if (ours) return make('bakelint', split(ours[2]!), ours[1] === 'ignore' ? here : undefined);

  // https://github.com/hadolint/hadolint#ignoring-rules
  const hadolint = /^hadolint (global )?ignore=(\S.*)$/.exec(text);
  if (hadolint) return make('hadolint', split(hadolint[2]!), hadolint[1] ? undefined : here);

  // https://docs.docker.com/reference/dockerfile/#check
  const check = /^check=skip=([\w,]+)/.exec(text);
  if (check) return make('buildkit', check[1] === 'all' ? [undefined] : split(check[1]!), undefined);

  // https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
  const checkov = /^checkov:skip=(\w+)/.exec(text);
  if (checkov) return make('checkov', [checkov[1]!], undefined);

  // https://trivy.dev/latest/docs/configuration/filtering/#by-inline-comments
  const trivy = /^trivy:ignore:(\S+)/.exec(text);
  if (trivy) return make('trivy', [trivy[1]!.replace(/^AVD-/, '').replace(/^DS(\d)/, 'DS-0$1')], here);

  // https://docs.kics.io/latest/running-kics/#using_commands_on_scanned_files_as_comments
  const kics = /^kics-scan (ignore-line|ignore-block|ignore)\b/.exec(text);
  if (kics) return make('kics', [undefined], kics[1] === 'ignore' ? undefined : here);

  // https://semgrep.dev/docs/ignoring-files-folders-code/
  const semgrep = /^nosem(?:grep)?(?:\s*:\s*(\S.*))?$/.exec(text);
  if (semgrep)
    return make('semgrep', semgrep[1] ? split(semgrep[1]).map(name => name.split('.').pop()!) : [undefined], here);

  return [];
}
