import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { rangeOf } from '../../../languages/packer/components/versions.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'invalid-requirement',
  summary: 'A version constraint or plugin address is invalid',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['required_plugins'], attributes: ['required_version'] },
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    const { requiredPlugins, requiredVersions } = tree.module;
    for (const { value } of requiredVersions) {
      yield* versionProblem(value, tree);
      if (value.references.length > 0 && value.source === tree.source)
        yield {
          message: '`required_version` is not a constant',
          help: 'Write the versions: references are not available in the `packer` block',
          span: value.span,
        };
    }
    for (const { source, version } of requiredPlugins) {
      if (version) yield* versionProblem(version, tree);
      if (source) yield* sourceProblem(source, tree);
    }
  },
});

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/packer#version-constraint-syntax */
function* versionProblem({ source, span, text }: Evaluated, tree: PackerTree): Iterable<Finding> {
  if (source !== tree.source || text === undefined || rangeOf(text) !== undefined) return;
  yield {
    message: `Invalid version constraint${/^[\w.<>=!~^*, -]{1,40}$/.test(text) ? ` ${quoted(text)}` : ''}`,
    help: helpFor(text),
    span,
  };
}

function helpFor(text: string): string {
  const caret = /^\^\s?(\d{1,6})(?:\.(\d{1,6}))?(?:\.\d{1,6})?$/.exec(text);
  if (caret) return `Write \`~> ${caret[1]}.${caret[2] ?? '0'}\``;
  const wild = /^(>=|~>|=|)\s?(\d{1,6})\.[x*](?:\.[x*])?$/.exec(text);
  if (wild) return `Write \`${wild[1] === '>=' ? '>=' : '~>'} ${wild[2]}.0\``;
  if (/\d\s+[<>=!~]/.test(text)) return 'Separate several constraints with commas: `>= 1.2.0, < 2.0.0`';
  return 'Write a version, such as `>= 1.7.0`';
}

/** https://developer.hashicorp.com/packer/docs/plugins/install#plugin-source-addresses */
function* sourceProblem(value: Evaluated, tree: PackerTree): Iterable<Finding> {
  const { source, span, text, written } = value;
  if (source !== tree.source || text === undefined) return;
  const better = text
    .replace(/^https?:\/\//, '')
    .replace(/\.git$/, '')
    .replace(/\/packer-plugin-(?=[^/]+$)/, '/');
  const parts = better.split('/');
  if (better === text && parts.length >= 3 && parts.every(part => part !== '')) return;
  const whole = parts.length === 2 ? `github.com/${better}` : better;
  const isPlain = /^[\w.-]{1,60}(?:\/[\w.-]{1,60}){2,6}$/.test(whole);
  const edit = isPlain ? written.replace(0, written.text.length, `"${whole}"`) : undefined;
  yield {
    message: 'Invalid plugin address',
    ...(!edit && { help: 'Write host, namespace and name: `github.com/hashicorp/amazon`' }),
    span,
    fixes: [edit && fix('suggested', `Write \`${whole}\``, edit)],
  };
}
