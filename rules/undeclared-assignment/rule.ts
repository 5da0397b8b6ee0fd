import { fix } from '../../core/finding.ts';
import { nearest } from '../../core/nearest.ts';
import { definePackerRule } from '../../languages/packer/rule.ts';
import { shownName } from '../../languages/packer/schema.ts';

export default definePackerRule({
  id: 'undeclared-assignment',
  summary: 'A variables file sets a variable that no template beside it declares',
  policy: 'G13',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check({ file, kind, module, source }) {
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
    for (const { hcl, name, nameSpan } of strangers) {
      const guess = nearest(
        name,
        [...declared].filter(other => !file.top.attribute(other)),
      );
      yield {
        message: `No template of this folder declares the variable ${shownName(name) === 'this' ? 'of this name' : shownName(name)}, so the value goes nowhere.`,
        span: nameSpan,
        fixes: [
          guess === undefined
            ? undefined
            : fix('suggested', `Change it to \`${guess}\``, source.replace(hcl.name.start, hcl.name.end, guess)),
        ],
      };
    }
  },
});
