import { defineBuildRule } from '../../../core/rule.ts';
import { REGISTRY_PROGRAMS, setsRegistry } from '../../../facts/registry-settings.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** What a command turns off or on, as a message and what to do. */
interface Change {
  readonly message: string;
  readonly help: string;
}

const DEFENDER: Change = {
  message: 'Microsoft Defender real-time protection is disabled',
  help: 'Keep Defender; exclude build paths with `Add-MpPreference -ExclusionPath`',
};
const REMOVED = (program: string): Change => ({
  message: `\`${program}\` removes Microsoft Defender`,
  help: DEFENDER.help,
});
const ANTISPYWARE: Change = {
  message: '`DisableAntiSpyware` disables Microsoft Defender Antivirus',
  help: DEFENDER.help,
};
const SMB1: Change = {
  message: 'Insecure protocol SMB 1 is enabled',
  help: 'Remove it, and use SMB 3',
};
const CONTROL: Change = {
  message: 'User Account Control is disabled',
  help: 'Remove `EnableLUA`, so that Windows asks before programs run as administrator',
};

export default defineBuildRule({
  id: 'windows-protection-disabled',
  summary: 'Defender, UAC or SMB security is disabled in a Windows image',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: {
    programs: [
      ...REGISTRY_PROGRAMS,
      ...['Set-MpPreference', 'Uninstall-WindowsFeature', 'Remove-WindowsFeature', 'Set-SmbServerConfiguration'],
      ...['Enable-WindowsOptionalFeature', 'Install-WindowsFeature', 'Add-WindowsFeature', 'dism'],
    ],
  },
  since: '2026.11',
  *check(build, { project }) {
    // Machines that run pipelines scan nothing on purpose, and boxes are made to try things.
    if (project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    for (const { invocation } of setupCommands(build)) {
      const change = changeOf(invocation);
      if (change) yield { ...change, span: invocation.script.spanOf(invocation.command) };
    }
  },
});

/**
 * https://learn.microsoft.com/powershell/module/defender/set-mppreference,
 * https://learn.microsoft.com/windows-server/storage/file-server/troubleshoot/detect-enable-and-disable-smbv1-v2-v3,
 * https://learn.microsoft.com/windows/security/application-security/application-control/user-account-control/settings-and-configuration
 */
function changeOf(invocation: Invocation): Change | undefined {
  // As written: variables such as `$true` have no text.
  const texts = invocation.args.map(({ raw }) => raw.toLowerCase());
  const line = texts.join(' ');
  switch (invocation.program.toLowerCase()) {
    case 'set-mppreference':
      return /-disable(?:realtimemonitoring|behaviormonitoring|ioavprotection)[ :]+(?:\$true|1|true)\b/.test(line)
        ? DEFENDER
        : undefined;
    case 'uninstall-windowsfeature':
    case 'remove-windowsfeature':
      return /\bwindows-defender\b/.test(line) ? REMOVED(invocation.program) : undefined;
    case 'enable-windowsoptionalfeature':
    case 'install-windowsfeature':
    case 'add-windowsfeature':
      return /\bsmb1protocol\b|\bfs-smb1\b/.test(line) ? SMB1 : undefined;
    case 'dism':
      return texts.some(text => text === '/enable-feature') && /featurename:smb1protocol/.test(line) ? SMB1 : undefined;
    case 'set-smbserverconfiguration':
      return /-enablesmb1protocol[ :]+(?:\$true|1)/.test(line) ? SMB1 : undefined;
    default:
      if (setsRegistry(invocation, 'EnableLUA', 0)) return CONTROL;
      if (setsRegistry(invocation, 'DisableAntiSpyware', 1)) return ANTISPYWARE;
      return setsRegistry(invocation, 'DisableRealtimeMonitoring', 1) ? DEFENDER : undefined;
  }
}
