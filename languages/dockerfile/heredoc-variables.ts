/** Variables in the heredocs of COPY and ADD, which the builder expands unless the delimiter is quoted. */
import type { Span } from '../../core/text.ts';
import type { HeredocFile } from './tree.ts';

/** `$NAME` or `${NAME}` in a heredoc. */
export interface HeredocVariable {
  readonly name: string;
  readonly span: Span;
  /** The text of the heredoc sets it itself: it is meant for the program that reads the file. */
  readonly setInside: boolean;
}

/** The most variables of one heredoc that are looked at. */
const MOST = 200;

const VARIABLE = /(\\?)\$(?:\{([A-Za-z_]\w{0,100})\}|([A-Za-z_]\w{0,100})|([1-9@*#]))/g;
const SETS =
  /(?:^|[\s;(])(?:(?:export|local|declare|readonly|for|read(?:[ \t]{1,8}-r)?)[ \t]{1,8})?([A-Za-z_]\w{0,100})(?:=|[ \t]{1,8}in\b|[ \t]{0,8}$)/gm;

/**
 * The variables that the builder fills in; empty where the delimiter is quoted.
 * https://docs.docker.com/reference/dockerfile/#here-documents
 */
export function heredocVariables({ body, quoted }: HeredocFile): readonly HeredocVariable[] {
  if (quoted) return [];
  const { text } = body;
  if (!text.includes('$')) return [];
  const inside = new Set([...text.matchAll(SETS)].map(match => match[1]!));
  const isScript = text.startsWith('#!');
  const found: HeredocVariable[] = [];
  for (const match of text.matchAll(VARIABLE)) {
    if (match[1] !== '' || found.length === MOST) continue;
    const name = match[2] ?? match[3] ?? match[4]!;
    const parameter = match[4] !== undefined;
    // The parameters of a script; elsewhere `$1` may be a price.
    if (parameter && !isScript) continue;
    const span = body.spanOf(match.index, match.index + match[0].length);
    found.push({ name, span, setInside: parameter || inside.has(name) });
  }
  return found;
}
