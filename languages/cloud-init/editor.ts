/** What editors can do with cloud-init files. */
import type { ImageBuild } from '../../core/build.ts';
import type { Completion, FoundName, HoverText, LanguageEditor, OutlineItem } from '../../core/editor.ts';
import { leavesKeyOut } from './installer.ts';
import { type KeyInfo, keyAt, keyInfo, keysAt, type OutlineEntry, outlineOf, schemaOf } from './key-info.ts';
import { asMap, asScalar, get, itemsOf, textOf } from './nodes.ts';
import type { CloudInitTree } from './tree.ts';

const treeOf = ({ syntax }: ImageBuild): CloudInitTree => syntax as CloudInitTree;

export const cloudInitEditor: LanguageEditor = {
  outline: build => outlineOf(treeOf(build)).map(itemOf),
  hover: (build, offset) => hoverTextAt(treeOf(build), offset),
  completions: (build, offset) => completionsAt(treeOf(build), build.source.text, offset),
  foundNames: build => foundNames(treeOf(build)),
};

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
  return found && { span: found.entry.key.span, markdown: keyText(found.info) };
}

/** A key in Markdown: its type, what it does, since when, and its page. */
function keyText({ path, type, description, since, deprecated, link }: KeyInfo): string {
  const name = path.at(-1)!;
  // The type names the values, where there are only some.
  const lines = [type === 'anything' ? `\`${name}\`` : `\`${name}\`: ${type}`];
  if (description !== undefined) lines.push(description);
  if (since !== undefined) lines.push(`Since cloud-init ${since}.`);
  if (deprecated) lines.push(`Deprecated since cloud-init ${deprecated.since}. Use ${deprecated.instead}.`);
  if (link !== undefined) lines.push(`[Documentation](${link})`);
  return lines.join('\n\n');
}

/** A key that is being typed, alone on its line or behind dashes. */
const KEY = /^( *(?:- +){0,5})([\w-]*)$/;
/** A value that is being typed. */
const VALUE = /^( *(?:- +){0,5})([\w-]+): +([\w-]*)$/;
const ENTRY = /^( *(?:- +){0,5})([\w-]+):/;

/** The keys that may stand at an offset, or the values of the key before it. */
function completionsAt(tree: CloudInitTree, text: string, offset: number): readonly Completion[] {
  const schema = schemaOf(tree);
  if (!schema) return [];
  const around = leavesKeyOut(tree) ? ['autoinstall'] : [];
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const value = VALUE.exec(before);
  if (value) {
    const path = [...around, ...pathAbove(text, lineStart, value[1]!.length), value[2]!];
    const info = keyInfo(schema, path);
    const replaces = { start: offset - value[3]!.length, end: offset };
    return (info ? valuesOf(info) : []).map(label => ({ label, kind: 'value', snippet: label, replaces }));
  }
  const key = KEY.exec(before);
  if (!key) return [];
  const path = [...around, ...pathAbove(text, lineStart, key[1]!.length)];
  const replaces = { start: offset - key[2]!.length, end: offset };
  const written = /^[\w-]*:/.test(text.slice(offset, offset + 200));
  return keysAt(schema, path).map((label): Completion => {
    const info = keyInfo(schema, [...path, label]);
    return {
      label,
      kind: 'key',
      ...(info ? { detail: info.type, documentation: keyText(info) } : {}),
      snippet: written || !info ? label : `${label}:${indented(info.skeleton, key[1]!)}`,
      replaces,
    };
  });
}

/** Editors give lines that follow the indentation of the first one, without its dashes. */
function indented(skeleton: string, before: string): string {
  return skeleton.replaceAll('\n', `\n${' '.repeat(before.trimStart().length)}`);
}

function valuesOf({ type, values }: KeyInfo): readonly string[] {
  return type.includes('`true` or `false`') ? ['true', 'false', ...values] : values;
}

/** So far is looked up for the keys around a line, in lines. */
const FARTHEST = 5_000;

/** The keys around what stands at a column of a line: each is further left than the one below it. */
function pathAbove(text: string, lineStart: number, column: number): readonly string[] {
  const path: string[] = [];
  let left = column;
  let end = lineStart - 1;
  for (let i = 0; i < FARTHEST && end >= 0 && left > 0; i++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const entry = ENTRY.exec(text.slice(start, Math.min(end, start + 300)));
    if (entry && entry[1]!.length < left) {
      left = entry[1]!.length;
      path.unshift(entry[2]!);
    }
    end = start - 1;
  }
  return path;
}
