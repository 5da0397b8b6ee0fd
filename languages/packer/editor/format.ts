import type { Edit } from '../../../core/text.ts';
import { formatGaps } from '../format/format.ts';
import type { PackerTree } from '../tree.ts';

/** What `packer fmt` would change. It does not touch JSON, nor a file that it cannot parse. */
export function formatEdits({ file, kind, source }: PackerTree): readonly Edit[] {
  const { body, problems } = file.hcl;
  if (kind === 'legacy-json' || body.json || problems.length > 0) return [];
  return formatGaps(source.text).map(({ start, end, spaces }) => ({
    span: { start, end },
    newText: ' '.repeat(spaces),
  }));
}
