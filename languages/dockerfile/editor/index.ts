/** What editors can do with Dockerfiles. */

import type { ImageBuild } from '../../../core/build.ts';
import { Day } from '../../../core/day.ts';
import type { LanguageEditor } from '../../../core/editor.ts';
import type { DockerfileTree } from '../tree.ts';
import { completionsAt } from './complete.ts';
import { hoverTextAt } from './hover.ts';
import { foldsOf, outlineOf } from './outline.ts';
import { renamingAt, stageAt, stageNames, usesOfStage } from './stages.ts';
import { variableAt, variableSpans } from './variables.ts';

const treeOf = ({ syntax }: ImageBuild): DockerfileTree => syntax as DockerfileTree;

export const dockerfileEditor: LanguageEditor = {
  outline: build => outlineOf(treeOf(build)),
  folds: build => foldsOf(treeOf(build)),
  definition(build, offset) {
    const tree = treeOf(build);
    const stage = stageAt(tree, offset)?.stage;
    if (stage) return [stage.nameSpan ?? stage.from.lineSpan];
    const declared = variableAt(tree, offset)?.declared;
    return declared ? [declared.nameSpan] : [];
  },
  references(build, offset, withDeclaration) {
    const tree = treeOf(build);
    const stage = stageAt(tree, offset)?.stage;
    if (stage) {
      const declared = withDeclaration ? [stage.nameSpan ?? stage.from.lineSpan] : [];
      return [...declared, ...usesOfStage(tree, stage)];
    }
    const variable = variableAt(tree, offset);
    return variable ? variableSpans(tree, variable.declared, withDeclaration) : [];
  },
  completions: (build, offset) => completionsAt(treeOf(build), offset),
  triggers: ['$', '-', '='],
  renaming: (build, offset) => renamingAt(treeOf(build), offset),
  hover: (build, offset, today) =>
    hoverTextAt(build, treeOf(build), offset, today === undefined ? undefined : new Day(today)),
  foundNames: build => stageNames(treeOf(build)),
};
