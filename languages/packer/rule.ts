import type { ImageBuild } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { OptionSpec } from '../../core/options.ts';
import { defineBuildRule, type Rule, type RuleContext, type RuleMeta } from '../../core/rule.ts';
import type { PackerTree } from './tree.ts';

/**
 * A rule that reads Packer's own tree. `check` is called once for each template and each variables file. A pure function;
 * findings may come in any order. Look at `file.kind` first: of `legacy-json` the module is empty, in `variables` it has
 * assignments only.
 */
export function definePackerRule<const S extends OptionSpec = Record<never, never>>(
  rule: Omit<RuleMeta<S>, 'languages'> & {
    check(file: PackerTree, context: RuleContext<S>, build: ImageBuild): Iterable<Finding>;
  },
): Rule {
  const { check, ...meta } = rule;
  return defineBuildRule<S>({
    ...(meta as unknown as RuleMeta<S>),
    languages: ['packer'],
    check: (build, context) => check(build.syntax as PackerTree, context, build),
  });
}
