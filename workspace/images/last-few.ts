/** Answers about whole texts that several files are read with. */

/** Texts that are kept, and characters of all of them. */
const MOST = 32;
const LONGEST = 2_000_000;

/** The function, with the answers to the last texts kept. A function of the text alone. */
export function lastFew<V>(compute: (text: string) => V): (text: string) => V {
  const answers = new Map<string, V>();
  let length = 0;
  return text => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = compute(text);
    if (answers.size >= MOST || length + text.length > LONGEST) {
      answers.clear();
      length = 0;
    }
    length += text.length;
    answers.set(text, answer);
    return answer;
  };
}
