import { type Fix, fix } from '../../../core/finding.ts';
import { isBourne, type Script } from '../../../core/script.ts';
import type { Edit } from '../../../core/text.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf, runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, DockerStage, Instruction, RunInstruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'consecutive-runs',
  summary: 'Commands are spread over several `RUN` instructions',
  policies: ['G14'],
  category: 'size',
  severity: 'hint',
  preset: 'all',
  needs: { instructions: ['RUN'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3059',
    'tally:hadolint/DL3059',
    'tally:prefer-run-heredoc',
    'kics:multiple_run_add_copy_instructions_listed',
    'sonar:S7031',
  ],
  *check(file, { project }, build) {
    const scripts = new Map<Instruction, Script>();
    for (const stage of build.stages)
      for (const step of stage.steps) {
        const run = step.kind === 'run' ? runOf(step) : undefined;
        if (run && step.kind === 'run' && step.script) scripts.set(run, step.script);
      }
    for (const stage of dockerStagesOf(build, shippedStages(build, project.targets)))
      for (const [first, second, ...more] of groups(file, stage)) {
        if (!first || !second) continue;
        yield {
          message: `${more.length + 2} consecutive \`RUN\` instructions create ${more.length + 2} layers`,
          help: 'Join commands that belong together with `&&` or a heredoc',
          span: second.keywordSpan,
          related: [{ message: 'First `RUN`', span: first.keywordSpan }],
          fixes: [joined(file, [first, second, ...more], scripts)],
        };
      }
  },
});

/** RUNs in shell form with the same flags that follow each other with only empty lines between them. */
function groups(file: DockerfileTree, { instructions }: DockerStage): RunInstruction[][] {
  const found: RunInstruction[][] = [];
  let open: RunInstruction[] = [];
  const close = (): void => {
    if (open.length > 1) found.push(open);
    open = [];
  };
  for (const instruction of instructions) {
    if (instruction.kind !== 'run' || instruction.form !== 'shell' || instruction.heredocs.length > 0) {
      close();
      continue;
    }
    const before = open.at(-1);
    const between = before && file.source.text.slice(before.span.end, instruction.span.start);
    if (before && (between!.trim() !== '' || flagsOf(before) !== flagsOf(instruction))) close();
    open.push(instruction);
  }
  close();
  return found;
}

function flagsOf({ flags }: RunInstruction): string {
  return flags.map(({ name, value }) => `${name}=${value?.text ?? ''}`).join(' ');
}

/** `a` and `b` become `a && \ b`, where that means the same: settings and `cd` of a step end with it. */
function joined(
  file: DockerfileTree,
  runs: readonly RunInstruction[],
  scripts: ReadonlyMap<Instruction, Script>,
): Fix | undefined {
  const edits: (Edit | undefined)[] = [];
  const eol = file.source.text.includes('\r\n') ? '\r\n' : '\n';
  for (const [i, run] of runs.entries()) {
    const script = scripts.get(run);
    if (!script || !isBourne(script.dialect) || script.tree.broken || script.commands.length === 0) return undefined;
    const plain = script.commands.every(
      ({ operator, words, background, within }) =>
        (operator === undefined || operator === '&&') &&
        within.length === 0 &&
        !background &&
        words.length > 0 &&
        !/^(?:cd|export|set|source|\.|exit|exec|trap|umask|shopt|alias|unset|pushd|popd|eval)$/.test(words[0]!.raw),
    );
    if (!plain || run.flags.length > 0) return undefined;
    const next = runs[i + 1];
    if (!next) break;
    edits.push(rewritten(file, { start: run.lineSpan.end, end: next.rest.span.start }, ` && ${file.escape}${eol}    `));
  }
  return fix('suggested', 'Join them into one `RUN`', ...edits);
}
