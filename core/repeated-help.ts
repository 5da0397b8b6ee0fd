/** Help that repeats the title of a fix. */

const EDIT =
  /^(?:Write|Use|Set|Set it to|Change it to|Change to|Rename it to|Replace it with|Insert|Add|Write a string:|Did you mean) (`[^`]+`)\??$/;

/** Whether a fix's title says all that a help says: "Write `udp`" and "Change it to `udp`". */
export function saysSame(help: string, title: string): boolean {
  const code = EDIT.exec(help)?.[1];
  return help === title || (code !== undefined && code === EDIT.exec(title)?.[1]);
}
