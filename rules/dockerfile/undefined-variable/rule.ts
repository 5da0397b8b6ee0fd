import { type Finding, fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { nearest } from '../../../core/nearest.ts';
import { isBare } from '../../../languages/dockerfile/bare-base.ts';
import { lineInFrontOf, rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { expandedValues, plainForm } from '../../../languages/dockerfile/references.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { PLATFORM_ARGUMENTS } from '../../../languages/dockerfile/scope.ts';
import type { DockerfileTree, DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';

/** For how many names of a stage a similar one is looked for; it bounds the cost of long files. */
const MOST_GUESSES = 30;

/** Longer names are no names. */
const LONGEST_NAME = 60;

export default defineDockerfileRule({
  id: 'undefined-variable',
  summary: 'An instruction uses a variable that nothing sets',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['buildkit:UndefinedVar', 'tally:buildkit/UndefinedVar', 'sonar:S6579', 'sonar:S6581'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const stage of file.stages) {
      // Once for each stage: one declaration answers them all.
      const seen = new Set<string>();
      for (const instruction of stage.instructions) yield* undefinedIn(file, stage, instruction, seen);
    }
  },
});

function* undefinedIn(
  file: DockerfileTree,
  stage: DockerStage,
  instruction: Instruction,
  seen: Set<string>,
): Iterable<Finding> {
  const { environment } = instruction;
  const values = expandedValues(instruction);
  if (!values.some(({ parts }) => parts.some(part => typeof part !== 'string'))) return;
  // `X=$X:more` adds to what may be there, and names beside it in one ENV are the matter of another rule.
  const own = new Set(
    instruction.kind === 'env'
      ? instruction.pairs.map(({ key }) => key)
      : instruction.kind === 'arg'
        ? instruction.declarations.map(one => one.name)
        : [],
  );
  for (const { parts } of values)
    for (const part of parts) {
      if (typeof part === 'string' || own.has(part.name) || environment.get(part.name)) continue;
      const { name, span } = part;
      const form = plainForm(part, file.source.text);
      // Some tokens begin with a dollar sign; nobody calls a variable like that.
      if (!form || seen.has(name) || name.length > LONGEST_NAME) continue;
      seen.add(name);
      const declared = declarations(file);
      const known = environment.closed || isBare(stage);
      const declare = fix(
        'suggested',
        `Declare it with \`ARG ${name}\``,
        lineInFrontOf(file, instruction, `ARG ${name}`),
      );
      let message: string | undefined;
      if (PLATFORM_ARGUMENTS.includes(name))
        message = `The builder sets \`${name}\` only in stages that say \`ARG ${name}\`, so it is empty here.`;
      else if (declared.before.has(name))
        message = `\`${name}\` is declared before the first FROM, which stages do not see without an \`ARG ${name}\` of their own, so it is empty here.`;
      else if (declared.inStages.has(name) && (known || declared.inStages.get(name) === 'arg'))
        message = `\`${name}\` is declared further down or in another stage, so it is empty here.`;
      if (message !== undefined) {
        yield { message, span, fixes: [declare] };
        continue;
      }
      const guess = seen.size > MOST_GUESSES ? undefined : nearest(name, environment.names());
      const slip = guess !== undefined && isSlip(name, guess);
      if (!known && !slip) continue;
      yield {
        message:
          name === 'HOME'
            ? '`HOME` is set for commands and not for the builder, so it is empty here.'
            : `Nothing sets \`${name}\`, so it is empty here.`,
        span,
        fixes: [
          guess === undefined
            ? undefined
            : fix('suggested', `Change it to \`${guess}\``, rewritten(file, span, form(guess))),
        ],
      };
    }
}

interface Declarations {
  readonly before: ReadonlySet<string>;
  readonly inStages: ReadonlyMap<string, 'arg' | 'env'>;
}
const declarations: (file: DockerfileTree) => Declarations = memo(file => {
  const before = new Set<string>();
  const inStages = new Map<string, 'arg' | 'env'>();
  for (const instruction of file.instructions) {
    if (instruction.kind === 'arg')
      for (const { name } of instruction.declarations) {
        if (instruction.stage) inStages.set(name, 'arg');
        else before.add(name);
      }
    else if (instruction.kind === 'env')
      for (const { key } of instruction.pairs) if (!inStages.has(key)) inStages.set(key, 'env');
  }
  return { before, inStages };
});

/** Whether the other name is so close that the base image hardly has one of its own in between. */
function isSlip(name: string, guess: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/_/g, '');
  return name.length >= 5 && (plain(name) === plain(guess) || (name.length >= 8 && name.length === guess.length));
}
