import { type Finding, fix } from '../../../core/finding.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, booleanOf, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'hostname-not-applied',
  summary: '`preserve_hostname` prevents the hostname from being set',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { keys: ['preserve_hostname'] },
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    if (!isConfig(tree)) return;
    const preserve = entryOf(tree.root, 'preserve_hostname');
    const value = asScalar(preserve?.value);
    const name = ['hostname', 'fqdn']
      .map(key => entryOf(tree.root, key))
      .find(entry => asScalar(entry?.value)?.text.text);
    if (!preserve || !value || !name || booleanOf(value) !== true) return;
    // A command sets it, and the key is for templates and `/etc/hosts`.
    if (setupCommands(build).some(({ invocation }) => SETTERS.test(invocation.program))) return;
    if (/\/etc\/hostname\b|\bhostnamectl\b/.test(build.source.text)) return;
    yield {
      message: `\`${name.name}\` is not applied: \`preserve_hostname\` is on`,
      help: 'Remove `preserve_hostname`, or the name if the image sets it',
      span: name.span,
      related: [{ message: 'The name is preserved here', span: preserve.span }],
      fixes: [
        fix(
          'suggested',
          'Set `preserve_hostname` to `false`',
          value.written.replace(0, value.written.text.length, 'false'),
        ),
      ],
    };
  },
});

const SETTERS = /^(?:hostname|hostnamectl|nmcli)$/;
