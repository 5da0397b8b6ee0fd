/** What editors can do with Packer templates. */
import type { ImageBuild } from '../../../core/build.ts';
import type { LanguageEditor } from '../../../core/editor.ts';
import { extractionsOf } from '../application/extraction.ts';
import type { PackerTree } from '../tree.ts';
import { coloredNames } from './colors.ts';
import { completionsAt } from './complete.ts';
import { formatEdits } from './format.ts';
import { hintsOf } from './hints.ts';
import { hoverTextAt, signatureAt } from './hover.ts';
import { declarations, foundNames, nameAt, renamingAt, usesByName, usesOf } from './names.ts';
import { foldsOf, linksOf, outlineOf } from './outline.ts';

const treeOf = ({ syntax }: ImageBuild): PackerTree => syntax as PackerTree;

export const packerEditor: LanguageEditor = {
  outline: build => outlineOf(treeOf(build)),
  folds: build => foldsOf(treeOf(build)),
  links: build => linksOf(treeOf(build)),
  definition(build, offset) {
    const found = nameAt(treeOf(build), offset);
    return found ? [found.declared.nameSpan] : [];
  },
  references(build, offset, withDeclaration) {
    const tree = treeOf(build);
    const found = nameAt(tree, offset);
    if (!found) return [];
    return [...(withDeclaration ? [found.declared.nameSpan] : []), ...usesOf(found.declared, tree)];
  },
  renaming: (build, offset, isUnsaved) => renamingAt(treeOf(build), offset, isUnsaved),
  completions: (build, offset) => completionsAt(treeOf(build), offset),
  triggers: ['.', '"'],
  hover: (build, offset) => hoverTextAt(treeOf(build), offset),
  signature: (build, offset) => signatureAt(treeOf(build), offset),
  format: build => formatEdits(treeOf(build)),
  coloredNames: build => coloredNames(treeOf(build)),
  hints: build => hintsOf(treeOf(build)),
  usedNames(build) {
    const tree = treeOf(build);
    const own = declarations(tree).filter(({ nameSpan }) => nameSpan.file === undefined);
    return [...usesByName(own, tree)].map(([{ nameSpan }, uses]) => ({ nameSpan, uses }));
  },
  foundNames: build => foundNames(treeOf(build)),
  extractions: build => extractionsOf(treeOf(build), build),
};
