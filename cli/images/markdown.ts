import { harmless } from '../format/terminal.ts';
import { imagesMermaid } from './mermaid.ts';
import { namesOf, type ReportedImage } from './report.ts';
import { at } from './text.ts';

/** So many images still have a drawing that can be read. */
const MOST_DRAWN = 40;

/** A page for a wiki or a repository: a table for each layer, and the graph where it is small. */
export function imagesMarkdown(images: readonly ReportedImage[]): string {
  if (images.length === 0) return '# Images\n\nNo images.\n';
  const names = namesOf(images);
  const tables = (['machine', 'application'] as const).flatMap(layer => {
    const own = images.filter(image => image.layer === layer);
    if (own.length === 0) return [];
    const rows = own.map(image => `| ${cellsOf(image, names).join(' | ')} |`);
    const title = layer === 'machine' ? 'Machine images' : 'Application images';
    return [
      `## ${title} (${own.length})`,
      '',
      `| ${COLUMNS.join(' | ')} |`,
      `|${' --- |'.repeat(COLUMNS.length)}`,
      ...rows,
      '',
    ];
  });
  const drawing =
    images.length > MOST_DRAWN ? [] : ['## Lineage', '', '```mermaid', `${imagesMermaid(images)}\`\`\``, ''];
  return ['# Images', '', ...tables, ...drawing].join('\n');
}

const COLUMNS = [
  'Image',
  'Built on',
  'Support ends',
  'Used by',
  'Started by',
  'Owner',
  'Purpose',
  'Refresh',
  'Retirement',
];

function cellsOf(image: ReportedImage, names: ReadonlyMap<string, string>): readonly string[] {
  const ends = image.bases.flatMap(({ use, supportEnds }) => (use === 'base' && supportEnds) || []).sort()[0];
  return [
    [image.name, at(image)],
    image.bases.map(({ name, use }) => (use === 'copy' ? `${name} (files)` : name)),
    [ends ?? ''],
    image.usedBy.map(id => names.get(id) ?? id),
    image.startedBy.map(at),
    [image.owner ?? ''],
    [image.purpose ?? ''],
    [image.refresh ?? ''],
    [image.retirement ?? ''],
  ].map(lines => [...new Set(lines)].map(cell).join('<br>'));
}

/** Text that stays text in a cell of a table. */
function cell(text: string): string {
  return (
    harmless(text)
      .replace(/[\\`*_[\]|~$]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // No mention of a person or a team, no reference to an issue, no address that becomes a link.
      .replace(/[@#]|:(?=\/\/)|\bwww(?=\.)/g, '$&\u200b')
  );
}
