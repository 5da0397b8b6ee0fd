import { isOwnUrl } from '../../../facts/local-url.ts';
import { asScalar, at } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'include-over-http',
  summary: 'User-data is fetched from an `http://` URL',
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
    // https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html
    const seed = asScalar(at(tree.root, 'datasource', 'NoCloud', 'seedfrom'));
    if (seed && /^http:\/\//i.test(seed.text.text) && isOwnUrl(seed.text.text) === false)
      yield {
        message: '`seedfrom` fetches user-data over plain HTTP',
        help: 'Use `https://`; the user-data runs as root',
        span: seed.span,
      };
  },
});
