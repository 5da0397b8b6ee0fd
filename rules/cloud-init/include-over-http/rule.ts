import { isOwnUrl } from '../../../facts/local-url.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'include-over-http',
  summary: '`#include` or `#include-once` has an `http://` URL',
  policies: ['G13', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    const header = /^\s*#include-once\b/i.test(tree.source.text) ? '#include-once' : '#include';
    for (const url of tree.includes) {
      if (!/^http:\/\//i.test(url.text) || isOwnUrl(url.text) !== false) continue;
      yield {
        message: `\`${header}\` fetches user-data over plain HTTP`,
        help: 'Use `https://`; the user-data runs as root',
        span: url.span,
      };
    }
  },
});
