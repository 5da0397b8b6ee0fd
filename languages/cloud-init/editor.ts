/** What editors can do with cloud-init files. */
import type { ImageBuild } from '../../core/build.ts';
import type { FoundName, HoverText, LanguageEditor, OutlineItem } from '../../core/editor.ts';
import { completionsAt } from './editor/complete.ts';
import { keyText } from './editor/texts.ts';
import { keyAt, type OutlineEntry, outlineOf } from './key-info.ts';
import { asMap, asScalar, get, itemsOf, textOf } from './nodes.ts';
import type { CloudInitTree } from './tree.ts';

const treeOf = ({ syntax }: ImageBuild): CloudInitTree => syntax as CloudInitTree;

export const cloudInitEditor: LanguageEditor = {
  outline: build => outlineItems(treeOf(build)),
  hover: (build, offset) => hoverTextAt(partAt(treeOf(build), offset), offset),
  completions: (build, offset) => completionsAt(partAt(treeOf(build), offset), build.source.text, offset),
  foundNames: build => foundNames(treeOf(build)),
};

/** The part of a message that an offset is in, where it is written as it is read; else the document. */
function partAt(tree: CloudInitTree, offset: number): CloudInitTree {
  if (tree.form !== 'mime') return tree;
  const part = tree.parts.find(({ span: { start, end } }) => start <= offset && offset <= end);
  if (!part?.tree || !part.content) return tree;
  const { start, end } = part.content.spanOf(0, part.content.text.length);
  const isPlain = tree.source.text.slice(start, end) === part.content.text;
  return isPlain && start <= offset ? partAt(part.tree, offset) : tree;
}

/** The keys of a document, or the parts of a message with theirs. */
function outlineItems(tree: CloudInitTree): readonly OutlineItem[] {
  if (tree.form !== 'mime') return outlineOf(tree).map(itemOf);
  return tree.parts.map(({ filename, span, tree: inside, type, typeSpan }) => ({
    name: filename ?? type ?? 'part',
    ...(filename !== undefined && type !== undefined ? { detail: type } : {}),
    kind: 'module' as const,
    span,
    nameSpan: typeSpan && span.start <= typeSpan.start && typeSpan.end <= span.end ? typeSpan : span,
    children: inside ? outlineItems(inside) : [],
  }));
}

/** The keys of a document, the accounts that it makes and the files that it writes. */
function foundNames({ document, form, root }: CloudInitTree): readonly FoundName[] {
  const keys = asMap(document)?.entries.flatMap(({ key, name }) =>
    name === undefined ? [] : { name, detail: form, kind: 'key' as const, span: key.span },
  );
  const named = (list: string, key: string, detail: string): readonly FoundName[] =>
    itemsOf(get(root, list)).flatMap(item => {
      const node = asScalar(item) ?? asScalar(get(item, key));
      const name = textOf(node);
      return node && name ? { name, detail, kind: 'object' as const, span: node.span } : [];
    });
  return [...(keys ?? []), ...named('users', 'name', 'account'), ...named('write_files', 'path', 'file')];
}

function itemOf({ name, detail, entry, children }: OutlineEntry): OutlineItem {
  return {
    name,
    ...(detail === '' ? {} : { detail }),
    kind: 'key',
    span: entry.span,
    nameSpan: entry.key.span,
    children: children.map(itemOf),
  };
}

function hoverTextAt(tree: CloudInitTree, offset: number): HoverText | undefined {
  const found = keyAt(tree, offset);
  return found && { span: found.span, markdown: keyText(found.info) };
}
