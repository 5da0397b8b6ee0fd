/** From tokens and grammar to the commands that rules read, those of the scripts inside the script included. */
import type { Assignment, Command, Nesting, Redirect } from '../../core/shell-tree.ts';
import { SourceText } from '../../core/text.ts';
import type { Builder, Joint } from './grammar.ts';
import { heredocOf, type ShellHeredoc } from './heredoc.ts';
import { backquoted, innerScripts } from './nested.ts';
import type { HeredocToken, RedirectToken, Scan, WordToken } from './tokens.ts';
import { type Layer, outer, ShellWord } from './words.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A command as long as it is being put together. */
export interface Draft extends Omit<Writable<Command>, 'redirects' | 'pipeline' | 'words'> {
  readonly words: readonly ShellWord[];
  readonly redirects: Redirect[];
  pipeline: readonly Draft[];
}

/** A script inside the script that is still to be read. */
export interface Inner {
  readonly layer: Layer;
  readonly within: readonly Nesting[];
  readonly depth: number;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[[^\]]{0,200}\])?\+?=/;

export class CommandBuilder implements Builder<Draft> {
  readonly drafts: Draft[] = [];
  readonly inner: Inner[] = [];
  private readonly starts = new Map<number, number>();
  private outermost: SourceText | undefined;
  private readonly taken = new Set<number>();
  private readonly backquotes = new Map<WordToken['backquotes'][number], readonly Nesting[] | undefined>();

  constructor(
    private readonly scan: Scan,
    private readonly layer: Layer,
    private readonly depth: number,
  ) {
    scan.tokens.forEach((token, i) => {
      if (token.kind !== 'operator') this.starts.set(token.start, i);
      if (token.kind === 'word') for (const quote of token.backquotes) this.backquotes.set(quote, undefined);
      if (token.kind === 'redirect')
        for (const quote of token.target?.backquotes ?? []) this.backquotes.set(quote, undefined);
    });
  }

  get count(): number {
    return this.drafts.length;
  }

  command(start: number, operator: Joint, within: readonly Nesting[]): { command: Draft | undefined; look: boolean } {
    const { tokens } = this.scan;
    let at = this.starts.get(start) ?? -1;
    if (at < 0) return { command: undefined, look: true };
    // Redirections in front of the program's name are blank in the mask.
    for (;;) {
      const previous = tokens[tokens[at]!.previous];
      if (previous?.kind !== 'redirect') break;
      at = tokens[at]!.previous;
    }
    const head = tokens[at]!;
    if (this.taken.has(at) || (head.kind === 'word' && head.reserved)) return { command: undefined, look: true };
    this.taken.add(at);
    const words: ShellWord[] = [];
    const assignments: Assignment[] = [];
    const redirects: Redirect[] = [];
    let look = false;
    let end = head.end;
    for (let i = at; i < tokens.length; ) {
      const token = tokens[i]!;
      if (token.kind === 'operator') break;
      look ||= token.next > i + 1;
      end = token.end;
      if (token.kind === 'redirect') redirects.push(this.redirect(token, within));
      else {
        this.noteBackquotes(token, within);
        const found = words.length === 0 ? ASSIGNMENT.exec(this.text(token)) : null;
        if (found) assignments.push(this.assignment(token, found));
        else words.push(new ShellWord(this.layer, token));
      }
      i = token.next;
    }
    const span = outer(this.layer, head.start, end);
    const draft: Draft = {
      start: span.start,
      end: span.end,
      assignments,
      words,
      redirects,
      pipeline: [],
      operator,
      within,
      background: false,
    };
    draft.pipeline = [draft];
    this.drafts.push(draft);
    return { command: draft, look };
  }

  joint(at: number): ';' | '&&' | '||' | '|' {
    const { text } = this.layer.source;
    const two = text.slice(at, at + 2);
    return two === '&&' || two === '||' ? two : two.startsWith('|') ? '|' : ';';
  }

  pipeline(members: readonly Draft[]): void {
    for (const member of members) if (member.pipeline.length === 1) member.pipeline = members;
  }

  background(from: number): void {
    for (const draft of this.drafts.slice(from)) draft.background = true;
  }

  closed(end: number, first: Draft | undefined, last: Draft | undefined): void {
    for (const token of this.scan.trailing.get(end) ?? []) {
      const draft = token.operator.startsWith('<') ? first : last;
      if (draft) draft.redirects.push(this.redirect(token, draft.within.slice(0, -1)));
    }
  }

  /** After the walk: the scripts inside this one, by `sh -c`, by heredoc and by backquotes. */
  finish(within: readonly Nesting[]): void {
    const { frame } = this;
    for (const [{ start, end, inDouble }, owner] of this.backquotes) {
      const nested = owner ?? within;
      this.inner.push({
        layer: backquoted({ source: this.layer.source, frame }, start, end, inDouble),
        within: [...nested, 'substitution'],
        depth: this.depth + 1,
      });
    }
    for (const draft of this.drafts)
      for (const { source, frame: inside, nesting } of innerScripts(draft, frame))
        this.inner.push({
          layer: { source, frame: inside },
          within: [...draft.within, nesting],
          depth: this.depth + 1,
        });
  }

  private text(token: WordToken): string {
    return this.layer.source.text.slice(token.start, Math.min(token.end, token.start + 400));
  }

  private noteBackquotes(token: WordToken, within: readonly Nesting[]): void {
    for (const quote of token.backquotes) this.backquotes.set(quote, within);
  }

  private assignment(token: WordToken, found: RegExpExecArray): Assignment {
    const valueStart = token.start + found[0].length;
    const array = this.layer.source.text[valueStart] === '(';
    return {
      ...outer(this.layer, token.start, token.end),
      name: found[1]!,
      value: array || valueStart >= token.end ? undefined : new ShellWord(this.layer, token, valueStart),
    };
  }

  private redirect(token: RedirectToken, within: readonly Nesting[]): Redirect {
    if (token.target) this.noteBackquotes(token.target, within);
    const heredoc = token.heredoc ? this.heredoc(token.heredoc, within) : undefined;
    return {
      ...outer(this.layer, token.start, token.end),
      operator: token.operator,
      descriptor: token.descriptor,
      target: token.target ? new ShellWord(this.layer, token.target) : undefined,
      heredoc,
    };
  }

  /** A heredoc; the substitutions in its body are scripts of their own. */
  private heredoc(token: HeredocToken, within: readonly Nesting[]): ShellHeredoc {
    const { heredoc, found } = heredocOf(token, this.layer);
    const inside: readonly Nesting[] = [...within, 'substitution'];
    const { source } = this.layer;
    for (const { kind, start, end } of found?.expansions ?? []) {
      if (kind !== 'command' || source.text[token.start + start] !== '$') continue;
      const layer = {
        source: source.slice(token.start + start + 2, token.start + end - 1),
        frame: this.frame.slice(token.start + start + 2, token.start + end - 1),
      };
      this.inner.push({ layer, within: inside, depth: this.depth + 1 });
    }
    for (const { start, end, inDouble } of found?.backquotes ?? []) {
      const layer = backquoted({ source, frame: this.frame }, token.start + start, token.start + end, inDouble);
      this.inner.push({ layer, within: inside, depth: this.depth + 1 });
    }
    return heredoc;
  }

  private get frame(): SourceText {
    return (this.outermost ??= this.layer.frame ?? SourceText.document(this.layer.source.text));
  }
}
