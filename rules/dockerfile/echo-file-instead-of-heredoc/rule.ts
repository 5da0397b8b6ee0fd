import { type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isBourne } from '../../../core/script.ts';
import type { Command, Redirect } from '../../../core/shell-tree.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser } from '../../../languages/dockerfile/stages.ts';
import { runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, RunInstruction } from '../../../languages/dockerfile/tree.ts';

/** From so many lines on, a heredoc is easier to read. */
const FEWEST = 2;

export default defineDockerfileRule({
  id: 'echo-file-instead-of-heredoc',
  summary: 'A file is written with several `echo` or `printf` commands',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'all',
  needs: { programs: ['echo', 'printf'] },
  since: '2026.11',
  aliases: ['tally:prefer-copy-heredoc'],
  *check(file, _context, build) {
    for (const stage of build.stages)
      for (const step of stage.steps) {
        const run = step.kind === 'run' ? runOf(step) : undefined;
        if (step.kind !== 'run' || !run || run.form !== 'shell' || !step.script) continue;
        if (!isBourne(step.script.dialect)) continue;
        const { commands } = step.script;
        let from = 0;
        for (let i = 1; i <= commands.length; i++) {
          const target = targetOf(commands[from]!);
          if (i < commands.length && target !== undefined && targetOf(commands[i]!) === target) continue;
          if (target !== undefined && i - from >= FEWEST)
            yield {
              message: `${quoted(target)} is written line by line with \`${commands[from]!.words[0]!.literal}\``,
              help: 'Use a heredoc, as in `COPY <<EOF` or `RUN cat <<EOF`',
              span: step.script.spanOf({ start: commands[from]!.start, end: commands[i - 1]!.end }),
              fixes: [i - from === commands.length ? toCopy(file, run, commands, target) : undefined],
            };
          from = i;
        }
      }
  },
});

/** The file that an `echo` or `printf` writes to; `undefined` for any other command. */
function targetOf({ words, redirects, pipeline, within }: Command): string | undefined {
  const program = words[0]?.literal;
  if ((program !== 'echo' && program !== 'printf') || pipeline.length > 1 || within.length > 0) return undefined;
  const [to, ...others] = redirects;
  return to && others.length === 0 && isWrite(to) ? to.target?.literal : undefined;
}

function isWrite({ operator, descriptor }: Redirect): boolean {
  return (operator === '>' || operator === '>>') && (descriptor === undefined || descriptor === 1);
}

/** A COPY with the same lines, where every one of them is known and root creates the file. */
function toCopy(
  file: DockerfileTree,
  run: RunInstruction,
  commands: readonly Command[],
  target: string,
): Fix | undefined {
  const [first, ...others] = commands;
  if (run.flags.length > 0 || !run.stage || !/^\/[\w./-]+$/.test(target) || effectiveUser(run.stage)) return undefined;
  if (
    first!.redirects[0]!.operator !== '>' ||
    others.some(({ redirects, operator }) => redirects[0]!.operator !== '>>' || operator === '||')
  )
    return undefined;
  const lines = commands.map(({ words }) =>
    words[0]!.literal === 'echo' && words.length === 2 ? words[1]!.literal : undefined,
  );
  if (lines.some(line => line === undefined || /[\\\n\r]|^-|^EOF$/.test(line))) return undefined;
  const eol = file.source.text.includes('\r\n') ? '\r\n' : '\n';
  const text = [`COPY <<'EOF' ${target}`, ...lines, 'EOF'].join(eol);
  return fix('suggested', 'Replace it with `COPY` and a heredoc', rewritten(file, run.span, text));
}
