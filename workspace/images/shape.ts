/** What files that were copied for another environment have in common. */
import { isEnvironment, withoutEnvironment } from '../../facts/environments.ts';

/** Files with fewer lines are alike by chance. */
const FEWEST_LINES = 5;
const LONGEST = 200_000;
/** `t3.large`, `Standard_D4s_v3`: sizes are words and numbers. */
const SIZE = /\b(?:nano|micro|small|medium|large|xlarge)\b/g;

const namesEnvironment = (path: string): boolean =>
  [...path.matchAll(/[A-Za-z]+/g)].some(([word]) => isEnvironment(word));

/** The text without what environments differ in, as a hash. `undefined` where the path names no environment, and for short files. */
export function shapeOf(path: string, text: string): string | undefined {
  if (text.length > LONGEST || !namesEnvironment(path)) return undefined;
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(?:#|\/\/)(?!cloud-config|!)/.test(line));
  if (lines.length < FEWEST_LINES) return undefined;
  return hash(
    withoutEnvironment(lines.join('\n'))
      .replace(/\d{1,20}/g, '0')
      .replace(SIZE, '0'),
  );
}

/** Two 32-bit hashes of a text: enough to tell some thousand files apart. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + (b >>> 13);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${text.length.toString(36)}`;
}
