/**
 * The same string apart from the text that it was cut from. V8 makes a part of a string point into the whole, so that a
 * word that is kept for long would keep its document.
 */
export function copied(part: string): string {
  return ` ${part}`.slice(1);
}
