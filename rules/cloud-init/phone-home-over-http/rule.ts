import { isLocalUrl } from '../../../facts/local-url.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, at } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'phone-home-over-http',
  summary: 'The machine reports its keys over plain HTTP',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree) {
    if (!isConfig(tree)) return;
    const url = asScalar(at(tree.root, 'phone_home', 'url'))?.text;
    if (!url || !/^http:\/\//i.test(url.text) || isLocalUrl(url.text) !== false) return;
    yield {
      message:
        'The machine reports its name and host keys over plain HTTP, so anybody on the way can hand in keys of their own and pass for it.',
      span: url.span,
    };
  },
});
