import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** Arguments that say which version is built or fetched. */
const NAME = /(?:^|_)(?:VERSION|VER|TAG|RELEASE|REF|BRANCH|REVISION|COMMIT)$/i;
/** Names of moving versions. `dev` and `unknown` mark builds without a version. */
const MOVING = /^(?:latest|stable|edge|nightly|rolling|current|lts|lts\/\*|main|master|head|trunk|develop)$/i;

export default defineDockerfileRule({
  id: 'moving-default-version',
  summary: 'The default of a version argument is a moving name',
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
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'arg') continue;
      for (const { default: value, name } of instruction.declarations) {
        const text = value?.literal;
        if (text === undefined || !NAME.test(name) || !MOVING.test(text) || ofImages.has(name)) continue;
        yield {
          message: `${quoted(name)} defaults to the moving version ${quoted(text)}`,
          help: 'Set a version, or remove the default and check that the argument is set',
          span: value!.span,
        };
      }
    }
  },
});
