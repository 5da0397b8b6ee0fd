import { fix } from '../../../core/finding.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings } from '../../../languages/packer/settings.ts';

export default definePackerRule({
  id: 'vnc-on-all-interfaces',
  summary: 'The console of the machine is open to the network while it is built',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    for (const { setting, span, value } of badSettings(tree, 'console')) {
      const { attribute, good } = setting;
      const { written } = value;
      yield {
        message: attribute.endsWith('disable_password')
          ? `\`${attribute}\` leaves the console of the machine without a password.`
          : `\`${attribute}\` opens the console of the machine on every interface: whoever reaches this host can type into the installation.`,
        span,
        fixes: [
          good === undefined || span.file !== undefined
            ? undefined
            : fix('suggested', `Change it to \`${good}\``, written.replace(0, written.text.length, good)),
        ],
      };
    }
  },
});
