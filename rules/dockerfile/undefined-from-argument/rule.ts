import { fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { plainForm } from '../../../languages/dockerfile/references.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { ArgDeclaration, DockerfileTree, Scope } from '../../../languages/dockerfile/tree.ts';

const MOST_GUESSES = 50;
const MOST_NAMES = 200;

export default defineDockerfileRule({
  id: 'undefined-from-argument',
  summary: '`FROM` uses a variable that is not declared before the first `FROM`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['FROM'] },
  since: '2026.11',
  aliases: [
    'buildkit:UndefinedArgInFrom',
    'tally:buildkit/UndefinedArgInFrom',
    'dockerfile-utils:BASE_NAME_EMPTY',
    'sonar:S6579',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    const guesses = new Map<string, string | undefined>();
    const inStages = new Map<string, ArgDeclaration>();
    for (const { from, instructions } of file.stages) {
      const platform = from.flags.findLast(({ name }) => name === 'platform')?.expanded;
      for (const reference of [...(from.image?.parts ?? []), ...(platform?.parts ?? [])]) {
        if (typeof reference === 'string' || from.environment.get(reference.name)) continue;
        const form = plainForm(reference, file.source.text);
        if (form === undefined) continue;
        const { name, span } = reference;
        if (filledIn(file).has(name)) continue;
        const declared = inStages.get(name);
        const guess = declared ? undefined : suggestion(name, from.environment);
        yield {
          message: `${quoted(name)} is not declared before the first \`FROM\`, so it is empty`,
          help:
            guess === undefined
              ? `Add ${quoted(`ARG ${name}`)} before the first \`FROM\``
              : `Did you mean ${quoted(guess)}?`,
          span,
          ...(declared && { related: [{ message: 'Declared here, inside a stage', span: declared.span }] }),
          fixes: [
            guess !== undefined && fix('suggested', `Change it to \`${guess}\``, rewritten(file, span, form(guess))),
            declared &&
              fix('suggested', `Add ${quoted(`ARG ${name}`)} before the first \`FROM\``, beforeFirst(declared)),
          ].filter(entry => entry !== false),
        };
      }
      for (const instruction of instructions)
        if (instruction.kind === 'arg') for (const one of instruction.declarations) inStages.set(one.name, one);
    }

    /** The declared name that is nearest; only for the first few names, since each is compared with all. */
    function suggestion(name: string, scope: Scope): string | undefined {
      if (!guesses.has(name)) {
        const names = guesses.size < MOST_GUESSES ? scope.names() : [];
        guesses.set(name, names.length <= MOST_NAMES ? nearest(name, names) : undefined);
      }
      return guesses.get(name);
    }

    function beforeFirst({ span }: ArgDeclaration) {
      const { text } = file.source;
      const declaration = text.slice(span.start, span.end);
      if (/[\r\n]/.test(declaration)) return undefined;
      const first = file.stages[0]!.from.span.start;
      const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
      return file.source.insert(first, `ARG ${declaration}${lineBreak}`);
    }
  },
});

/** The variables in comments that are no instructions: a program fills both in. Docker leaves comments alone. */
const filledIn: (file: DockerfileTree) => ReadonlySet<string> = memo(
  ({ comments }) =>
    new Set(
      comments.flatMap(({ text }) =>
        INSTRUCTION.test(text) ? [] : [...text.matchAll(REFERENCE)].map(([, name]) => name!),
      ),
    ),
);
const INSTRUCTION = /^#?[ \t]*(?:FROM|ARG|RUN|COPY|ENV|ADD|LABEL)[ \t]/i;
const REFERENCE = /\$\{(\w{1,100})\}/g;
