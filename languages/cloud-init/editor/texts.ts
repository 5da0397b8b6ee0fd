import type { KeyInfo } from '../key-info.ts';

/** A key in Markdown: its type, what it does, since when, and its page. */
export function keyText({ path, type, description, since, deprecated, link }: KeyInfo): string {
  const name = path.at(-1)!;
  // The type names the values, where there are only some.
  const lines = [type === 'anything' ? `\`${name}\`` : `\`${name}\`: ${type}`];
  if (description !== undefined) lines.push(description);
  if (since !== undefined) lines.push(`Since cloud-init ${since}.`);
  if (deprecated) lines.push(`Deprecated since cloud-init ${deprecated.since}. Use ${deprecated.instead}.`);
  if (link !== undefined) lines.push(`[Documentation](${link})`);
  return lines.join('\n\n');
}
