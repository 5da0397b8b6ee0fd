import type { Step } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import { rewritten, withoutInstruction } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import { instructionOf, runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { CopyInstruction, DockerfileTree, RunInstruction } from '../../../languages/dockerfile/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineDockerfileRule({
  id: 'chmod-after-copy',
  summary: 'A `RUN` changes the mode or owner of files that were just copied',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['chmod', 'chown'] },
  since: '2026.11',
  aliases: ['tally:prefer-copy-chmod'],
  *check(file, _context, build) {
    for (const stage of build.stages) {
      const copied = new Map<string, CopyInstruction>();
      for (const step of stage.steps) {
        const instruction = instructionOf(step);
        if (instruction?.kind === 'copy') for (const path of pathsOf(instruction)) copied.set(path, instruction);
        const run = step.kind === 'run' ? runOf(step) : undefined;
        const change = run && changeOf(step, run);
        if (!run || !change) continue;
        const copy = copied.get(change.paths[0]!);
        if (!copy || change.paths.some(path => copied.get(path) !== copy)) continue;
        // A flag that is already there is a decision.
        if (copy.flags.some(({ name }) => name === change.flag)) continue;
        yield {
          message: `\`${change.flag}\` after \`COPY\` stores the ${change.paths.length > 1 ? 'files' : 'file'} twice`,
          help: `Use \`${flagOf(change)}\``,
          span: run.lineSpan,
          related: [{ message: 'Copied here', span: copy.lineSpan }],
          fixes: [withFlag(file, copy, run, change)],
        };
      }
    }
  },
});

interface Change {
  readonly flag: 'chmod' | 'chown';
  readonly value: string | undefined;
  readonly paths: readonly string[];
}

/** The files that it creates, as full paths; only those that are written out. */
function pathsOf(copy: CopyInstruction): string[] {
  const to = copy.destination?.literal;
  const base = effectiveWorkdir(copy).literal;
  if (to === undefined || (!to.startsWith('/') && base === undefined)) return [];
  const folder = /(?:^|\/)\.?$/.test(to);
  return copy.sources.flatMap(({ literal }) => {
    if (literal === undefined || literal === '' || /[*?[]/.test(literal)) return [];
    const target = folder ? `${to}/${nameOf(literal.replace(/(?<!\/)\/+$/, ''))}` : to;
    return [joinPath(base ?? '/', target)];
  });
}

/** A RUN that is one `chmod` or `chown` and nothing else. */
function changeOf(step: Step, run: RunInstruction): Change | undefined {
  if (step.kind !== 'run' || run.mounts.length > 0 || step.script?.tree.broken) return undefined;
  const [invocation, ...others] = invocationsOfStep(step);
  if (!invocation || others.length > 0 || invocation.script.commands.length !== 1) return undefined;
  const { program, via } = invocation;
  if ((program !== 'chmod' && program !== 'chown') || via.length > 0) return undefined;
  const { operands, options, certain } = readArguments(invocation);
  const [value, ...files] = operands;
  if (!certain || !value || files.length === 0 || options.some(({ canonical }) => canonical !== '--recursive'))
    return undefined;
  const base = effectiveWorkdir(run).literal;
  const paths = files.map(({ literal }) =>
    literal === undefined || /[*?[~]/.test(literal) || (!literal.startsWith('/') && base === undefined)
      ? undefined
      : joinPath(base ?? '/', literal),
  );
  if (paths.some(path => path === undefined)) return undefined;
  return { flag: program, value: value.literal, paths: paths as string[] };
}

/** `COPY --chmod=755`, also for `+x`: what is copied is readable. */
function flagOf({ flag, value }: Change): string {
  const mode = flag === 'chmod' && /^[augo]{0,3}\+r?x$/.test(value ?? '') ? '755' : value;
  return `COPY --${flag}=${mode !== undefined && /^[\w:.-]{1,30}$/.test(mode) ? mode : '…'}`;
}

function withFlag(file: DockerfileTree, copy: CopyInstruction, run: RunInstruction, change: Change): Fix | undefined {
  const { flag, value } = change;
  if (value === undefined || !/^[\w:.-]+$/.test(value) || copy.sources.length !== change.paths.length) return undefined;
  if (flag === 'chmod' && !/^[0-7]{3,4}$/.test(value)) return undefined;
  const { start, end } = copy.keywordSpan;
  const keyword = file.source.text.slice(start, end);
  return fix(
    'suggested',
    `Use \`COPY --${flag}=${value}\``,
    rewritten(file, copy.keywordSpan, `${keyword} --${flag}=${value}`),
    withoutInstruction(file, run),
  );
}
