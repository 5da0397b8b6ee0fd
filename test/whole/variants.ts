/** The same document written in other ways: the line breaks of Windows, a byte order mark, other escapes, heredocs. */
import type { Seed } from './documents.ts';

export interface Variant {
  readonly name: string;
  readonly text: string;
}

/** A document as it is and in those other ways that it can be written in. */
export function variantsOf({ language, text }: Pick<Seed, 'language' | 'text'>): readonly Variant[] {
  const variants = [
    { name: 'as written', text },
    { name: 'CRLF', text: text.replace(/\r?\n/g, '\r\n') },
    { name: 'BOM', text: `\uFEFF${text}` },
    ...(language === 'dockerfile' ? dockerfiles(text) : []),
  ];
  return variants.filter((one, i) => i === 0 || one.text !== text);
}

function dockerfiles(text: string): readonly Variant[] {
  const simple = !/^\s*#\s*\w+\s*=|<<|`/m.test(text);
  return [
    {
      name: 'escape',
      text: simple && !/\\[^\n]/.test(text) ? `# escape=\`\n${text.replace(/\\$/gm, '`')}` : text,
    },
    { name: 'continued', text: text.replace(/^(RUN|COPY|ENV|LABEL|CMD) (?=[\w/])/gm, '$1 \\\n    ') },
    {
      name: 'heredoc',
      text: text.includes('<<') ? text : text.replace(/^RUN ([^[\s-][^\n\\]*)$/gm, 'RUN <<SCRIPT\n$1\nSCRIPT'),
    },
  ];
}
