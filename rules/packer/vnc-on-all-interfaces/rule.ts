import { fix } from '../../../core/finding.ts';
import { isSet } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';

const LOOPBACK = /^(?:127\.|localhost$|::1$)/;

export default definePackerRule({
  id: 'vnc-on-all-interfaces',
  summary: 'The VNC or VRDP console of the build machine is reachable from the network',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: settingNeeds('console'),
  since: '2026.11',
  *check(tree, { project }) {
    // Everyone knows its login, and it is made on the computer of a developer.
    if (project.kind === 'vagrant') return;
    for (const { setting, source, span, value } of badSettings(tree, 'console')) {
      const { attribute, good } = setting;
      // ESXi 6.5 and later support no VNC password: https://developer.hashicorp.com/packer/integrations/hashicorp/vmware/latest/components/builder/iso
      const withoutPassword = attribute === 'vnc_disable_password';
      if (withoutPassword && isSet(source.block, 'remote_type')) continue;
      // Packer binds the console to this address unless another one is set.
      const address = source.block.attribute('vnc_bind_address')?.value;
      const isLocal = withoutPassword && (address === undefined || LOOPBACK.test(address.text ?? ''));
      const { written } = value;
      yield {
        message: withoutPassword
          ? `\`${attribute}\` leaves the console without a password`
          : `\`${attribute}\` opens the console on every interface`,
        help:
          good === undefined
            ? 'Remove it: Packer then sets a random password'
            : 'Use `127.0.0.1`, and an SSH tunnel to look at the console',
        span,
        ...(isLocal && { severity: 'info', preset: 'strict' }),
        fixes: [
          good === undefined || span.file !== undefined
            ? undefined
            : fix('suggested', `Change it to \`${good}\``, written.replace(0, written.text.length, good)),
        ],
      };
    }
  },
});
