import type { Finding } from '../../../core/finding.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'cloud-config-below-shebang',
  summary: 'Below `#!` the file is a script, and `#cloud-config` a comment in it',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (tree.form !== 'script') return;
    const found = /^\s{0,9}#![^\n]*\n\s{0,99}(#[ \t]?cloud-config)[ \t\r]*(?:\n|$)/.exec(tree.source.text);
    if (!found) return;
    const start = found[0].indexOf(found[1]!, found[0].indexOf('\n'));
    yield {
      message:
        'The first line makes this a script, so the YAML below is run by a shell: user-data is either a script or `#cloud-config`.',
      span: tree.source.spanOf(start, start + found[1]!.length),
    };
  },
});
