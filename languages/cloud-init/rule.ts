import type { ImageBuild } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { OptionSpec } from '../../core/options.ts';
import { defineBuildRule, type Rule, type RuleContext, type RuleMeta } from '../../core/rule.ts';
import type { CloudInitTree } from './tree.ts';

/**
 * A rule that reads cloud-init's own tree. `check` is called once for each document: the file, each part of a MIME
 * message or archive, autoinstall's `user-data`, and cloud-init inside a Packer template. A pure function; findings may
 * come in any order. Look at `file.form` first: not every document has a `root`, and `other-dialect` is not cloud-init's.
 */
export function defineCloudInitRule<const S extends OptionSpec = Record<never, never>>(
  rule: Omit<RuleMeta<S>, 'languages'> & {
    check(file: CloudInitTree, context: RuleContext<S>, build: ImageBuild): Iterable<Finding>;
  },
): Rule {
  const { check, ...meta } = rule;
  return defineBuildRule<S>({
    ...(meta as unknown as RuleMeta<S>),
    languages: ['cloud-init'],
    check: (build, context) => check(build.syntax as CloudInitTree, context, build),
  });
}
