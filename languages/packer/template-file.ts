/** Text that `templatefile` fills in. https://developer.hashicorp.com/packer/docs/templates/hcl_templates/expressions#string-templates */
import { Decoder, type SourceText, UNRESOLVED } from '../../core/text.ts';

/** What is longer between braces is text. In UTF-16 code units. */
const LONGEST_SEQUENCE = 500;

/** The text with `${…}` as a `UNRESOLVED` each and without `%{…}`, the lines of both branches of a condition among it. */
export function filledIn(template: SourceText): SourceText {
  const { text } = template;
  const decoder = new Decoder(template);
  let from = 0;
  for (const { index } of text.matchAll(/[$%]\{/g)) {
    if (index < from) continue;
    if (text[index - 1] === text[index]) {
      // `$${` is `${`.
      decoder.verbatim(from, index);
      from = index + 1;
      continue;
    }
    const end = closingBrace(text, index + 2);
    if (end === undefined) continue;
    decoder.verbatim(from, index).as(text[index] === '$' ? UNRESOLVED : '', index, end);
    from = end;
  }
  return from === 0 ? template : decoder.verbatim(from, text.length).done();
}

/** Behind the brace that closes the one in front of `from`. */
function closingBrace(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < Math.min(text.length, from + LONGEST_SEQUENCE); at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}
