import { eachUseIn, type NamedUse, ROOTS, rootOf } from '../../../languages/packer/names.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';

export default definePackerRule({
  id: 'computed-default',
  summary: 'The default of a variable is not a constant',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check({ file, source }) {
    const found: NamedUse[] = [];
    eachUseIn(file, use => (use.context === 'default' || use.context === 'constant') && found.push(use));
    for (const { attribute, context, use } of found) {
      const inDefault = context === 'default';
      if (use.kind === 'call') {
        // `env-outside-default` reports it where it is not allowed.
        if (use.name.text === 'env') continue;
        const name = use.name.text.length > 30 ? 'A function' : `\`${use.name.text}()\``;
        yield {
          message: `${name} is called in ${inDefault ? 'the default of a variable' : 'a variables file'}`,
          help: inDefault ? 'Compute the value in `locals`; a default may only call `env()`' : IN_FILE,
          span: source.spanOf(use.name.start, use.name.end),
        };
        continue;
      }
      const root = rootOf(use);
      // `unknown-reference` reports other first names.
      if (!root || !ROOTS.has(root.name)) continue;
      const shown = shownName(source.text.slice(use.start, use.end), 'another value');
      yield {
        message: inDefault
          ? `Variable default refers to ${shown}`
          : `Value of ${shownName(attribute.name.text, 'a variable')} refers to ${shown}`,
        help: inDefault ? 'Compute the value in `locals`; a default must be constant' : IN_FILE,
        span: source.spanOf(use.start, use.end),
      };
    }
  },
});

const IN_FILE = 'Write a constant, or compute the value in `locals` of the template';
