/** Which shell runs a script, and with which options? */
import type { ScriptSettings } from '../../core/script.ts';
import type { Evaluated } from './tree.ts';

/** The dialects of programs that can run a script. */
const PROGRAMS: Readonly<Record<string, ScriptSettings['dialect']>> = {
  ash: 'posix',
  bash: 'bash',
  dash: 'posix',
  perl: 'other',
  powershell: 'powershell',
  pwsh: 'pwsh',
  python: 'other',
  python3: 'other',
  ruby: 'other',
  sh: 'posix',
  zsh: 'other',
};

/** The shell that `execute_command` runs the script with, and its options; `undefined` when the script's first line decides. */
export function shellOfCommand(value: Evaluated | undefined): ScriptSettings | undefined {
  const command = value?.assumingDefaults.raw ?? value?.asContent().text;
  if (command === undefined || command.length > 2_000) return undefined;
  const words = command.replace(/\{\{\s?/g, '{{').split(/[\s'"]+/);
  let at = words.findIndex(word => word.startsWith('{{.Path'));
  const options: string[] = [];
  for (at--; at > 0 && (/^[-+]/.test(words[at]!) || words[at] === 'pipefail'); at--) options.push(words[at]!);
  const program = words[at]?.split('/').pop() ?? '';
  const dialect = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined;
  return (
    dialect && {
      dialect,
      errexit: options.some(option => /^-[a-z]*e/.test(option)),
      pipefail: options.includes('pipefail'),
    }
  );
}

/** The dialect of a script by the ending of its name. */
export function dialectOfName(path: string): ScriptSettings['dialect'] {
  if (path.endsWith('.ps1')) return 'powershell';
  return /\.(?:py|pl|rb)$/.test(path) ? 'other' : 'posix';
}
