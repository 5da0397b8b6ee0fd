import { type Finding, fix } from '../../../core/finding.ts';
import { HOLE } from '../../../core/text.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'relative-file-path',
  summary: '`write_files` takes absolute paths and knows no `~`',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const file of itemsOf(get(tree.root, 'write_files'))) {
      const path = asScalar(get(file, 'path'));
      const text = path?.text.text ?? '';
      // A drive's letter is Windows; what a template puts in front is unknown.
      if (!path || text === '' || /^(?:\/|\\\\|[A-Za-z]:)/.test(text) || text.startsWith(HOLE)) continue;
      const shell = /^(?:~|\$)/.test(text);
      yield {
        message: shell
          ? 'No shell reads this path, so the file lands in a folder of that very name: write the path out.'
          : 'This path has no `/` in front, so where the file lands depends on the folder that cloud-init happens to run in.',
        span: path.span,
        fixes: [
          shell
            ? undefined
            : fix('suggested', 'Make the path absolute', path.text.replace(0, /^(?:\.\/)?/.exec(text)![0].length, '/')),
        ],
      };
    }
  },
});
