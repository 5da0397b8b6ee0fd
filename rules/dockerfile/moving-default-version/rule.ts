import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** Arguments that say which version is built or fetched. */
const NAME = /(?:^|_)(?:VERSION|VER|TAG|RELEASE|REF|BRANCH|REVISION|COMMIT)$/i;
/** Names that mean another version tomorrow. `dev` and `unknown` say that there is none. */
const MOVING = /^(?:latest|stable|edge|nightly|rolling|current|lts|lts\/\*|main|master|head|trunk|develop)$/i;

export default defineDockerfileRule({
  id: 'moving-default-version',
  summary: 'The default of a version argument means another version tomorrow',
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
          message: `${quoted(name)} is ${quoted(text)} unless the caller sets it`,
          help: 'Name a version, or leave the default out and check that it is set',
          span: value!.span,
        };
      }
    }
  },
});
