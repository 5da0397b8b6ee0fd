import type { Finding } from '../../../core/finding.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { isLocalUrl } from '../../../facts/local-url.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asMap, asScalar, at, entriesOf, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** Repositories of the distributions, whose keys are in every image. */
const DISTRIBUTION =
  /(?:^|\.)(?:ubuntu\.com|debian\.org|canonical\.com|raspberrypi\.(?:com|org))$|\/(?:ubuntu|debian)(?:-security|-ports)?\/?$/i;
const LINE = /^\s{0,20}deb(?:-src)?\s{1,20}(\[[^\]\n]{0,300}\]\s{1,20})?(\S{1,300})/;

export default defineCloudInitRule({
  id: 'repository-without-key',
  summary: 'A package repository is added without its signing key',
  policies: ['G13', 'G2', 'G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: ['sources'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const { name, value } of entriesOf(at(tree.root, 'apt', 'sources'))) {
      const map = asMap(value);
      const source = asScalar(get(map, 'source'));
      const line = source && LINE.exec(source.text.text);
      if (!map || !line || entryOf(map, 'key') || entryOf(map, 'keyid')) continue;
      const [, options = '', url = ''] = line;
      if (/\b(?:signed-by|trusted)=/.test(options) || options.includes(UNRESOLVED) || /^[$\uE000]/.test(url)) continue;
      const host = /^[a-z+]{1,10}:\/\/([^/:]{1,255})/i.exec(url)?.[1] ?? '';
      if (DISTRIBUTION.test(host) || DISTRIBUTION.test(url) || isLocalUrl(url) !== false) continue;
      yield {
        message: `Repository${name && /^[\w.-]{1,40}$/.test(name) ? ` \`${name}\`` : ''} has no \`key\` or \`keyid\``,
        help: 'Add its `key`, or the full fingerprint as `keyid`',
        span: source.span,
      };
    }
  },
});
