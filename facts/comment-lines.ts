/** Whether a place in a file is on a line that is a comment, in most formats of configuration files. */
export function isOnCommentLine(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]{0,80}(?:[#;]|\/\/)/.test(text.slice(start, Math.min(at, start + 84)) + text.slice(at, at + 2));
}
