import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { offsetIn } from '../../../languages/cloud-init/edits.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlNode } from '../../../languages/cloud-init/tree.ts';

/** In shorter words another letter makes another word: `dsa` is not a typo of `rsa`. */
const SHORTEST_TYPO = 4;

export default defineCloudInitRule({
  id: 'unknown-value',
  summary: 'A value is not valid for its key',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    for (const { kind, ...issue } of schemaIssues(tree)) {
      if (kind !== 'unknown-value') continue;
      const { node, path, read, takes, values } = issue as Extract<
        ReturnType<typeof schemaIssues>[number],
        { kind: 'unknown-value' }
      >;
      if (node.kind === 'seq' && node.items.length === 0 && path.length === 1 && isSaidToOverride(node, tree)) continue;
      const removed = removedModule(node, path[0]);
      if (removed) {
        yield removed;
        continue;
      }
      const close =
        node.kind === 'scalar' && node.text.text.length >= SHORTEST_TYPO ? nearest(node.text.text, values) : undefined;
      yield {
        message: messageFor(node, quoted(pathText(path)), takes),
        help: helpFor(node, takes, path),
        span: node.span,
        // Only the schema refuses it.
        ...(read !== undefined && { severity: 'info' as const }),
        // Nothing of the file is applied.
        ...(/^(?:(?:autoinstall\.)?version|config\.\d+\.type)$/.test(path.join('.')) && { severity: 'error' as const }),
        fixes: [
          node.kind === 'scalar' && close !== undefined
            ? fix('suggested', `Write \`${close}\``, node.text.replace(0, node.text.text.length, close))
            : undefined,
        ],
      };
    }
  },
});

/** How many lines before a value may say what it is for. */
const MOST_LINES = 10;
const OVERRIDES = /\b(?:overrid(?:es?|den|ing)|vendor[ _-]?data)\b/i;

/**
 * Whether the comment before a list says that it is empty to override another one: user-data is merged over vendor-data, and only
 * the schema refuses it.
 */
function isSaidToOverride({ span }: YamlNode, { comments, source }: CloudInitTree): boolean {
  const lineOf = (offset: number): number => source.text.slice(0, offsetIn(source, offset)).split('\n').length;
  let line = lineOf(span.start);
  const first = line - MOST_LINES;
  for (const comment of comments.filter(one => one.span.start < span.start).toReversed()) {
    const at = lineOf(comment.span.start);
    if (at < line - 1 || at < first) return false;
    if (OVERRIDES.test(comment.text)) return true;
    line = at;
  }
  return false;
}

/** Modules that cloud-init had, the version without them, and whether it warns about them or just passes over them. */
const REMOVED: Readonly<Record<string, readonly [version: string, severity: 'info' | 'warning']>> = {
  migrator: ['24.1', 'info'],
  rightscale_userdata: ['24.1', 'info'],
  'rightscale-userdata': ['24.1', 'info'],
  refresh_rmc_and_interface: ['23.2', 'warning'],
  reset_rmc: ['23.2', 'warning'],
};

function removedModule(node: YamlNode, key: string | number | undefined): Finding | undefined {
  if (node.kind !== 'scalar' || !/^cloud_(?:init|config|final)_modules$/.test(`${key}`)) return undefined;
  const name = node.text.text;
  const found = Object.hasOwn(REMOVED, name) ? REMOVED[name] : undefined;
  if (!found) return undefined;
  const [version, severity] = found;
  return {
    message: `Module ${quoted(name)} was removed in cloud-init ${version}`,
    help: 'Remove it from the list',
    span: node.span,
    severity,
    // Which version reads the file is not known.
    ...(severity === 'info' && { preset: 'strict' as const }),
  };
}

function messageFor(node: YamlNode, place: string, takes: string): string {
  if (node.kind === 'seq') return node.items.length === 0 ? `${place} is empty` : `Wrong number of items in ${place}`;
  if (node.kind === 'map') return `${place} is an empty mapping`;
  // What may be a secret has other characters, or is longer.
  const value =
    node.kind === 'scalar' && /^(?:[a-z][a-z_-]{0,23}|\$[A-Z_]{1,20}|\d{1,10}[A-Z]?)$/i.test(node.text.text)
      ? quoted(node.text.text)
      : undefined;
  const what = /\bURL\b/.test(takes) ? 'URL' : 'value';
  return value === undefined ? `Invalid ${what} for ${place}` : `${value} is not a valid ${what} for ${place}`;
}

/** Longer lists of values do not fit into a help. */
const LONGEST_HELP = 80;

function helpFor(node: YamlNode, takes: string, path: readonly (string | number)[]): string {
  const { kind } = node;
  if (kind === 'seq' && node.items.length === 0) return `Add an item, or remove ${quoted(pathText(path.slice(-1)))}`;
  const help = `${kind === 'map' ? 'Add' : 'Use'} ${takes}`;
  return help.length > LONGEST_HELP ? "Use one of the values in cloud-init's module reference" : help;
}
