import type { ImageBuild } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { OptionSpec } from '../../core/options.ts';
import { defineBuildRule, type Rule, type RuleContext, type RuleMeta } from '../../core/rule.ts';
import type { DockerfileTree } from './tree.ts';

/** A rule of Dockerfiles alone, over their own tree. Like {@link defineBuildRule}, with `languages` fixed. */
export function defineDockerfileRule<const S extends OptionSpec = Record<never, never>>(
  rule: Omit<RuleMeta, 'languages' | 'options'> & {
    readonly options?: S;
    check(file: DockerfileTree, context: RuleContext<S>, build: ImageBuild): Iterable<Finding>;
  },
): Rule {
  const { options, check, ...meta } = rule;
  return defineBuildRule<S>({
    ...meta,
    ...(options && { options }),
    languages: ['dockerfile'],
    check: (build, context) => check(build.syntax as DockerfileTree, context, build),
  });
}
