import { fix } from '../../../core/finding.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/schema.ts';

export default definePackerRule({
  id: 'undeclared-source',
  summary: 'A build uses a source that nothing declares',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ kind, module, source }) {
    if (kind !== 'template') return;
    const guessAt = guesser(module.sources.map(({ name, type }) => `${type}.${name}`));
    for (const { path, root, span, undeclared } of module.references) {
      if (root !== 'source' || !undeclared || span.file !== undefined) continue;
      const [type = '', name = ''] = path;
      const address = `${type}.${name}`;
      const guess = guessAt(address);
      const at = source.text.slice(span.start, span.end).indexOf(address);
      const start = span.start + at;
      yield {
        message: `No source ${shownName(`${type}-${name}`) === 'this' ? 'of this name' : `\`${address}\``} is declared, so Packer refuses the build.`,
        span,
        fixes: [
          guess === undefined || at < 0
            ? undefined
            : fix('suggested', `Change it to \`${guess}\``, source.replace(start, start + address.length, guess)),
        ],
      };
    }
  },
});
