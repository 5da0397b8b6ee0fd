import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** Arguments that say which version is built or fetched. */
const NAME = /(?:^|_)(?:VERSION|VER|TAG|RELEASE|REF|BRANCH|REVISION|COMMIT)$/i;
/** Names of moving versions. `dev` and `unknown` mark builds without a version. */
const MOVING = /^(?:latest|stable|edge|nightly|rolling|current|lts|lts\/\*|main|master|head|trunk|develop)$/i;

const BRANCH = /^(?:main|master|trunk|develop)$/i;
/** The stream that the image itself is published in, such as `stable` or `beta`. */
const OWN_STREAM = /IMAGE_(?:TAG|STREAM)$/i;

export default defineDockerfileRule({
  id: 'moving-default-version',
  summary: 'A version argument defaults to a moving name',
  policies: ['G3', 'G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['ARG'] },
  since: '2026.11',
  *check(file, _context, build) {
    // Where it selects an image, `latest-tag` and `unpinned-base-image` speak.
    const ofImages = new Set(
      build.images.flatMap(({ reference }) =>
        reference.parts.flatMap(part => (typeof part === 'string' ? [] : [part.name])),
      ),
    );
    const inLabels = new Set(
      [...everyInstruction(file)].flatMap(one =>
        one.kind === 'label' ? one.pairs.flatMap(({ value }) => value.parts.map(partName)) : [],
      ),
    );
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'arg') continue;
      for (const { default: value, name } of instruction.declarations) {
        const text = value?.literal;
        if (text === undefined || !NAME.test(name) || !MOVING.test(text) || ofImages.has(name)) continue;
        if (OWN_STREAM.test(name) && !inLabels.has(name)) continue;
        yield {
          message: `${quoted(name)} defaults to the ${kindOf(text)} ${quoted(text)}`,
          help: `Set a ${kindOf(text) === 'moving version' ? 'version' : 'tag or commit'}, or remove the default and check that the argument is set`,
          span: value!.span,
        };
      }
    }
  },
});

function kindOf(value: string): 'branch' | 'moving ref' | 'moving version' {
  if (/^head$/i.test(value)) return 'moving ref';
  return BRANCH.test(value) ? 'branch' : 'moving version';
}

function partName(part: string | { readonly name: string }): string | undefined {
  return typeof part === 'string' ? undefined : part.name;
}
