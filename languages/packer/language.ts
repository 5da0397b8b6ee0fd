import type { Language } from '../../core/language.ts';

/** Placeholder until the adapter stands: recognises nothing. */
export const packer: Language = {
  id: 'packer',
  name: 'Packer',
  detect: () => false,
  parse: source => source,
  lower: () => ({ language: 'packer', stages: [], parameters: [], images: [], problems: [], comments: [], nested: [], mentions: [], source: undefined as never, syntax: undefined }),
};
