import type {
  DirectiveMarker,
  Expression,
  ForDirective,
  IfDirective,
  Interpolation,
  Name,
  TemplatePart,
} from './ast.ts';
import { type Cursor, fail } from './cursor.ts';
import { joinLiterals, type Literal } from './literals.ts';

/** One `%{…}` marker and its content. */
export interface DirectiveToken extends DirectiveMarker {
  readonly kind: 'directive';
  readonly keyword: 'if' | 'else' | 'endif' | 'for' | 'endfor';
  readonly condition: Expression | undefined;
  readonly names: { readonly keyName: Name | undefined; readonly valueName: Name } | undefined;
  readonly collection: Expression | undefined;
}

/** What a template consists of before its directives are nested. */
export type TemplateToken = Literal | Interpolation | DirectiveToken;

/** The parts of a template: neighboring literals joined, directives nested. */
export function nestDirectives(c: Cursor, tokens: readonly TemplateToken[]): TemplatePart[] {
  const reader: Reader = { c, tokens, at: 0 };
  const parts: TemplatePart[] = [];
  for (;;) {
    readParts(reader, parts);
    const token = tokens[reader.at];
    if (token?.kind !== 'directive') return parts;
    // Only a marker without its opener stops `readParts` here.
    fail(c, `\`%{ ${token.keyword} }\` without an opening directive`, token.start, token.end, 'Remove it');
    reader.at++;
  }
}

interface Reader {
  readonly c: Cursor;
  readonly tokens: readonly TemplateToken[];
  at: number;
}

/** Reads parts up to a marker that ends a directive, or to the end. */
function readParts(r: Reader, parts: TemplatePart[] = []): TemplatePart[] {
  for (;;) {
    const token = r.tokens[r.at];
    if (!token) return parts;
    if (token.kind === 'literal') {
      const from = r.at;
      while (r.tokens[r.at]?.kind === 'literal') r.at++;
      parts.push(joinLiterals(r.tokens.slice(from, r.at) as Literal[]));
    } else if (token.kind === 'interpolation') {
      parts.push(token);
      r.at++;
    } else if (token.keyword === 'if' || token.keyword === 'for') {
      // How deep this nests is capped where the markers are read.
      r.at++;
      parts.push(token.keyword === 'if' ? readIf(r, token) : readFor(r, token));
    } else return parts;
  }
}

function readIf(r: Reader, open: DirectiveToken): IfDirective {
  const whenTrue = readParts(r);
  const elseMarker = takeMarker(r, 'else');
  const whenFalse = elseMarker && readParts(r);
  const endMarker = takeEnd(r, open, 'endif');
  return {
    kind: 'if',
    condition: open.condition!,
    whenTrue,
    whenFalse,
    ifMarker: markerOf(open),
    elseMarker: elseMarker && markerOf(elseMarker),
    endMarker: endMarker && markerOf(endMarker),
    start: open.start,
    end: endOf(open, endMarker ?? whenFalse?.at(-1) ?? elseMarker ?? whenTrue.at(-1)),
  };
}

function readFor(r: Reader, open: DirectiveToken): ForDirective {
  const parts = readParts(r);
  const endMarker = takeEnd(r, open, 'endfor');
  return {
    kind: 'for-directive',
    ...open.names!,
    collection: open.collection!,
    parts,
    forMarker: markerOf(open),
    endMarker: endMarker && markerOf(endMarker),
    start: open.start,
    end: endOf(open, endMarker ?? parts.at(-1)),
  };
}

function takeMarker(r: Reader, keyword: DirectiveToken['keyword']): DirectiveToken | undefined {
  const token = r.tokens[r.at];
  if (token?.kind !== 'directive' || token.keyword !== keyword) return undefined;
  r.at++;
  return token;
}

function takeEnd(r: Reader, open: DirectiveToken, keyword: 'endif' | 'endfor'): DirectiveToken | undefined {
  const end = takeMarker(r, keyword);
  if (!end) fail(r.c, `Unclosed \`%{ ${open.keyword} }\``, open.start, open.end, `Add \`%{ ${keyword} }\``);
  return end;
}

function endOf(open: DirectiveToken, last: { readonly end: number } | undefined): number {
  return last ? last.end : open.end;
}

function markerOf(token: DirectiveToken): DirectiveMarker {
  const { start, end, stripBefore, stripAfter } = token;
  return { start, end, stripBefore, stripAfter };
}
