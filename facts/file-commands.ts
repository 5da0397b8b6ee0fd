/** Command lines in files that are no scripts: tables of cron, units of systemd, recipes of make, commands of Nagios' agent. */
import { Script } from '../core/script.ts';
import { type SourceText, UNRESOLVED } from '../core/text.ts';
import { shellParser } from '../shell/parser.ts';

/** crontab(5): five fields or a nickname; the tables of the system name a user before the command. */
const CRON =
  /^[ \t]{0,8}(?:@[a-z]{4,8}|(?:[\d*/,A-Za-z-]{1,40}[ \t]{1,20}){4}[\d*/,A-Za-z-]{1,40})[ \t]{1,20}(\S[^\n]{0,4000})/dgm;
const SYSTEM_CRON = /(?:^|\/)(?:cron\.d\/[^/\n]{1,100}|crontab)$/;
const USER_CRON = /(?:^|\/)spool\/cron\//;
/** systemd.service(5); podman-systemd.unit(5) */
const UNIT =
  /^[ \t]{0,8}Exec(?:Start|StartPre|StartPost|Stop|StopPost|Reload|Condition)=[-@:+!|]{0,3}(\S[^\n]{0,4000})/dgm;
const UNIT_FILE = /\.(?:service|socket|mount)$|\.(?:service|socket)\.d\/[^/\n]{1,100}\.conf$/;
/** Lines of recipes: https://www.gnu.org/software/make/manual/html_node/Recipe-Syntax.html */
const RECIPE = /^\t[-@+]{0,3}[ \t]{0,8}([^\s#][^\n]{0,4000})/dgm;
const MAKEFILE = /(?:^|\/)(?:GNU|BSD)?[Mm]akefile$|\.mk$/;
/** NRPE's nrpe.cfg */
const NRPE = /^[ \t]{0,8}command\[[\w.-]{1,80}\]=(\S[^\n]{0,4000})/dgm;
const NRPE_FILE = /nrpe[\w./-]{0,60}\.cfg$/;

const PATTERNS: readonly (readonly [file: RegExp, lines: RegExp])[] = [
  [USER_CRON, CRON],
  [UNIT_FILE, UNIT],
  [MAKEFILE, RECIPE],
  [NRPE_FILE, NRPE],
];

/** The most lines of one file that are read as commands. */
const MOST = 200;

/** The command lines in a file, each as a script of its own. */
export function commandLinesIn(text: SourceText, path: string): readonly Script[] {
  const system = SYSTEM_CRON.test(path);
  const pattern = system ? CRON : PATTERNS.find(([file]) => file.test(path))?.[1];
  if (!pattern) return [];
  const found: Script[] = [];
  for (const { indices } of text.text.matchAll(pattern)) {
    if (found.length === MOST) break;
    let [start, end] = indices![1]!;
    // The user stands before the command.
    if (system) start += /^[\w.-]{1,40}[ \t]{1,20}(?=\S)/.exec(text.text.slice(start, end))?.[0].length ?? 0;
    const line = text.slice(start, end);
    if (!line.text.includes(UNRESOLVED))
      found.push(new Script(line, { dialect: 'posix', errexit: false, pipefail: false }, shellParser));
  }
  return found;
}
