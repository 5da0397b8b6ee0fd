/** Words that a tool hands to a program without a shell: `RUN ["apt-get", "update"]`, a list under `runcmd`. */
import { decodeUtf16 } from '../core/base64.ts';
import type { Value } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { isPowerShell, Script, type ScriptSettings, type ShellDialect } from '../core/script.ts';
import type { Command, Word } from '../core/shell-tree.ts';
import { Decoder, SourceText } from '../core/text.ts';
import { PWSH } from './programs/interpreters.ts';
import { readWords } from './programs/reader.ts';
import { SHELL } from './programs/sh.ts';
import { shellOptions } from './shell-options.ts';

/** A script of one command with these words, its text the words joined by spaces that are not in the document. */
export const execScript: (argv: readonly Value[]) => Script = memo(argv => {
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
      text: value.source.text,
      literal,
      expansions: literal === undefined ? [{ kind: 'unknown', name: undefined, start, end }] : [],
      quoted: true,
    };
  });
  const command: Command & { pipeline: Command[] } = {
    start: 0,
    end: text.text.length,
    dialect: 'posix',
    assignments: [],
    words,
    redirects: [],
    pipeline: [],
    operator: undefined,
    within: [],
    tested: false,
    background: false,
    mayRun: true,
  };
  command.pipeline.push(command);
  const settings = { dialect: 'posix', errexit: false, pipefail: false } as const;
  const script = new Script(text, settings, () => ({ commands: [command], elsewhere: [], broken: false }));
  made.add(script);
  return script;
});

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
  pwsh: 'pwsh',
  powershell: 'powershell',
};

/** What these run is for another machine. */
const ELSEWHERE: ReadonlySet<string> = new Set(['ssh', 'docker', 'podman', 'kubectl']);

/**
 * The script in `[sh, -c, "…"]`, under whatever precedes the shell (`sudo`, `su -`, `curtin in-target --`);
 * `undefined` when the words run no shell. `make` is the host's `LowerContext.script`.
 */
export function scriptInWords(
  argv: readonly Value[],
  make: (text: SourceText, settings: ScriptSettings) => Script,
): Script | undefined {
  const words = argv.map(({ literal, source }) => ({ literal, value: source }));
  for (let i = 0; i + 2 < argv.length; i++) {
    const name = argv[i]!.literal?.split('/').pop() ?? '';
    if (ELSEWHERE.has(name)) return undefined;
    const dialect = Object.hasOwn(SHELLS, name) ? SHELLS[name] : undefined;
    if (!dialect) continue;
    const script = scriptOfShell(words.slice(i + 1), dialect);
    if (script) return make(script.text, script.settings);
  }
  return undefined;
}

/** What `-EncodedCommand` is given, which cannot be edited. */
function decodedSource(value: SourceText | undefined): SourceText | undefined {
  const text = value && decodeUtf16(value.text);
  return text === undefined ? undefined : new Decoder(value!, 'read-only').as(text, 0, value!.text.length).done();
}

/** The text that a shell is given with its words, and how the shell runs it. */
function scriptOfShell(
  words: readonly { readonly literal: string | undefined; readonly value: SourceText }[],
  dialect: ShellDialect,
): { readonly text: SourceText; readonly settings: ScriptSettings } | undefined {
  if (isPowerShell(dialect)) {
    const given = readWords(words, PWSH, 'pwsh');
    const text = given.value('-command')?.source ?? decodedSource(given.value('-encodedcommand')?.source);
    return text && { text, settings: { dialect, errexit: false, pipefail: false } };
  }
  const given = readWords(words, SHELL, 'sh');
  const [script] = given.operands;
  if (!given.has('-c') || !script) return undefined;
  return { text: script.value, settings: { dialect, ...shellOptions(words) } };
}
