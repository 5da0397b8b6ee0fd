/** Commands in the forms that cloud-init and autoinstall take them, as run steps. */
import type { RunStep, Value } from '../../core/build.ts';
import type { LowerContext } from '../../core/language.ts';
import { dialectOfShebang, type Script, type ShellDialect } from '../../core/script.ts';
import { type SourceText, UNRESOLVED } from '../../core/text.ts';
import { scriptInWords } from '../../shell/exec-form.ts';
import { onTarget } from '../../shell/target-paths.ts';
import { asScalar, asSeq, deref, entriesOf, itemsOf, scalarValue } from './nodes.ts';
import type { YamlNode } from './tree.ts';

type Phase = RunStep['phase'];

/**
 * One step for each item of a list of commands. A string is lines of a shell script (cloud-init writes all items of
 * `runcmd` into one, without `-e`: a failing one does not keep the next from running); a list is a command's words, which
 * no shell expands. Items of other kinds run nothing.
 */
export function commandSteps(
  list: YamlNode | undefined,
  phase: Phase,
  context: LowerContext,
  /** Where the system that the commands are about is mounted. */
  mounts: readonly string[] = [],
): RunStep[] {
  const steps: RunStep[] = [];
  const nodes = asSeq(list) ? itemsOf(list) : entriesOf(list).map(entry => entry.value);
  const spans = asSeq(list)?.itemSpans;
  nodes.forEach((item, i) => {
    const step = commandStep(item, phase, context, mounts);
    if (step) steps.push(item.kind === 'alias' ? step : { ...step, span: spans?.[i] ?? step.span });
  });
  return steps;
}

/** A string or a list of strings as a step; `undefined` for anything else. */
function commandStep(
  item: YamlNode | undefined,
  phase: Phase,
  context: LowerContext,
  mounts: readonly string[],
): RunStep | undefined {
  const node = deref(item);
  if (node?.kind === 'scalar') {
    const settings = { dialect: 'posix', errexit: false, pipefail: false } as const;
    const text = onTarget(node.text, mounts);
    // `runcmd` items are pasted below `#!/bin/sh`; only a string with its own `#!` is in another language.
    const dialect = dialectOfShebang(text.text) ?? 'posix';
    const script = context.script(text, { ...settings, dialect: dialect === 'other' ? 'posix' : dialect });
    return { kind: 'run', phase, span: node.span, script, argv: undefined };
  }
  if (node?.kind !== 'seq') return undefined;
  const argv: Value[] = [];
  for (const word of node.items) {
    const scalar = asScalar(word);
    if (!scalar) return undefined;
    argv.push(scalarValue(scalar));
  }
  return {
    kind: 'run',
    phase,
    span: node.span,
    script: scriptInWords(argv, (text, settings) => context.script(onTarget(text, mounts), settings)),
    argv,
  };
}

/** A script file's text, by its first line; `fallback` when it has no `#!`. `undefined` when it is not a script at all. */
export function scriptFile(
  text: SourceText,
  fallback: ShellDialect | undefined,
  context: LowerContext,
): Script | undefined {
  const dialect = dialectOfShebang(text.text) ?? fallback;
  if (!dialect) return undefined;
  const first = text.text.slice(0, Math.min(200, Math.max(0, text.text.indexOf('\n'))));
  const flagged =
    first.startsWith('#!') && !first.includes(UNRESOLVED) ? (/\s-([a-zA-Z]+)/.exec(first)?.[1] ?? '') : '';
  return context.script(text, { dialect, errexit: flagged.includes('e'), pipefail: false });
}
