import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';

export default definePackerRule({
  id: 'undeclared-source',
  summary: 'A build refers to a source that does not exist',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
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
        message: `${isPlainName(address) ? `Source \`${address}\`` : 'Source'} is not declared`,
        help: guess === undefined ? 'Add a `source` block for it, or remove it' : `Did you mean ${quoted(guess)}?`,
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
