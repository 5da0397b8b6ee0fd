import { namesOf, type ReportedBase, type ReportedImage, type ReportedName, type ReportedPlace } from './report.ts';

/** The images for people, by layer. */
export function imagesText(images: readonly ReportedImage[]): string {
  if (images.length === 0) return 'No images.\n';
  const names = namesOf(images);
  const blocks = (['machine', 'application'] as const).flatMap(layer => {
    const own = images.filter(image => image.layer === layer);
    if (own.length === 0) return [];
    const title = layer === 'machine' ? 'Machine images' : 'Application images';
    return [`${title} (${own.length})`, ...own.map(image => `\n${block(image, names)}`), ''];
  });
  return `${blocks.join('\n')}`;
}

function block(image: ReportedImage, names: ReadonlyMap<string, string>): string {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['tagged', image.tags.map(written)],
    ['built on', image.bases.filter(({ use }) => use === 'base').map(baseText)],
    ['takes from', image.bases.filter(({ use }) => use === 'copy').map(baseText)],
    ['used by', image.usedBy.map(id => `${names.get(id) ?? id}  ${id.slice(0, id.lastIndexOf('#'))}`)],
    ['started by', image.startedBy.map(written)],
    ['owner', image.owner === null ? [] : [image.owner]],
    ['purpose', image.purpose === null ? [] : [image.purpose]],
    ['refresh', image.refresh === null ? [] : [image.refresh]],
    ['retirement', image.retirement === null ? [] : [image.retirement]],
  ];
  const lines = rows.flatMap(([what, texts]) => texts.map(text => `    ${`${what}:`.padEnd(12)}${text}`));
  return [`  ${image.name}  ${at(image)}`, ...lines].join('\n');
}

export const at = ({ path, range }: ReportedPlace): string => (range === null ? path : `${path}:${range.start.line}`);
const written = (one: ReportedName): string => `${one.name}${one.certain ? '' : ' (uncertain)'}  ${at(one)}`;
const baseText = (base: ReportedBase): string =>
  `${written(base)}${base.supportEnds === null ? '' : `, support ends ${base.supportEnds}`}`;
