import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

/** Strings that are not addresses: a type or a name alone. */
function* partial(build: PackerBlock, addresses: readonly string[]): Iterable<Finding> {
  const listed = build.attribute('sources')?.value.items ?? [];
  const labels = build.blocks('source').flatMap(({ dynamic, labels: [label] }) => (label && !dynamic ? [label] : []));
  for (const { span, text } of [...listed, ...labels]) {
    if (text === undefined || !/^[\w-]{1,60}$/.test(text)) continue;
    const meant = addresses.filter(address => address.split('.').includes(text));
    yield {
      message: `${quoted(text)} is not the address of a source`,
      help: meant.length === 1 ? `Did you mean ${quoted(`source.${meant[0]}`)}?` : 'Write `source.TYPE.NAME`',
      span,
    };
  }
}

export default definePackerRule({
  id: 'undeclared-source',
  summary: 'A build uses a source that is not declared',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check({ kind, module, source }) {
    if (kind !== 'template') return;
    const addresses = module.sources.map(({ name, type }) => `${type}.${name}`);
    const guessAt = guesser(addresses);
    for (const { block } of module.builds) if (block.source === source) yield* partial(block, addresses);
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
