/** Phrases that are hard to understand, and forms that a message does not have. docs/writing-a-rule.md refers to them. */

interface Phrase {
  /** What a report calls it. */
  readonly name: string;
  /** Matched against prose: code in backticks is the file's. */
  readonly pattern: RegExp;
  /** Whether it is wrong only in a message, help, title or summary, and fine in a sentence of a page. */
  readonly inMessagesOnly?: boolean;
}

const PHRASES: readonly Phrase[] = [
  { name: 'hole', pattern: /\bholes?\b/i },
  { name: 'text', pattern: /\btexts?\b/i, inMessagesOnly: true },
  { name: 'blank', pattern: /\bblanks?\b(?! lines?\b)/i },
  { name: 'behind', pattern: /\bbehind\b/i },
  { name: 'stands', pattern: /\b(?:stands?|standing|stood)\b/i },
  { name: 'is no', pattern: /(?<!\bthere )\b(?:is|are|be|was|were) no\b(?! longer\b)/i },
  { name: 'refuses', pattern: /\brefuse[sd]?\b/i },
  { name: 'gets no signal', pattern: /\bgets? no signal\b/i },
  { name: 'ends well', pattern: /\bends? well\b/i },
  { name: 'whoever', pattern: /\b(?:whoever|(?:every|no|any|some)body)\b/i },
  { name: 'on the way', pattern: /\bon the way\b/i },
  { name: 'in silence', pattern: /\b(?:in silence|silently lost)\b/i },
  { name: 'whatever', pattern: /\bwhatever\b/i },
  { name: 'something else', pattern: /\bsomething else\b/i },
  { name: 'tomorrow', pattern: /\btomorrow\b/i },
  { name: 'a word', pattern: /\b(?:a|easy) words?\b/i, inMessagesOnly: true },
  { name: 'kept', pattern: /\b(?:is|are|stays?|been|be) (?:kept|left)\b(?! (?:over|out)\b)/i },
  { name: 'folder', pattern: /(?<!\bworkspace )\bfolders?\b/i },
  { name: 'taken for', pattern: /\btaken for\b/i },
  { name: 'did not work', pattern: /\bdid not work\b/i },
  { name: 'tell', pattern: /\b(?:tells?|told)\b/i },
  {
    name: 'British',
    pattern:
      /\b(?:behaviour|colour|licence|honour|favour|centre|neighbour|armour|\w+(?:ali|ni|ori)s(?:e|es|ed|ing|ation))/i,
  },
  { name: '!', pattern: /!/, inMessagesOnly: true },
  { name: 'full stop', pattern: /\.$/, inMessagesOnly: true },
];

/** Where a phrase is right: by a part of the text around it, and why. */
const ALLOWED: readonly { readonly phrase: string; readonly part: string; readonly reason: string }[] = [];

/** The names of what should not be in a message, a help, a title or a summary. */
export function markersIn(text: string): string[] {
  return found(text.replace(/`[^`]*`/g, '`'), PHRASES);
}

/** The lines of a page's prose that have a phrase which is wrong on a page, each with its number and the names. */
export function markedLines(page: string): string[] {
  const phrases = PHRASES.filter(({ inMessagesOnly }) => !inMessagesOnly);
  return proseOf(page)
    .split('\n')
    .flatMap((line, i) => {
      const names = found(line, phrases);
      return names.length > 0 ? [`${i + 1}: ${names.join(', ')}: ${line.trim()}`] : [];
    });
}

function found(prose: string, phrases: readonly Phrase[]): string[] {
  return phrases
    .filter(({ pattern }) => pattern.test(prose))
    .filter(({ name }) => !ALLOWED.some(({ phrase, part }) => phrase === name && prose.includes(part)))
    .map(({ name }) => name);
}

/** A page without code, comments, and links to rules, whose ids are names; line by line as before. */
function proseOf(page: string): string {
  const lines = (text: string): string => text.replace(/[^\n]/g, '');
  return page
    .replace(/<!--[\s\S]*?-->/g, lines)
    .replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^ *\2`*\s*$/gm, lines)
    .replace(/`[^`]*`/g, code => `\`${lines(code)}`)
    .replace(/\[[a-z0-9-]+\]\([^)\n]*\)|\]\([^)\n]*\)/g, ']');
}
