import { fix } from '../../../core/finding.ts';
import { renameAttribute } from '../../../languages/packer/edits.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/schema.ts';

export default definePackerRule({
  id: 'undeclared-assignment',
  summary: 'A variables file sets a variable that no template beside it declares',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check({ file, kind, module }) {
    if (kind !== 'variables' || !module.complete || module.variables.length === 0) return;
    const declared = new Set(module.variables.map(({ name }) => name));
    const given = file.top.attributes;
    const strangers = given.filter(({ name }) => !declared.has(name));
    if (strangers.length > 1 && strangers.length === given.length) {
      yield {
        message:
          'None of these variables is declared by the templates of this folder: it is a variables file for another one.',
        span: strangers[0]!.nameSpan,
      };
      return;
    }
    const taken = new Set(given.map(({ name }) => name));
    const guessAt = guesser([...declared].filter(name => !taken.has(name)));
    for (const attribute of strangers) {
      const { name, nameSpan } = attribute;
      const guess = guessAt(name);
      const edits = guess === undefined ? undefined : renameAttribute(file.top, attribute, guess);
      yield {
        message: `No template of this folder declares the variable ${shownName(name) === 'this' ? 'of this name' : shownName(name)}, so the value goes nowhere.`,
        span: nameSpan,
        fixes: [edits && fix('suggested', `Change it to \`${guess}\``, ...edits)],
      };
    }
  },
});
