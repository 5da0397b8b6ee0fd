import { makesImage, sourceUses } from '../../../languages/packer/images.ts';
import { valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'environment-named-image',
  summary: 'The image is made for one environment',
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(file) {
    const seen = new Set<string>();
    for (const { source } of sourceUses(file)) {
      if (!makesImage(source)) continue;
      for (const { value } of (source.facts?.names ?? []).flatMap(path => valuesAt(source, path))) {
        const environment = environmentIn(value);
        const place = `${value.span.start} ${value.span.file ?? ''}`;
        if (environment === undefined || seen.has(place)) continue;
        seen.add(place);
        yield {
          message: `\`${environment}\` in its name makes this an image for one environment, so what production runs is not what was tested before.`,
          span: value.span,
        };
      }
    }
  },
});

/** A trial of a developer is no environment: images called `dev` or `test` are made to be thrown away. */
const ENVIRONMENT = /(?:^|[-_ .])(prod|production|stag|staging|uat|preprod|pre-production)(?=$|[-_ .])/i;
const VARIABLE = /^(?:env|environment|environment_name|env_name|deployment_environment|deploy_env)$/i;

/** The word or the variable that names an environment. */
function environmentIn({ raw, references, written }: Evaluated): string | undefined {
  const variable = references.find(({ path, root }) => root === 'var' && VARIABLE.test(path[0] ?? ''));
  if (variable) return variable.name;
  return ENVIRONMENT.exec((raw ?? written.text.replace(/^"|"$/g, '')).slice(0, 300))?.[1];
}
