import { fix } from '../../../core/finding.ts';
import { stringList } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import { overlaps } from '../../../core/text.ts';
import { exposuresOf } from '../../../facts/secrets/exposures/concern.ts';
import { classifyName } from '../../../facts/secrets/names.ts';
import { classifyValue } from '../../../facts/secrets/values.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBlock, PackerReference, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'secret-variable-not-sensitive',
  summary: 'A variable whose name suggests a secret is not `sensitive`',
  policies: ['G1'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { blocks: ['variable'] },
  since: '2026.11',
  hclOnly: true,
  options: { allow: stringList('Names of variables that are not secrets; `*` matches any characters') },
  *check(file, { options }, build) {
    // A default is in the file for everyone to read; other rules say what it opens.
    const written = (['baked', 'weak', 'login'] as const).flatMap(concern => exposuresOf(build, concern, options));
    for (const { name, nameSpan, block, sensitive, default: value, type, uses } of file.module.variables) {
      if (!block || !isOwn(file, block) || sensitive !== false) continue;
      if (classifyName(name, options) !== 'strong' || (type !== undefined && !/string|any|map|object/.test(type)))
        continue;
      // A path, a URL or a hash under such a name may appear in a log.
      const text = value?.text;
      if (text !== undefined && HARMLESS.has(classifyValue(text).kind)) continue;
      // Nothing prints it; that it is not used is said by another rule.
      if (build.idleness?.(nameSpan) === 'unused') continue;
      if (uses.length > 0 && uses.every(use => isWrapped(file, use))) continue;
      if (isKeyId(name, file) || namesFile(file, name) || written.some(({ span }) => overlaps(block.span, span)))
        continue;
      yield {
        message: `Variable ${quoted(name)} looks secret but is not \`sensitive\``,
        help: `${block.attribute('sensitive') ? 'Set' : 'Add'} \`sensitive = true\``,
        span: nameSpan,
        fixes: [sensitiveFix(block)],
      };
    }
  },
});

/** Whether a reference is in a local that is sensitive, which masks the value wherever it is used. */
function isWrapped({ module }: PackerTree, { span }: PackerReference): boolean {
  return module.locals.some(local => local.sensitive === true && local.block && overlaps(local.block.span, span));
}

const HARMLESS = new Set(['path', 'url', 'bool', 'version', 'hash', 'locked', 'public', 'certificate', 'checksum']);

function sensitiveFix(block: PackerBlock) {
  const existing = block.attribute('sensitive');
  if (existing) {
    const { written } = existing.value;
    return fix('safe', 'Set `sensitive = true`', written.replace(0, written.text.length, 'true'));
  }
  const after = block.attribute('type') ? 'type' : undefined;
  const edits = insertAttribute(block, 'sensitive', 'true', after);
  return edits && fix('safe', 'Add `sensitive = true`', ...edits);
}

/** The id of a key, whose secret is another variable: `aws_access_key` beside `aws_secret_key`. */
function isKeyId(name: string, { module }: PackerTree): boolean {
  if (!/(?:^|_)access_?key$/i.test(name) || /secret|storage/i.test(name)) return false;
  const isUsedSo = module.sources.some(({ block }) =>
    block.attribute('access_key')?.value.references.some(({ root, path }) => root === 'var' && path[0] === name),
  );
  const lower = name.toLowerCase();
  const secrets = ['secret', 'secret_access'].map(word => lower.replace(/access(?=_?key$)/, word));
  return isUsedSo || module.variables.some(one => secrets.includes(one.name.toLowerCase()));
}

/** Whether an attribute that takes a path, such as `ssh_private_key_file`, is made of the variable. */
function namesFile({ module }: PackerTree, name: string): boolean {
  return module.sources.some(({ block }) =>
    block.attributes.some(
      attribute =>
        /_(?:file|path)$/.test(attribute.name) &&
        attribute.value.references.some(({ root, path }) => root === 'var' && path[0] === name),
    ),
  );
}
