/** Commands as lines, the form in which this parser and the others are compared. */

/** A simple command as any parser has it; all strings are as they are written. */
export interface PlainCommand {
  readonly start: number;
  readonly words: readonly string[];
  readonly assignments: readonly string[];
  readonly redirects: string[];
  readonly operator: string | undefined;
  readonly within: readonly string[];
  pipeline: readonly PlainCommand[];
  background: boolean;
}

/** `12 && X=1 | a b | >f | {loop} 1/2 &` */
export function lineOf({ start, words, assignments, redirects, ...rest }: PlainCommand, self: PlainCommand): string {
  const { operator, within, pipeline, background } = rest;
  const parts = [operator ?? '', assignments.join(' '), words.join(' · '), redirects.join(' ')];
  const place = within.length > 0 ? ` {${within.join(' ')}}` : '';
  const pipe = pipeline.length > 1 ? ` ${pipeline.indexOf(self) + 1}/${pipeline.length}` : '';
  return `${start} ${parts.join(' | ')}${place}${pipe}${background ? ' &' : ''}`;
}

/** A redirection as a text; a here-document with its body. */
export function redirectOf(operator: string, target: string, body?: string | null): string {
  const plain = `${operator.replace(/(?:[ \t]|\\\r?\n)+$/, '')}${target}`;
  return /<<(?!<)/.test(operator) ? `${plain}:${JSON.stringify(body ?? '')}` : plain;
}
