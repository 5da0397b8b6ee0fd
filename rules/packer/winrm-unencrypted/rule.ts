import { registrySettingOf, setsRegistry } from '../../../facts/registry-settings.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isVagrant } from '../../../languages/packer/vagrant.ts';
import type { Invocation, PlacedInvocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'winrm-unencrypted',
  summary: 'The WinRM service accepts unencrypted connections in the image',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: {
    blocks: ['provisioner.powershell', 'provisioner.windows-shell'],
    attributes: ['user_data', 'user_data_file', 'cd_files', 'floppy_files', 'cd_content', 'floppy_content'],
  },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'vagrant' || file.module.builds.some(isVagrant)) return;
    const last = new Map<unknown, { readonly placed: PlacedInvocation; readonly allows: boolean }>();
    for (const placed of setupCommands(build)) {
      const allows = allowsUnencrypted(placed.invocation);
      if (allows !== undefined) last.set(placed.stage, { placed, allows });
    }
    // The last command decides: a build may allow it for itself only.
    for (const { placed, allows } of last.values())
      if (allows)
        yield {
          message: 'WinRM accepts unencrypted connections',
          help: hasListener(placed.invocation.script.text.text)
            ? 'Set `AllowUnencrypted` to `false`: the HTTPS listener does not need it'
            : 'Set it back to `false` in the last step, or use an HTTPS listener',
          span: placed.invocation.script.spanOf(placed.invocation.command),
        };
  },
});

/** `winrm create winrm/config/Listener?Address=*+Transport=HTTPS` and `New-Item … -Transport HTTPS`. */
const LISTENER = /transport[\s=:"']{1,6}https\b/i;

/** Whether a line of the script sets one up; another may delete it. */
function hasListener(text: string): boolean {
  return text.split('\n').some(line => LISTENER.test(line) && !/\b(?:delete|Remove-\w{1,20})\b/i.test(line));
}

const SETTING = /AllowUnencrypted["'\s]{0,4}=[\s\\"'$]{0,6}(true|false)\b/i;

/** Whether a command lets the service take messages in clear text; `undefined` when it says nothing about it. */
function allowsUnencrypted(invocation: Invocation): boolean | undefined {
  const { program, args, command, script } = invocation;
  if (program === 'winrm') {
    const text = script.text.text.slice(command.start, Math.min(command.end, command.start + 2000));
    const service = args.some(({ value }) => /^winrm\/config\/service$/i.test(value.text));
    const value = service ? SETTING.exec(text)?.[1] : undefined;
    return value === undefined ? undefined : value.toLowerCase() === 'true';
  }
  if (program === 'Set-Item') return bySetItem(invocation);
  if (!/\\winrm\\service$/.test(registrySettingOf(invocation)?.key ?? '')) return undefined;
  if (setsRegistry(invocation, 'AllowUnencryptedTraffic', 1)) return true;
  return setsRegistry(invocation, 'AllowUnencryptedTraffic', 0) ? false : undefined;
}

/** `Set-Item WSMan:\localhost\Service\AllowUnencrypted -Value $true` */
function bySetItem(invocation: Invocation): boolean | undefined {
  const given = readArguments(invocation);
  const operands = [...given.operands];
  const path = given.value('-path', '-literalpath')?.literal ?? operands.shift()?.literal ?? '';
  if (!/^wsman:\\localhost\\service\\allowunencrypted$/i.test(path)) return undefined;
  const value = given.value('-value')?.literal ?? operands.shift()?.literal ?? '';
  if (/^(?:\$?true|1)$/i.test(value)) return true;
  return /^(?:\$?false|0)$/i.test(value) ? false : undefined;
}
