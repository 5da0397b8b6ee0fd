import { UNRESOLVED } from './text.ts';

/** What a message quotes of a file is at most this long, so that the rest of it can still be read. */
const LONGEST = 40;

/**
 * A name or path of the file for a message: in backticks, on one line, shortened if it is long. Parts that are
 * not known are shown as an ellipsis. Never give it what may be a secret.
 */
export function quoted(text: string, longest = LONGEST): string {
  const line = text.replaceAll(UNRESOLVED, '…').replaceAll('`', "'").replace(/\s+/g, ' ');
  if (line.length <= longest) return `\`${line}\``;
  // The end of a path or an image name says more than its beginning; whole segments are easier to recognize.
  const segments = line.includes('://') ? -1 : line.indexOf('/', line.length - longest + 1);
  if (segments > 0 && segments < line.length - 1) return `\`…${line.slice(segments)}\``;
  const head = Math.floor((longest - 1) / 3);
  return `\`${line.slice(0, head)}…${line.slice(head + 1 - longest)}\``;
}

/** `a`, `b` or `c`: what a value can be, for a help. */
export function eitherOf(values: readonly string[]): string {
  const shown = values.map(value => quoted(value));
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** `a`, `b` and 3 more: what one finding is about. Never give it what may be a secret. */
export function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, names.length > 3 ? 2 : 3).map(name => quoted(name));
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
