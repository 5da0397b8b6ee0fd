import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asMap, asScalar, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'chef-without-verification',
  summary: 'The certificate of the Chef server is not verified',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['chef'] },
  since: '2026.11',
  *check(tree) {
    const chef = isConfig(tree) ? entryOf(tree.root, 'chef') : undefined;
    const map = asMap(chef?.value);
    // Chef Solo and Zero have no server.
    const server = asScalar(get(map, 'server_url'))?.text;
    if (!chef || !map || !server || /^(?:http:|chefzero:)/.test(server.text)) return;
    const mode = entryOf(map, 'ssl_verify_mode');
    const value = asScalar(mode?.value)?.text.text;
    if (mode && !/^:?verify_none$/.test(value ?? '')) return;
    // A template may add the key.
    if (!mode && map.entries.some(({ name }) => name === undefined)) return;
    yield {
      message: mode
        ? '`ssl_verify_mode` turns off verification of the Chef server certificate'
        : 'Chef server certificate is not verified: no `ssl_verify_mode`',
      help: `${mode ? 'Set it to' : 'Add'} \`${mode ? '' : 'ssl_verify_mode: '}:verify_peer\``,
      span: (mode ?? chef.key).span,
    };
  },
});
