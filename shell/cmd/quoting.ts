/** How cmd writes words, which programs take apart themselves. https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
import { type Encode, UNRESOLVED } from '../../core/text.ts';
import type { Piece, QuoteStyle } from '../tree/pieces.ts';
import type { Quoting } from '../tree/quoting.ts';

const PLAIN = /^[\w./\\:=@+~-]*$/;
const IN_QUOTES = /^[\w./\\:=@+~ ,;()'-]*$/;

const bare: Encode = (text, at) =>
  PLAIN.test(text) && (text !== '' || at.before !== '' || at.after !== '') ? text : undefined;
const double: Encode = text => (IN_QUOTES.test(text) && !text.includes(UNRESOLVED) ? text : undefined);
const encode = (style: QuoteStyle): Encode => (style === 'double' ? double : bare);

export const CMD: Quoting = {
  dialect: 'cmd',
  pieces: ({ start, end }): readonly Piece[] =>
    end > start ? [{ at: 0, length: end - start, start, end, text: undefined, style: 'bare' }] : [],
  encoders: () => encode,
  opening: (raw, at) => (raw[at] === '"' ? { style: 'double', length: 1 } : { style: 'bare', length: 0 }),
};
