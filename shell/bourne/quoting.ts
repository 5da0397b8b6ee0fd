import type { Quoting } from '../tree/quoting.ts';
import { encodersFor } from './encode.ts';
import { opening, wordPieces } from './values.ts';

const QUOTING: Omit<Quoting, 'dialect'> = {
  pieces: wordPieces,
  encoders: encodersFor,
  opening(raw, at) {
    const style = opening(raw, at);
    return { style: style ?? 'bare', length: style === undefined ? 0 : raw[at] === '$' ? 2 : 1 };
  },
};

export const POSIX: Quoting = { ...QUOTING, dialect: 'posix' };
export const BASH: Quoting = { ...QUOTING, dialect: 'bash' };
