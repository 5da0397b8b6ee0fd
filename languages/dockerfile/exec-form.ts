/** From the shell form of CMD, ENTRYPOINT and HEALTHCHECK to the exec form. */
import type { RunStep } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { rewritten } from './edits.ts';
import type { CommandText, DockerfileTree } from './tree.ts';

/**
 * Writes the words of the command as a JSON array if it needs nothing of the shell. The step is that of the command.
 */
export function inExecForm(file: DockerfileTree, command: CommandText, { script }: RunStep): Fix | undefined {
  const [only, ...others] = script?.commands ?? [];
  if (!script || !only || others.length > 0 || script.tree.broken || only.words.length === 0) return undefined;
  if (only.assignments.length > 0 || only.redirects.length > 0 || only.background || only.within.length > 0)
    return undefined;
  const words = only.words.map(({ literal, raw }) =>
    literal === undefined || /[*?[\]{}~!#`\\]/.test(raw) ? undefined : literal,
  );
  if (words.some(word => word === undefined) || BUILTINS.has(words[0]!)) return undefined;
  if (script.text.text.trim() !== script.text.text.slice(only.start, only.end)) return undefined;
  const json = `[${words.map(word => JSON.stringify(word)).join(', ')}]`;
  // Without the shell another process is the first one, and what `ENTRYPOINT` and `CMD` are together may be another command.
  return fix('suggested', 'Change it to exec form', rewritten(file, command.span, json));
}

/**
 * Lets the last program take the place of the shell. `undefined` where it may not be the last that runs, or is a command of
 * the shell.
 */
export function withExec({ script }: RunStep): Fix | undefined {
  const commands = script?.commands ?? [];
  const last = commands.at(-1);
  const [word] = last?.words ?? [];
  if (!script || !last || !word || script.tree.broken || commands.some(({ operator }) => operator === '||'))
    return undefined;
  if (last.background || last.pipeline.length > 1 || last.within.length > 0 || last.assignments.length > 0)
    return undefined;
  if (word.literal === undefined ? !word.raw.includes('/') : BUILTINS.has(word.literal)) return undefined;
  if (!/^["']?[\w./$-]/.test(word.raw) || script.text.text.slice(last.end).trim() !== '') return undefined;
  return fix('suggested', 'Add `exec`', script.text.insert(word.start, 'exec '));
}

/** Commands that only a shell has. */
const BUILTINS: ReadonlySet<string> = new Set([
  '.',
  ':',
  'cd',
  'eval',
  'export',
  'set',
  'source',
  'trap',
  'ulimit',
  'umask',
  'wait',
]);
