import { type Finding, fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { nearest } from '../../../core/nearest.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Edit, Span } from '../../../core/text.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { isBare } from '../../../languages/dockerfile/bare-base.ts';
import { lineBefore, rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { heredocVariables } from '../../../languages/dockerfile/heredoc-variables.ts';
import { expandedValues, plainForm } from '../../../languages/dockerfile/references.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { PLATFORM_ARGUMENTS } from '../../../languages/dockerfile/scope.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';
import type { DockerfileTree, DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';

/** For how many names of a stage a similar one is searched; it bounds the cost of long files. */
const MOST_GUESSES = 30;

/** Longer names are not variables. */
const LONGEST_NAME = 60;

export default defineDockerfileRule({
  id: 'undefined-variable',
  summary: 'An instruction uses a variable that is not set',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['FROM'] },
  since: '2026.11',
  aliases: ['buildkit:UndefinedVar', 'tally:buildkit/UndefinedVar', 'sonar:S6579', 'sonar:S6581'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const stage of file.stages) {
      // Once for each stage: one declaration fixes all uses.
      const seen = new Set<string>();
      for (const instruction of stage.instructions) {
        if (usesVariables(instruction)) yield* undefinedIn(file, stage, instruction, seen);
        if (instruction.kind === 'copy' || instruction.kind === 'add') yield* undefinedInHeredocs(file, instruction);
      }
    }
  },
});

function usesVariables(instruction: Instruction): boolean {
  return expandedValues(instruction).some(({ parts }) => parts.some(part => typeof part !== 'string'));
}

function* undefinedIn(
  file: DockerfileTree,
  stage: DockerStage,
  instruction: Instruction,
  seen: Set<string>,
): Iterable<Finding> {
  const { environment } = instruction;
  const values = expandedValues(instruction);
  // `X=$X:more` adds to a value that may be there; `variable-of-own-line` is about the other names of one ENV.
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
      // Some tokens begin with a dollar sign; variables do not have such names.
      if (!form || seen.has(name) || name.length > LONGEST_NAME) continue;
      seen.add(name);
      const declared = declarations(file);
      const known = environment.closed || isBare(stage);
      if (!environment.closed && mayInherit(stage, name, MOST_BASES)) continue;
      if (!known && isOfBase(name, stage)) continue;
      const declare = fix('suggested', `Add \`ARG ${name}\``, lineBefore(file, instruction, `ARG ${name}`));
      const later = known || declared.inStages.get(name) === 'arg' ? settingAfter(instruction, stage, name) : undefined;
      if (later && !PLATFORM_ARGUMENTS.includes(name) && !declared.before.has(name)) {
        yield {
          message: `${quoted(name)} is empty here: it is set later in this stage`,
          help: `Move ${quoted(`${later.kind === 'arg' ? 'ARG' : 'ENV'} ${name}`)} above this \`${instruction.keyword}\``,
          span,
          related: [{ message: 'Set here', span: later.lineSpan }],
        };
        continue;
      }
      const elsewhere = PLATFORM_ARGUMENTS.includes(name)
        ? `Platform argument ${quoted(name)} is not declared in this stage`
        : declared.before.has(name)
          ? `${quoted(name)} is declared only before the first \`FROM\`, so it is empty here`
          : declared.inStages.has(name) && (known || declared.inStages.get(name) === 'arg')
            ? `${quoted(name)} is set only in another stage, so it is empty here`
            : undefined;
      if (elsewhere !== undefined) {
        yield { message: elsewhere, help: `Add ${quoted(`ARG ${name}`)} before it`, span, fixes: [declare] };
        continue;
      }
      const guess = seen.size > MOST_GUESSES ? undefined : nearest(name, environment.names());
      const misspelled = guess !== undefined && isMisspelled(name, guess);
      if (!known && !misspelled) continue;
      yield {
        ...(name === 'HOME'
          ? {
              message: `${quoted(file.source.text.slice(span.start, span.end))} in \`${instruction.keyword}\` expands to an empty string`,
              help: `Write the path, such as ${quoted(homePath(file.source.text, span))}; \`HOME\` exists only in \`RUN\``,
            }
          : {
              message: `${quoted(name)} is not set, so it expands to nothing`,
              help:
                guess === undefined ? `Give it a value: ${quoted(`ARG ${name}=…`)}` : `Did you mean ${quoted(guess)}?`,
            }),
        span,
        fixes: [
          guess === undefined
            ? undefined
            : fix('suggested', `Change it to \`${guess}\``, rewritten(file, span, form(guess))),
        ],
      };
    }
}

