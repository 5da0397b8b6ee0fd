import { fix } from '../../../core/finding.ts';
import { parentDirectory } from '../../../core/path.ts';
import { namesOf, quoted } from '../../../core/quoted.ts';
import { renameAttribute } from '../../../languages/packer/edits.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';

export default definePackerRule({
  id: 'undeclared-assignment',
  summary: 'A variables file sets an undeclared variable',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { blocks: ['variable', 'variables'] },
  since: '2026.11',
  *check({ file, kind, module }) {
    if (kind !== 'variables' || !module.complete || module.variables.length === 0) return;
    const declared = new Set(module.variables.map(({ name }) => name));
    // What sops keeps beside the values that it encrypts is not for Packer.
    const given = file.top.attributes.filter(
      ({ name }) => name !== 'sops' || !file.source.text.includes('ENC[AES256_GCM,'),
    );
    const isBeside =
      !file.path || module.files.every(({ path = '' }) => parentDirectory(path) === parentDirectory(file.path!));
    const where = isBeside ? 'in this directory' : 'in the templates';
    const undeclared = given.filter(({ name }) => !declared.has(name));
    if (undeclared.length > 1 && undeclared.length === given.length) {
      const names = undeclared.map(({ name }) => name);
      const renamed = declaredIn(names[0]!, declared);
      yield {
        message: names.every(isPlainName)
          ? `${namesOf(names)} are not declared`
          : `${names.length} variables are not declared ${where}`,
        help:
          renamed !== undefined
            ? `Rename them to the declared names, such as ${quoted(renamed)}`
            : isBeside
              ? 'Declare them, or move the file to the templates that do'
              : 'Correct the names, or remove the file',
        span: undeclared[0]!.nameSpan,
      };
      return;
    }
    const taken = new Set(given.map(({ name }) => name));
    const guessAt = guesser([...declared].filter(name => !taken.has(name)));
    for (const attribute of undeclared) {
      const { name, nameSpan } = attribute;
      const guess = guessAt(name);
      const edits = guess === undefined ? undefined : renameAttribute(file.top, attribute, guess);
      yield {
        message: `${isPlainName(name) ? `Variable \`${name}\`` : 'Variable'} is not declared ${where}`,
        help: guess === undefined ? 'Declare it in a template, or remove it' : `Did you mean ${quoted(guess)}?`,
        span: nameSpan,
        fixes: [edits && fix('suggested', `Change it to \`${guess}\``, ...edits)],
      };
    }
  },
});

/** The declared name that a name has after a prefix of its own: `vm_name` for `rocky_vm_name`. */
function declaredIn(name: string, declared: ReadonlySet<string>): string | undefined {
  for (let at = name.indexOf('_'); at >= 0; at = name.indexOf('_', at + 1)) {
    const rest = name.slice(at + 1);
    if (declared.has(rest) && isPlainName(rest)) return rest;
  }
  return undefined;
}
