/** Words that a tool hands to a program without a shell: `RUN ["apt-get", "update"]`, a list under `runcmd`. */
import type { Value } from '../build.ts';
import { SourceText } from '../text.ts';
import type { Command, Word } from './ast.ts';
import { Script } from './script.ts';

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
  };
  command.pipeline.push(command);
  const settings = { dialect: 'posix', errexit: false, pipefail: false } as const;
  return new Script(text, settings, () => ({ commands: [command], broken: false }));
}
