import { type Finding, fix } from '../../../core/finding.ts';
import { offsetIn } from '../../../languages/cloud-init/edits.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'indented-shebang',
  summary: 'Whitespace before `#!` keeps a script from running',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    const { form, header, source } = tree;
    if (form !== 'script' || !header) return;
    const at = offsetIn(source, header.start);
    // cloud-init skips the space to recognize the script, and writes the file as it is.
    if (at === 0 || source.text.slice(0, at).trim() !== '') return;
    yield {
      message: 'Script does not start with `#!`: it fails with "Exec format error"',
      help: 'Remove the whitespace before `#!`',
      span: header,
      fixes: [fix('suggested', 'Remove the whitespace', source.replace(0, at, ''))],
    };
  },
});
