import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Misencoded } from '../../../languages/cloud-init/handed-over.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'misencoded-user-data',
  summary: 'A template passes user-data in an encoding that is not read',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check({ within, source, surroundings }): Iterable<Finding> {
    const fault = within === undefined ? surroundings.misencoded : undefined;
    if (!fault) return;
    const end = source.text.indexOf('\n');
    yield { ...wordsFor(fault), span: source.spanOf(0, end < 0 ? source.text.length : end) };
  },
});

function wordsFor({ kind, attribute, beside, silent }: Misencoded): Pick<Finding, 'message' | 'help'> {
  const name = quoted(attribute);
  switch (kind) {
    case 'text':
      return {
        message: `${name} takes Base64, but this file is passed unencoded`,
        help: 'Use `base64encode(file("…"))`',
      };
    case 'base64':
      return {
        message: `${name} passes this file as Base64, which cloud-init ${silent ? 'ignores' : 'does not decode'}`,
        help: 'Remove `base64encode`',
      };
    case 'unsaid':
      return {
        message: `${name} is Base64 without ${quoted(beside!)}: cloud-init ignores it`,
        help: `Add ${quoted(`${beside} = "base64"`)}, or remove \`base64encode\``,
      };
    default:
      return {
        message: `${quoted(beside!)} is not how the template encodes this file`,
        help: 'Use `base64encode` for `base64`, and `base64gzip` for `gzip+base64`',
      };
  }
}
