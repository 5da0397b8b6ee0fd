import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { choosesEnvironment } from '../../../facts/environments.ts';
import { makesImage, sourceUses } from '../../../languages/packer/images.ts';
import { valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { pathNeeds } from '../../../languages/packer/sources/needs.ts';
import type { Evaluated, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'environment-named-image',
  summary: 'An image is named after an environment',
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: pathNeeds(({ names }) => names),
  since: '2026.11',
  *check(file) {
    const seen = new Set<string>();
    for (const { source } of sourceUses(file)) {
      if (!makesImage(source)) continue;
      for (const { value } of (source.facts?.names ?? []).flatMap(path => valuesAt(source, path))) {
        const environment = environmentIn(value, file);
        const place = `${value.span.start} ${value.span.file ?? ''}`;
        if (environment === undefined || seen.has(place)) continue;
        seen.add(place);
        yield {
          message: `Image name contains the environment ${quoted(environment.name)}`,
          help: 'Build one image for all environments, and configure it at boot',
          span: environment.span,
        };
      }
    }
  },
});

/** Without `test`: images of that name are made to be thrown away. */
const ENVIRONMENT =
  /(?:^|[-_ .])(prod|production|prd|stag|staging|stage|stg|uat|preprod|pre-?production|dev|devel|development|qa|integration|acceptance|sandbox)(?=$|[-_ .])/i;

/** The part of the name or the variable that says the environment. */
function environmentIn(
  { raw, references, span, written }: Evaluated,
  file: PackerTree,
): { name: string; span: Span } | undefined {
  // A local that is all or a part of the name.
  const inLocals = references.flatMap(({ path, root }) =>
    root === 'local' ? (file.module.local(path[0] ?? '')?.value?.references ?? []) : [],
  );
  const variable = [...references, ...inLocals].find(
    ({ path, root }) => root === 'var' && choosesEnvironment(path[0] ?? ''),
  );
  if (variable) return { name: variable.name, span: variable.span };
  const found = ENVIRONMENT.exec((raw ?? written.text.replace(/^"|"$/g, '')).slice(0, 300));
  if (!found) return undefined;
  const name = found[1]!;
  // The value may be that of a local, written elsewhere.
  const at = written.text.indexOf(found[0]);
  const start = at + found[0].length - name.length;
  return { name, span: at < 0 ? span : written.spanOf(start, start + name.length) };
}
