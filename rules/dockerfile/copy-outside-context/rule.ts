import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'copy-outside-context',
  summary: 'A source of `COPY` or `ADD` is outside the build context',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  *check(file): Iterable<Finding> {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
      // From another stage or image, `..` ends at its root, too, but there is only one file system to mean.
      if (instruction.origin.kind !== 'context') continue;
      for (const { literal, source } of instruction.sources) {
        if (literal === undefined || /^[a-z][\w+.-]{0,20}:\/\/|^git@/i.test(literal)) continue;
        const inside = withinContext(literal);
        if (inside === undefined) continue;
        // The author has seen that BuildKit drops what leads out.
        if (typeof file.contextFile(inside) === 'string') continue;
        yield {
          message: `${quoted(literal)} is outside of the build context`,
          help: `Write ${quoted(inside, 25)}, and build with the directory that contains it as the context`,
          span: source.span,
        };
      }
    }
  },
});

/** What the builder makes of a path that leaves the context; `undefined` for one that stays in it. */
function withinContext(path: string): string | undefined {
  const kept: string[] = [];
  let leaves = false;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.pop() === undefined) leaves = true;
  }
  return leaves ? kept.join('/') || '.' : undefined;
}
