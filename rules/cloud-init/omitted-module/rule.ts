import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { mergedParts } from '../../../languages/cloud-init/merging.ts';
import { type ModuleList, moduleLists, type Unread, unreadKeys } from '../../../languages/cloud-init/modules/stages.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlMap } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'omitted-module',
  summary: 'A list of modules leaves out one that the file needs',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (tree.within !== undefined && tree.within !== 'autoinstall') return;
    const roots = rootsOf(tree);
    const set = roots.map(moduleLists);
    const lists = set.flatMap(one => one.lists);
    // Which one of two counts depends on how they are merged.
    const isOnce = new Set(lists.map(({ stage }) => stage)).size === lists.length;
    if (lists.length === 0 || !isOnce || set.some(({ complete }) => !complete)) return;
    const unread = roots.flatMap(root => unreadKeys(root, lists));
    for (const one of unread) yield unreadKey(one);
    if (unread.some(({ module }) => module === 'scripts_user')) return;
    if (isDropIn(tree)) yield* withoutScripts(lists, 'strict');
    else if (hasScript(tree)) yield* withoutScripts(lists, 'recommended');
  },
});

/** The mappings that become one configuration; none where a template decides what is in them. */
function rootsOf(tree: CloudInitTree): readonly YamlMap[] {
  if (tree.parts.length > 0) return (mergedParts(tree) ?? []).map(({ root }) => root);
  const { root, problems, source } = tree;
  if (!root || !isConfig(tree) || problems.length > 0 || /[{%]%|%\{|\{\{|<%|#@/.test(source.text)) return [];
  return [root];
}

const isDropIn = ({ form, path }: CloudInitTree): boolean =>
  form === 'cloud.cfg' && path !== undefined && !/(?:^|\/)cloud\.cfg(?:\.[\w-]+)?$/.test(path);

/** Whether a part is a script that cloud-init runs once. */
function hasScript({ parts }: CloudInitTree): boolean {
  return parts.some(({ tree }) => tree?.form === 'script' && !/-per-/.test(tree.type ?? ''));
}

function unreadKey({ entry, module, list }: Unread): Finding {
  const { name, key } = list.entry;
  return {
    message: `${quoted(entry.name!)} has no effect: ${quoted(name!)} lacks ${quoted(module)}`,
    help: 'Add it to the list, which replaces that of the image',
    span: entry.key.span,
    related: [{ message: 'This list replaces that of the image', span: key.span }],
  };
}

/** Scripts of user-data do not run, `runcmd` among them. */
function* withoutScripts(lists: readonly ModuleList[], preset: 'recommended' | 'strict'): Iterable<Finding> {
  const final = lists.find(({ stage }) => stage === 'final');
  if (!final || final.modules.size === 0 || lists.some(({ modules }) => modules.has('scripts_user'))) return;
  yield {
    message: `\`cloud_final_modules\` lacks \`scripts_user\`: no script of user-data runs`,
    help: 'Add `scripts_user` to the list, which replaces that of the image',
    span: final.entry.key.span,
    preset,
  };
}
