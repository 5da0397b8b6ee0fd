import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { EnvInstruction, LabelInstruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'legacy-key-value',
  summary: '`ENV` or `LABEL` separates name and value with a space',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['ENV', 'LABEL'] },
  since: '2026.11',
  aliases: ['buildkit:LegacyKeyValueFormat', 'tally:buildkit/LegacyKeyValueFormat'],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if ((instruction.kind !== 'env' && instruction.kind !== 'label') || !instruction.legacy) continue;
      const { keyword, rest, pairs } = instruction;
      const name = /^\S+/.exec(rest.text)?.[0] ?? '';
      // `A = b` is a mistake rather than the legacy form: `space-before-equals` reports it.
      if (pairs.length === 0 || /^\S+\s+=/.test(rest.text)) continue;
      yield {
        message: `\`${keyword} ${shown(name)}\` uses the legacy form without \`=\``,
        help: `Write \`${shown(name)}=…\`${/\s\S+\s/.test(rest.text) ? ', and quote the value' : ''}`,
        span: pairs[0]!.keySpan,
        fixes: [fix('safe', `Change it to \`${shown(name)}=…\``, ...withEquals(instruction, name.length, file.escape))],
      };
    }
  },
});

const shown = (name: string): string => (/^[\w.-]{1,60}$/.test(name) ? name : 'NAME');

/** The edits; none when the value cannot be quoted without a change. */
function withEquals({ rest }: EnvInstruction | LabelInstruction, nameEnd: number, mark: string) {
  const { text } = rest;
  let start = nameEnd;
  while (/\s/.test(text[start] ?? '')) start++;
  const value = text.slice(start);
  const between = rest.replace(nameEnd, start, '=');
  if (!/\s/.test(value)) return [between];
  // One pair of quotes around the whole value already keeps the spaces together.
  if (/^"[^"]*"$|^'[^']*'$/.test(value) && !value.includes(mark)) return [between];
  if (/["']/.test(value) || value.includes(mark)) return [undefined];
  return [rest.replace(nameEnd, start, '="'), rest.insert(text.length, '"')];
}
