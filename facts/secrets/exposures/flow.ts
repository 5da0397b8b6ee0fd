/** Where the value of a variable goes: from ARG or a Packer variable into settings and commands. */
import type { ImageBuild, Step, Value } from '../../../core/build.ts';
import type { Related } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import type { Script } from '../../../core/script.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { Exposure } from './exposure.ts';

/** How many uses of a variable are reported; more say nothing new. */
const MOST = 3;

/** The places that use each variable, by its bare name, at most {@link MOST} each. */
const usesIn: (build: ImageBuild) => ReadonlyMap<string, readonly Related[]> = memo(build => {
  const uses = new Map<string, Related[]>();
  const add = (name: string, use: Related) => {
    const bare = name.replace(/^var\./, '');
    const list = uses.get(bare);
    if (!list) uses.set(bare, [use]);
    else if (list.length < MOST) list.push(use);
  };
  for (const stage of build.stages)
    for (const step of stage.steps) {
      for (const value of valuesOf(step))
        for (const part of value.parts)
          if (typeof part !== 'string') add(part.name, { message: destinationOf(step), span: part.span });
      if ((step.kind === 'run' || step.kind === 'write-file') && step.script)
        for (const { name, word } of expansionsOf(step.script))
          add(name, { message: 'Used by this command', span: step.script.spanOf(word) });
    }
  return uses;
});

function valuesOf(step: Step): readonly Value[] {
  switch (step.kind) {
    case 'env':
    case 'label':
    case 'credential':
      return [step.value];
    case 'fetch':
      return [step.url];
    case 'run':
      return step.argv ?? [];
    default:
      return [];
  }
}

function destinationOf(step: Step): string {
  switch (step.kind) {
    case 'env':
      return step.scope === 'image' ? 'Set as an image variable here' : 'Passed to a provisioner here';
    case 'label':
      return 'Set as an image label here';
    case 'credential':
      return 'Used as a credential here';
    default:
      return 'Used here';
  }
}

/** The variables that a script's words expand, and the words. */
export function* expansionsOf(script: Script): Generator<{ readonly name: string; readonly word: Word }> {
  for (const { words, assignments, redirects } of script.commands)
    for (const word of [...words, ...assignments.map(({ value }) => value), ...redirects.map(({ target }) => target)])
      for (const { name } of word?.expansions ?? []) if (name !== undefined) yield { name, word: word! };
}

/** Where the value of an argument or variable goes, as related places of a finding about its default. */
export function destinationsOf({ site, name }: Exposure, build: ImageBuild): readonly Related[] {
  if (name === undefined || (site.kind !== 'argument' && site.kind !== 'variable' && site.kind !== 'login')) return [];
  return usesIn(build).get(name) ?? [];
}
