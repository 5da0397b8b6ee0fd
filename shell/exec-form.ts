/** Words that a tool hands to a program without a shell: `RUN ["apt-get", "update"]`, a list under `runcmd`. */
import type { Value } from '../core/build.ts';
import { Script, type ScriptSettings, type ShellDialect } from '../core/script.ts';
import type { Command, Word } from '../core/shell-tree.ts';
import { SourceText } from '../core/text.ts';

/** A script of one command with these words, its text the words joined by blanks that nobody wrote. */
export function execScript(argv: readonly Value[]): Script {
  const text = SourceText.join(
    argv.map(value => value.source),
    ' ',
  );
  let at = 0;
  const words = argv.map((value): Word => {
    const start = at;
    const raw = value.source.text;
    const end = start + raw.length;
    at = end + 1;
    const literal = value.literal;
    return {
      start,
      end,
      raw,
      // A value that is known through a variable is still written as that variable.
      value: value.source,
      literal,
      expansions: literal === undefined ? [{ kind: 'unknown', name: undefined, start, end }] : [],
      quoted: true,
    };
  });
  const command: Command & { pipeline: Command[] } = {
    start: 0,
    end: text.text.length,
    assignments: [],
    words,
    redirects: [],
    pipeline: [],
    operator: undefined,
    within: [],
    background: false,
    mayRun: true,
  };
  command.pipeline.push(command);
  const settings = { dialect: 'posix', errexit: false, pipefail: false } as const;
  const script = new Script(text, settings, () => ({ commands: [command], broken: false }));
  made.add(script);
  return script;
}

const made = new WeakSet<Script>();

/** Whether its words are strings of the document, so that no text between them can be written. */
export function isExecScript(script: Script): boolean {
  return made.has(script);
}

const SHELLS: Readonly<Record<string, ShellDialect>> = {
  sh: 'posix',
  dash: 'posix',
  ash: 'posix',
  ksh: 'posix',
  bash: 'bash',
  pwsh: 'powershell',
  powershell: 'powershell',
};

/**
 * The script in `[sh, -c, "…"]`, under whatever stands before the shell (`sudo`, `su -`, `curtin in-target --`);
 * `undefined` when the words run no shell. `make` is the host's `LowerContext.script`.
 */
export function scriptInWords(
  argv: readonly Value[],
  make: (text: SourceText, settings: ScriptSettings) => Script,
): Script | undefined {
  for (let i = 0; i + 2 < argv.length; i++) {
    const dialect = SHELLS[argv[i]!.literal?.split('/').pop() ?? ''];
    if (!dialect) continue;
    let flags = '';
    const options: string[] = [];
    for (let j = i + 1; j + 1 < argv.length; j++) {
      const word = argv[j]!.literal;
      const named = /^[-+][a-zA-Z]*o$/.test(argv[j - 1]!.literal ?? '');
      if (named) options.push(word ?? '');
      if (named) continue;
      if (word === undefined || !word.startsWith('-')) break;
      flags += word.startsWith('--') ? '' : word;
      if (!/^-[a-zA-Z]*c$/.test(word)) continue;
      const errexit = flags.includes('e') || options.includes('errexit');
      return make(argv[j + 1]!.source, { dialect, errexit, pipefail: options.includes('pipefail') });
    }
  }
  return undefined;
}
