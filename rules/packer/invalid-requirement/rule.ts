import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { pluginAt } from '../../../languages/packer/components/table.ts';
import { rangeOf } from '../../../languages/packer/components/versions.ts';
import { insertEntry } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated, PackerPlugin, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'invalid-requirement',
  summary: 'A version constraint or plugin address is invalid or missing',
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
    for (const plugin of requiredPlugins) {
      const { source, version } = plugin;
      yield* entryProblems(plugin, tree);
      if (version && plugin.value.kind !== 'string') yield* versionProblem(version, tree);
      if (source) yield* sourceProblem(source, tree);
    }
  },
});

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/packer#specifying-plugin-requirements */
function* entryProblems({ name, nameSpan, value }: PackerPlugin, tree: PackerTree): Iterable<Finding> {
  if (value.source !== tree.source) return;
  if (value.kind === 'string') {
    yield {
      message: `Requirement of plugin ${quoted(name, 30)} is not an object`,
      help: 'Write `{ version = "…", source = "…" }`',
      span: value.span,
    };
    return;
  }
  if (value.kind !== 'object' || !value.complete) return;
  const [version, source] = [value.entry('version'), value.entry('source')];
  const missing = [...(version ? [] : ['version']), ...(source ? [] : ['source'])];
  const misspelled = new Set<string>();
  for (const { key, keySpan } of value.entries) {
    if (key === 'version' || key === 'source') continue;
    const guess = nearest(key, missing);
    if (guess !== undefined) misspelled.add(guess);
    yield {
      message: `Unknown key${/^[\w-]{1,30}$/.test(key) ? ` ${quoted(key)}` : ''} in a plugin requirement`,
      help: guess === undefined ? 'Packer takes `version` and `source`' : `Did you mean \`${guess}\`?`,
      span: keySpan,
    };
  }
  if (!version && !misspelled.has('version'))
    yield {
      message: `Plugin ${quoted(name, 40)} has no version constraint`,
      help: 'Add one, such as `version = "~> 1.0"`',
      span: upTo(nameSpan, source?.span),
      fixes: [currentFix(value)],
    };
  if (!source && !misspelled.has('source'))
    yield {
      message: `Plugin ${quoted(name, 40)} has no address`,
      help: 'Add one, such as `source = "github.com/hashicorp/amazon"`',
      span: upTo(nameSpan, version?.span),
    };
}

/** Allows the version of the plugin that is known from the day of the data, and later ones of its major version. */
function currentFix(value: Evaluated): Fix | undefined {
  const plugin = pluginAt(value.entry('source')?.value.text ?? '');
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})\.\d{1,4}$/.exec(plugin?.version ?? '') ?? [];
  if (!plugin || plugin.incomplete || major === undefined) return undefined;
  const constraint = `"~> ${major}.${minor}"`;
  const edits = insertEntry(value, 'version', constraint);
  return edits && fix('suggested', `Add \`version = ${constraint}\` (newest as of ${plugin.date})`, ...edits);
}

/** From the name to the address that has no version beside it. */
function upTo(name: Span, source: Span | undefined): Span {
  return source && source.start > name.start && source.file === name.file ? { ...name, end: source.end } : name;
}

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
