/** What comes before the name of a file on its line: a command that writes the file? */

/** Whether a text has the name of a file after something on its line; a short name may be any word. */
export function followsOnLine(name: string, text: string, what: RegExp): boolean {
  if (name.length < 4) return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (what.test(text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 200), at))) return true;
  return false;
}

/** What is in front of a file that a command writes. */
export const WRITES =
  /(?:>|\btee(?: -a)?|\b(?:cp|mv|curl|wget|touch)\b[^|;&>]{1,150})[ \t]{0,4}["']?[\w./${}-]{0,100}$/;
