/** Phrases that no engineer writes, and forms that a message does not have. */

/** By the name that a report shows. Only prose is looked at: code in backticks is the file's. */
const PHRASES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['hole', /\bholes?\b/i],
  ['text', /\btexts?\b/i],
  ['blank', /\bblanks?\b(?! lines?\b)/i],
  ['behind', /\bbehind\b/i],
  ['stands', /\b(?:stands?|standing|stood)\b/i],
  ['is no', /\b(?:is|are|be|was|were) no\b(?! longer\b)/i],
  ['refuses', /\brefuse[sd]?\b/i],
  ['gets no signal', /\bgets? no signal\b/i],
  ['ends well', /\bends? well\b/i],
  ['whoever', /\b(?:whoever|(?:every|no|any|some)body)\b/i],
  ['on the way', /\bon the way\b/i],
  ['in silence', /\b(?:in silence|silently lost)\b/i],
  ['whatever', /\bwhatever\b/i],
  ['something else', /\bsomething else\b/i],
  ['tomorrow', /\btomorrow\b/i],
  ['a word', /\b(?:a|easy) words?\b/i],
  ['kept', /\b(?:is|are|stays?|been|be) (?:kept|left)\b/i],
  ['folder', /\bfolders?\b/i],
  ['taken for', /\btaken for\b/i],
  ['did not work', /\bdid not work\b/i],
  ['tell', /\b(?:tells?|told)\b/i],
  ['British', /\b(?:behavior|color|licence|honour|favour|centre|(?:\w+)(?:ali|ni|ori)s(?:e|es|ed|ing|ation))\b/i],
  ['!', /!/],
  ['full stop', /\.$/],
];

/** Messages in which a phrase is right, by a part of them. */
const ALLOWED: readonly (readonly [phrase: string, part: string])[] = [];

/** The names of what should not be in a message, a help, a title or a summary. */
export function markersIn(text: string): string[] {
  const prose = text.replace(/`[^`]*`/g, '`');
  return PHRASES.filter(
    ([name, pattern]) =>
      pattern.test(prose) && !ALLOWED.some(([phrase, part]) => phrase === name && text.includes(part)),
  ).map(([name]) => name);
}
