import { guesser } from '../../../languages/packer/guess.ts';
import type { Call } from '../../../languages/packer/hcl/ast.ts';
import { eachUseIn } from '../../../languages/packer/names.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';
import { namesInTemplate, templateText } from '../../../languages/packer/template-files.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';

/** How many names of one call are listed. */
const MOST_NAMES = 3;

export default definePackerRule({
  id: 'missing-template-variable',
  summary: 'A `templatefile()` call does not pass a variable of the template file',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    const calls: Call[] = [];
    eachUseIn(tree.file, ({ conditional, context, sheltered, use }) => {
      if (
        use.kind === 'call' &&
        use.name.text === 'templatefile' &&
        context === 'template' &&
        !sheltered &&
        !conditional
      )
        calls.push(use);
    });
    for (const call of calls) {
      const missing = missingIn(call, tree);
      if (missing.length === 0) continue;
      const given = givenTo(call, tree)!;
      const shown = missing.slice(0, MOST_NAMES).map(name => `\`${name}\``);
      const guess = missing.length === 1 ? guesser(given)(missing[0]!) : undefined;
      yield {
        message: `Template ${missing.length === 1 ? 'variable' : 'variables'} ${shown.join(', ')}${missing.length > MOST_NAMES ? ' and others' : ''} ${missing.length === 1 ? 'is' : 'are'} not passed`,
        help: guess === undefined ? 'Add them to the second argument' : `Did you mean \`${guess}\`, which is passed?`,
        span: tree.source.spanOf(call.start, call.end),
      };
    }
  },
});

function missingIn(call: Call, tree: PackerTree): readonly string[] {
  const given = givenTo(call, tree);
  const file = given && tree.module.fileOfCall(call, tree.source)?.text;
  const names = file && namesInTemplate(templateText(file));
  return names ? [...names].filter(name => !given.has(name) && isPlainName(name)) : [];
}

/** The names in the second argument; `undefined` when they are not all known. */
function givenTo({ args }: Call, { module, source }: PackerTree): ReadonlySet<string> | undefined {
  const [, second, ...others] = args;
  if (!second || others.length > 0) return undefined;
  const value = module.read(second, source);
  if (value.kind !== 'object' || !value.complete) return undefined;
  return new Set(value.entries.map(({ key }) => key));
}
