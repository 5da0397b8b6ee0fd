/** Heredoc bodies: https://www.gnu.org/software/bash/manual/html_node/Redirections.html#Here-Documents */
import type { Expansion, Heredoc } from '../../core/shell-tree.ts';
import { Decoder, type Encode, HOLE, type SourceText } from '../../core/text.ts';
import { scanBody } from './scan.ts';
import type { HeredocToken, WordToken } from './tokens.ts';
import type { Layer } from './words.ts';

/** A heredoc whose body is worked out when it is asked for. */
export class ShellHeredoc implements Heredoc {
  readonly delimiter: string;
  readonly quoted: boolean;
  private decoded: SourceText | undefined;

  constructor(
    private readonly token: HeredocToken,
    private readonly layer: Layer,
    private readonly expansions: readonly Expansion[],
  ) {
    this.delimiter = token.delimiter;
    this.quoted = token.quoted;
  }

  get body(): SourceText {
    return (this.decoded ??= this.decode(this.layer.source));
  }

  /** The body over the outermost script alone, for a script that stands in it. */
  frame(outermost: SourceText): SourceText {
    return this.decode(this.layer.frame ?? outermost);
  }

  private decode(parent: SourceText): SourceText {
    const { token, quoted } = this;
    const raw = parent.text;
    let done: SourceText | undefined;
    const encode: Encode = (text, at) => {
      if (at.end > at.start && done?.text.slice(at.start, at.end) === text)
        return raw.slice(at.parentStart, at.parentEnd);
      if (text.includes(HOLE) || text.split('\n').some(line => line.replace(/^\t+/, '') === token.delimiter))
        return undefined;
      if (token.stripTabs && /(?:^|\n)\t/.test(text)) return undefined;
      if (quoted) return text;
      return at.before === '\\' || at.before === '$' ? undefined : text.replace(/[\\$`]/g, '\\$&');
    };
    const decoder = new Decoder(parent, encode, token.start);
    let k = 0;
    let plain = token.start;
    let lineStart = true;
    const flush = (end: number) => decoder.verbatim(plain, end);
    for (let i = token.start; i < token.end; ) {
      const expansion = this.expansions[k];
      if (expansion && i >= expansion.start) {
        flush(i);
        decoder.as(HOLE, expansion.start, expansion.end);
        i = plain = Math.max(i + 1, expansion.end);
        k++;
        lineStart = false;
        continue;
      }
      const c = raw[i]!;
      const next = raw[i + 1] ?? '';
      if (lineStart && token.stripTabs && c === '\t') {
        flush(i);
        plain = ++i;
        continue;
      }
      lineStart = c === '\n';
      if (c === '\\' && !quoted && next !== '' && '$`\\\n'.includes(next)) {
        flush(i);
        if (next !== '\n') decoder.as(next, i, i + 2);
        i = plain = i + 2;
        lineStart = next === '\n';
      } else i++;
    }
    flush(token.end);
    done = decoder.done();
    return done;
  }
}

/** A heredoc and the substitutions in its body, which are commands of the script too. */
export function heredocOf(token: HeredocToken, layer: Layer): { heredoc: ShellHeredoc; found: WordToken | undefined } {
  const text = layer.source.text;
  if (token.quoted || token.end <= token.start)
    return { heredoc: new ShellHeredoc(token, layer, []), found: undefined };
  const found = scanBody(text.slice(token.start, token.end));
  const by = token.start;
  const expansions = found.expansions.map(e => ({ ...e, start: e.start + by, end: e.end + by }));
  return { heredoc: new ShellHeredoc(token, layer, expansions), found };
}
