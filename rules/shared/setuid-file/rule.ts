import type { ImageBuild, Stage } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { lastingModes } from '../../../facts/mode-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

/** The sandbox of Chromium and Electron gives its rights up before it does anything else. */
const SANDBOXES: ReadonlySet<string> = new Set(['chrome-sandbox', 'chrome_sandbox']);

export default defineBuildRule({
  id: 'setuid-file',
  summary: 'A file gets the set-user-ID bit or a capability that is equivalent to root',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['chmod', 'install', 'setcap'], steps: ['copy', 'write-file'] },
  since: '2026.11',
  aliases: ['dockle:CIS-DI-0008'],
  *check(build, { project }) {
    const shipped = shippedStages(build, project.targets);
    const given = [...lastingModes(build, shipped, takesBack)]
      .filter(({ targets }) => targets.length === 0 || !targets.every(target => SANDBOXES.has(nameOf(target))))
      .map(({ text, span, targets }) => ({ text, span, targets }));
    const written = [...shipped].flatMap(({ steps }) =>
      steps.flatMap(step => {
        const mode = step.kind === 'write-file' || step.kind === 'copy' ? step.mode : undefined;
        // Linux ignores the bit on scripts: execve(2).
        if (!mode || (step.kind === 'write-file' && step.content.text.startsWith('#!'))) return [];
        const path = step.kind === 'write-file' ? step.path?.literal : undefined;
        return [{ text: mode.literal, span: mode.span, targets: path === undefined ? [] : [path] }];
      }),
    );
    for (const { text, span, targets } of [...given, ...written])
      if (text !== undefined && setsUser(text))
        yield {
          message: `Mode ${quoted(text)} ${targets.length === 1 && PATH.test(targets[0]!) ? `makes ${quoted(targets[0]!)} setuid` : 'sets the set-user-ID bit'}`,
          help: helpFor(targets),
          span,
        };
    yield* capabilities(build, shipped);
  },
});

/** Paths that are shown. */
const PATH = /^[\w./+-]{1,40}$/;

function helpFor([first = '', ...others]: readonly string[]): string {
  return others.length === 0 && PATH.test(first) && nameOf(first) === 'ping'
    ? `Grant one capability instead: ${quoted(`setcap cap_net_raw+ep ${first}`)}`
    : 'Start it as the user it needs, or grant one capability with `setcap`';
}

/** capabilities(7): with each of these, a program becomes root, or reads and writes what root may. */
const OF_ROOT =
  /^(?:all|cap_(?:sys_admin|dac_override|dac_read_search|setuid|setgid|setfcap|chown|fowner|sys_ptrace|sys_module|sys_rawio|sys_boot|bpf))$/i;

/** Programs for rootless containers, which need the one capability in place of the bit. */
const MAPPERS: ReadonlySet<string> = new Set(['newuidmap', 'newgidmap']);

/** `setcap cap_sys_admin+ep FILE` */
function* capabilities(build: ImageBuild, shipped: ReadonlySet<Stage>): Generator<Finding> {
  for (const { invocation, stage } of setupCommands(build)) {
    if (invocation.program !== 'setcap' || !shipped.has(stage)) continue;
    // `-v` only looks.
    if (invocation.args.some(({ literal }) => /^-[qn]?v$/.test(literal ?? ''))) continue;
    for (const [i, word] of invocation.args.entries()) {
      const [, names = '', operator] = /^([\w,]{0,400})([=+])[eip]{1,3}$/.exec(word.literal ?? '') ?? [];
      const found = operator && (names === '' ? 'all' : names.split(',').find(name => OF_ROOT.test(name)));
      if (!found || MAPPERS.has(nameOf(invocation.args[i + 1]?.literal ?? ''))) continue;
      yield {
        message: `Capability ${quoted(found)} is equivalent to root`,
        help: 'Grant the one that it needs, such as `cap_net_bind_service`',
        span: invocation.script.spanOf(word),
      };
    }
  }
}

/** Octal or as chmod(1) has it. The bit for the group is ordinary on directories. */
function setsUser(mode: string): boolean {
  if (/^[0-7]{1,6}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o4000) !== 0;
  return clausesOf(mode).some(({ operator, rights }) => operator !== '-' && rights.includes('s'));
}

/** Whether no file has the bit after it, whatever it had before. */
function takesBack(mode: string): boolean {
  if (/^[0-7]{1,6}$/.test(mode) || setsUser(mode)) return !setsUser(mode);
  return clausesOf(mode).some(({ operator, rights }) => operator === '=' || (operator === '-' && rights.includes('s')));
}

/** The clauses for the owner: `u+s`, `a-s`, and `+s` for all. */
function clausesOf(mode: string): readonly { readonly operator: string; readonly rights: string }[] {
  return mode
    .split(',')
    .slice(0, 20)
    .flatMap(clause => {
      const [, who = '', operator = '', rights = ''] = /^([ugoa]{0,8})([-+=])([rwxXst]{0,8})$/.exec(clause) ?? [];
      return operator !== '' && (who === '' || /[ua]/.test(who)) ? [{ operator, rights }] : [];
    });
}
