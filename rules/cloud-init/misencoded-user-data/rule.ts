import type { Finding } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Misencoded } from '../../../languages/cloud-init/handed-over.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'misencoded-user-data',
  summary: 'Terraform passes user-data in the wrong encoding',
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
    yield {
      ...wordsFor(fault),
      span: source.spanOf(0, end < 0 ? source.text.length : end),
      related: [{ message: 'User-data is set here', span: fault.place }],
    };
  },
});

function wordsFor({ kind, attribute, beside, silent, place }: Misencoded): Pick<Finding, 'message' | 'help'> {
  const name = quoted(attribute);
  const where = `In ${quoted(nameOf(place.file ?? ''))}`;
  switch (kind) {
    case 'text':
      return {
        message: `${name} expects Base64, but this file is passed unencoded`,
        help: `${where}, use \`base64encode(file("…"))\``,
      };
    case 'base64':
      return {
        message: `${name} passes this file as Base64, which cloud-init ${silent ? 'ignores' : 'does not decode'}`,
        help: `${where}, remove \`base64encode\``,
      };
    case 'unsaid':
      return {
        message: `${name} is Base64 without ${quoted(beside!)}: cloud-init ignores it`,
        help: `${where}, add ${quoted(`${beside} = "base64"`)}, or remove \`base64encode\``,
      };
    default:
      return {
        message: `${quoted(beside!)} does not match the encoding of ${name}`,
        help: 'Use `base64encode` for `base64`, and `base64gzip` for `gzip+base64`',
      };
  }
}
