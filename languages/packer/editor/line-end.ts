/** What a line that is being typed ends in. */

type Open =
  /** A text, and where it begins. */
  | { readonly kind: 'quoted' | 'heredoc'; readonly start: number }
  /** An expression with so many open braces of its own. */
  | { readonly kind: 'expression'; braces: number };

/**
 * The text that a line ends in: what is behind its quote, in a heredoc the line. `undefined` where it ends in an expression,
 * that of an `${ … }` included.
 */
export function textAtEnd(line: string, inHeredoc: boolean): string | undefined {
  const open: Open[] = [inHeredoc ? { kind: 'heredoc', start: 0 } : { kind: 'expression', braces: 0 }];
  for (let i = 0; i < line.length; i++) {
    const inside = open.at(-1)!;
    const character = line[i]!;
    if (inside.kind === 'expression') {
      if (character === '"') open.push({ kind: 'quoted', start: i + 1 });
      else if (character === '{') inside.braces++;
      else if (character === '}' && inside.braces > 0) inside.braces--;
      else if (character === '}' && open.length > 1) open.pop();
    } else if (inside.kind === 'quoted' && character === '\\') i++;
    else if (inside.kind === 'quoted' && character === '"') open.pop();
    // `$${` and `%%{` are text.
    else if (/^([$%])\1\{/.test(line.slice(i, i + 3))) i += 2;
    else if (/^[$%]\{/.test(line.slice(i, i + 2))) {
      open.push({ kind: 'expression', braces: 0 });
      i++;
    }
  }
  const last = open.at(-1)!;
  return last.kind === 'expression' ? undefined : line.slice(last.start);
}
