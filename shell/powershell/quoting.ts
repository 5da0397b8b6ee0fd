/** How PowerShell writes words. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
import { type Encode, UNRESOLVED } from '../../core/text.ts';
import type { Piece, QuoteStyle } from '../tree/pieces.ts';
import type { Decoded, Quoting } from '../tree/quoting.ts';

/** Plain words stay as they are in any quoting; what would need escapes is not written. */
const PLAIN = /^[\w./\\:=@%+~^-]*$/;

function encoder(style: QuoteStyle, raw: string, decoded: Decoded): Encode {
  return (text, at) => {
    if (at.end > at.start && decoded()?.slice(at.start, at.end) === text)
      return raw.slice(at.parentStart, at.parentEnd);
    if (text.includes(UNRESOLVED)) return undefined;
    if (style === 'bare')
      return PLAIN.test(text) && (text !== '' || at.before !== '' || at.after !== '') ? text : undefined;
    if (style === 'single') return text.includes('\n') ? undefined : text.replaceAll("'", "''");
    if (style === 'double') return /[\n\0]/.test(text) ? undefined : text.replace(/["`$]/g, '`$&');
    return undefined;
  };
}

const QUOTING: Omit<Quoting, 'dialect'> = {
  pieces: ({ start, end }): readonly Piece[] =>
    end > start ? [{ at: 0, length: end - start, start, end, text: undefined, style: 'bare' }] : [],
  encoders(raw, decoded) {
    const made = new Map<QuoteStyle, Encode>();
    return style => {
      let encode = made.get(style);
      if (!encode) made.set(style, (encode = encoder(style, raw, decoded)));
      return encode;
    };
  },
  opening(raw, at) {
    const c = raw[at];
    if (c === "'") return { style: 'single', length: 1 };
    return c === '"' ? { style: 'double', length: 1 } : { style: 'bare', length: 0 };
  },
};

export const POWERSHELL: Quoting = { ...QUOTING, dialect: 'powershell' };
export const PWSH: Quoting = { ...QUOTING, dialect: 'pwsh' };
