import { isOwnUrl } from '../../../facts/local-url.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, at } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'phone-home-over-http',
  summary: '`phone_home` sends its data over plain HTTP',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: ['phone_home'] },
  since: '2026.11',
  *check(tree) {
    if (!isConfig(tree)) return;
    const url = asScalar(at(tree.root, 'phone_home', 'url'))?.text;
    if (!url || !/^http:\/\//i.test(url.text) || isOwnUrl(url.text) !== false) return;
    yield {
      message: '`phone_home` reports host keys over plain HTTP',
      help: 'Use `https://`',
      span: url.span,
    };
  },
});
