import { isLocalUrl } from '../../../facts/local-url.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'include-over-http',
  summary: 'More user-data is fetched over plain HTTP',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    for (const url of tree.includes) {
      if (!/^http:\/\//i.test(url.text) || isLocalUrl(url.text) !== false) continue;
      yield {
        message:
          'What comes from here runs as root at boot, and over plain HTTP anybody on the way can put other commands in its place.',
        span: url.span,
      };
    }
  },
});
