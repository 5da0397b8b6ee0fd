import type { Finding } from '../../../core/finding.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'cloud-config-below-shebang',
  summary: '`#cloud-config` follows `#!`, so the YAML runs as a script',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (tree.form !== 'script') return;
    const found = /^\s{0,9}#![^\n]*\n\s{0,99}(#[ \t]?cloud-config)[ \t\r]*(?:\n|$)/.exec(tree.source.text);
    if (!found) return;
    const start = found[0].indexOf(found[1]!, found[0].indexOf('\n'));
    yield {
      message: '`#cloud-config` after `#!`: the YAML runs as a script',
      help: 'Remove the `#!` line, or move the script into `runcmd` or a MIME part',
      span: tree.source.spanOf(start, start + found[1]!.length),
    };
  },
});
