/** How another text is written in the place of a word, a part of one, or lines of a here-document. */
import { type Encode, UNRESOLVED } from '../../core/text.ts';
import type { HeredocNode } from '../tree/nodes.ts';
import type { QuoteStyle } from '../tree/pieces.ts';
import type { Decoded } from '../tree/quoting.ts';

/** Encoders for the parts of one word, by how they are quoted. `raw`: the text that the word is written in. */
export function encodersFor(raw: string, decoded: Decoded): (style: QuoteStyle) => Encode {
  const made = new Map<QuoteStyle, Encode>();
  return style => {
    let encode = made.get(style);
    if (!encode) made.set(style, (encode = encoder(style, raw, decoded)));
    return encode;
  };
}

function encoder(style: QuoteStyle, raw: string, decoded: Decoded): Encode {
  return (text, at) => {
    if (at.end > at.start && decoded()?.slice(at.start, at.end) === text)
      return raw.slice(at.parentStart, at.parentEnd);
    // A short numeric escape in front would take a digit for its own.
    const numeric = /\\[0-7xuU][0-9A-Fa-f]{0,8}$/.test(raw.slice(Math.max(0, at.parentStart - 10), at.parentStart));
    const after = raw.charAt(at.parentEnd);
    if (style === 'ansi' && numeric && /^[0-9A-Fa-f]/.test(text + after)) return undefined;
    if ((style === 'bare' || style === 'double') && joins(raw.charAt(at.parentStart - 1), text + after))
      return undefined;
    return WRITE[style]?.(text, at);
  };
}

/** How each quoting writes a text; a placeholder has no spelling in any of them. */
const WRITE: Partial<Record<QuoteStyle, (text: string, at: { before: string; after: string }) => string | undefined>> =
  {
    bare(text, at) {
      // A newline cannot be written bare, and a word without characters is not a word.
      if (/[\n\uE000\0]/.test(text) || (text === '' && at.before === '' && at.after === '')) return undefined;
      const written = text.replace(/[\s;&|<>()$`"'\\]/g, '\\$&');
      return at.before === '' && written.startsWith('#') ? `\\${written}` : written;
    },
    single: text => (/['\uE000\0]/.test(text) ? undefined : text),
    double: text => (/[\uE000\0]/.test(text) ? undefined : text.replace(/["$`\\]/g, '\\$&')),
    ansi(text) {
      if (/[\uE000\0]/.test(text)) return undefined;
      return text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
    },
  };

/** Whether a `$` or `\` as written in front, which may be literal there, would take what follows for its own. */
function joins(before: string, follows: string): boolean {
  if (before === '$') return /^[\w({$@*#?!'"[-]/.test(follows);
  return before === '\\' && /^(?:["$`\\\n]|$)/.test(follows);
}

/** The encoder for the lines of a here-document. */
export function heredocEncoder({ delimiter, stripTabs, quoted }: HeredocNode, raw: string, decoded: Decoded): Encode {
  return (text, at) => {
    if (at.end > at.start && decoded()?.slice(at.start, at.end) === text)
      return raw.slice(at.parentStart, at.parentEnd);
    if (text.includes(UNRESOLVED) || text.split('\n').some(line => line.replace(/^\t+/, '') === delimiter))
      return undefined;
    if (stripTabs && /(?:^|\n)\t/.test(text)) return undefined;
    if (quoted) return text;
    return at.before === '\\' || at.before === '$' ? undefined : text.replace(/[\\$`]/g, '\\$&');
  };
}