/** Whether the variable is called after the image that the stage starts from: images of `python` set `PYTHON_VERSION`. */
function isOfBase(name: string, stage: DockerStage): boolean {
  const base = rootOf(stage)?.stage.base;
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  const image = text === undefined ? undefined : parseImageReference(text)?.name;
  const [first = ''] = name.toLowerCase().split('_');
  return image !== undefined && first.length > 2 && nameOf(image).split(/[-_.]/).includes(first);
}

/** The instruction of the stage that sets a variable after its use. */
function settingAfter({ index }: Instruction, stage: DockerStage, name: string): Instruction | undefined {
  return stage.instructions.find(
    one =>
      one.index > index &&
      ((one.kind === 'arg' && one.declarations.some(declaration => declaration.name === name)) ||
        (one.kind === 'env' && one.pairs.some(({ key }) => key === name))),
  );
}

/** The use of `HOME` with what follows it in the path: `/root/.cargo/bin`. */
function homePath(text: string, { end }: Span): string {
  return `/root${/^(?:\/[\w.-]{1,40}){0,3}/.exec(text.slice(end, end + 130))![0]}`;
}

/** Variables in a heredoc that are empty when the builder fills them in; one finding for each heredoc. */
function* undefinedInHeredocs(file: DockerfileTree, instruction: Instruction): Iterable<Finding> {
  const { environment } = instruction;
  for (const heredoc of instruction.heredocs) {
    const empty = heredocVariables(heredoc).filter(
      ({ name, setInside }) =>
        !environment.get(name) &&
        (setInside ||
          environment.closed ||
          declarations(file).before.has(name) ||
          declarations(file).inStages.has(name)),
    );
    const [first, ...others] = empty;
    if (!first) continue;
    const { name, span, setInside } = first;
    const before = !setInside && declarations(file).before.has(name);
    const { marker, delimiter } = heredoc;
    yield {
      message: before
        ? `${quoted(name)} is declared only before the first \`FROM\`, so it is empty here`
        : `Builder expands ${quoted(`$${name}`)} in this heredoc to an empty string`,
      help: before
        ? `Add ${quoted(`ARG ${name}`)} before it`
        : `Quote the delimiter to keep it: ${quoted(`<<'${delimiter}'`)}`,
      span,
      related: others.slice(0, 3).map(other => ({ message: 'Also empty', span: other.span })),
      fixes: before
        ? [fix('suggested', `Add \`ARG ${name}\``, lineBefore(file, instruction, `ARG ${name}`))]
        : [fix('suggested', 'Quote the delimiter', quotedMarker(file, marker, delimiter))],
    };
  }
}

/** `<<EOF` as `<<'EOF'`. */
function quotedMarker(file: DockerfileTree, marker: Span, delimiter: string): Edit | undefined {
  const written = file.source.text.slice(marker.start, marker.end);
  return written.endsWith(delimiter)
    ? rewritten(file, marker, `${written.slice(0, -delimiter.length)}'${delimiter}'`)
    : undefined;
}

/** How many bases of bases are looked at. */
const MOST_BASES = 50;

/** Whether the stage starts from one of several, which of them is not known, and one declares the variable. */
function mayInherit(stage: DockerStage, name: string, left: number, unsure = false): boolean {
  const { base } = stage;
  if (left === 0) return false;
  const bases = base.kind === 'one-of' ? base.stages : base.kind === 'stage' ? [base.stage, ...base.alternatives] : [];
  const isUnsure = unsure || bases.length > 1 || base.kind === 'one-of';
  return bases.some(one => (isUnsure && setsIn(one).has(name)) || mayInherit(one, name, left - bases.length, isUnsure));
}

const setsIn: (stage: DockerStage) => ReadonlySet<string> = memo(
  stage =>
    new Set(
      stage.instructions.flatMap(one =>
        one.kind === 'env'
          ? one.pairs.map(({ key }) => key)
          : one.kind === 'arg'
            ? one.declarations.map(d => d.name)
            : [],
      ),
    ),
);

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

/** Whether the names are so similar that the base image hardly sets this one. */
function isMisspelled(name: string, guess: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/_/g, '');
  return name.length >= 5 && (plain(name) === plain(guess) || (name.length >= 8 && isOneTypo(name, guess)));
}

/** One other letter, or two in the wrong order. Bases set variables with names that are alike: `SOLR_USER`, `SOLR_CORE`. */
function isOneTypo(name: string, guess: string): boolean {
  if (name.length !== guess.length) return false;
  const other = [...name].flatMap((letter, at) => (letter === guess[at] ? [] : [at]));
  const [first = 0, second] = other;
  if (other.length !== 2) return other.length === 1;
  return second === first + 1 && name[first] === guess[second] && name[second] === guess[first];
}
