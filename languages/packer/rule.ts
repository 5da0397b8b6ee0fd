import type { ImageBuild } from '../../core/build.ts';
import type { Finding, Fix } from '../../core/finding.ts';
import type { OptionSpec } from '../../core/options.ts';
import { defineBuildRule, type Rule, type RuleContext, type RuleMeta } from '../../core/rule.ts';
import { jsonProblem } from './json/problem.ts';
import type { PackerTree } from './tree.ts';

/**
 * A rule that reads Packer's own tree. `check` is called once for each template and each variables file. A pure function;
 * findings may come in any order. Look at `file.kind` first: `legacy-json` has the module of its translation to HCL, in
 * `variables` it has assignments only. A fix that is HCL where the document is JSON is dropped.
 */
export function definePackerRule<const S extends OptionSpec = Record<never, never>>(
  rule: Omit<RuleMeta<S>, 'languages'> & {
    /** It is about what only HCL has, or is strict about, so that it leaves legacy JSON alone. */
    readonly hclOnly?: true;
    check(file: PackerTree, context: RuleContext<S>, build: ImageBuild): Iterable<Finding>;
  },
): Rule {
  const { check, hclOnly, ...meta } = rule;
  return defineBuildRule<S>({
    ...(meta as unknown as RuleMeta<S>),
    languages: ['packer'],
    check(build, context) {
      const tree = build.syntax as PackerTree;
      if (tree.kind === 'legacy-json' && hclOnly) return [];
      const found = check(tree, context, build);
      return tree.file.hcl.body.json ? withJsonHelp(withJsonFixes(found, tree)) : found;
    },
  });
}

/** Help is written for HCL, where an argument is `name = value`; in JSON it is a member of an object. */
function* withJsonHelp(findings: Iterable<Finding>): Iterable<Finding> {
  for (const finding of findings) {
    const { help } = finding;
    yield help?.includes(' = ') ? { ...finding, help: help.replace(ARGUMENT, '`"$1": $2`') } : finding;
  }
}

/** A value that contains braces is HCL in other ways too. */
const ARGUMENT = /`([a-z_]{1,60}) = ([^`{]{1,80})`/g;

/** How many characters are read at most to try fixes of one rule; further ones are dropped. */
const MOST_READ = 5_000_000;

/** The findings with only those of their fixes that leave a JSON document readable. */
function* withJsonFixes(findings: Iterable<Finding>, { kind, source: { text } }: PackerTree): Iterable<Finding> {
  const hasNoHcl = kind === 'legacy-json';
  let left = MOST_READ;
  for (const finding of findings) {
    if (!finding.fixes) yield finding;
    else
      yield {
        ...finding,
        fixes: finding.fixes.filter(
          one => one && (left -= text.length) > 0 && keepsJson(one, text) && !(hasNoHcl && writesHcl(one)),
        ),
      };
  }
}

/** Strings of the format before Packer 1.7 have no `${ }`. */
const writesHcl = ({ edits }: Fix): boolean => edits.some(({ newText }) => newText.includes('${'));

function keepsJson({ edits }: Fix, text: string): boolean {
  let changed = text;
  const backwards = [...edits].sort((a, b) => b.span.start - a.span.start);
  for (const { newText, span } of backwards) {
    if (span.file !== undefined) return false;
    changed = changed.slice(0, span.start) + newText + changed.slice(span.end);
  }
  return jsonProblem(changed) === undefined;
}
