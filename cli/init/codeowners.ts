/** More are no help in a comment. */
const MOST = 10;

/** Users, teams and addresses in a CODEOWNERS file, those of the most patterns first. */
export function ownersIn(text: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of text.slice(0, 200_000).split('\n')) {
    const [, ...words] = line.replace(/#.*/, '').trim().split(/\s+/);
    for (const word of words)
      if (/^@[\w./-]{1,100}$|^[\w.+-]{1,64}@[\w.-]{1,100}$/.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([owner]) => owner);
}
