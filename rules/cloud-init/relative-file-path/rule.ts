import { type Finding, fix } from '../../../core/finding.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'relative-file-path',
  summary: 'The `path` of a file in `write_files` is not absolute',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['write_files'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const file of itemsOf(get(tree.root, 'write_files'))) {
      const path = asScalar(get(file, 'path'));
      const text = path?.text.text ?? '';
      // A drive letter means Windows; what a template inserts at the start is unknown.
      if (!path || text === '' || /^(?:\/|\\\\|[A-Za-z]:)/.test(text) || text.startsWith(UNRESOLVED)) continue;
      const shell = /^(?:~|\$)/.test(text);
      yield {
        message: shell
          ? `${text.startsWith('~') ? '`~`' : 'Variable'} is not expanded in \`path\``
          : 'Relative `path` in `write_files`',
        help: shell ? 'Write the absolute path' : 'Start the path with `/`',
        span: path.span,
        fixes: [
          shell
            ? undefined
            : fix(
                'suggested',
                'Start the path with `/`',
                path.text.replace(0, /^(?:\.\/)?/.exec(text)![0].length, '/'),
              ),
        ],
      };
    }
  },
});
