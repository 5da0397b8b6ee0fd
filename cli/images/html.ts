import { escapeMarkup } from '../format/xml.ts';
import { drawingsOf, KINDS } from './drawing.ts';
import { lineageOf } from './lineage.ts';
import { namesOf, type ReportedBase, type ReportedImage } from './report.ts';
import { at } from './text.ts';

/** Days before the end of a support from which it is soon. */
const SOON = 180;

/** One page that needs nothing else: no script, no font, no request. `today` is `YYYY-MM-DD`. */
export function imagesHtml(
  images: readonly ReportedImage[],
  { version, today }: { readonly version: string; readonly today: string },
): string {
  const anchors = new Map(images.map(({ id }, i) => [id, `image-${i}`]));
  const names = namesOf(images);
  const link = (id: string): string => {
    const name = breakable(names.get(id) ?? id);
    return anchors.has(id) ? `<a href="#${anchors.get(id)}">${name}</a>` : name;
  };
  const drawings = drawingsOf(lineageOf(images), anchors);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    '<title>Images</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    '<h1>Images</h1>',
    `<p>${summaryOf(images, today)}</p>`,
    ...(drawings === '' ? [] : ['<h2>Lineage</h2>', LEGEND, drawings]),
    ...(['machine', 'application'] as const).map(layer =>
      tableOf(
        layer === 'machine' ? 'Machine images' : 'Application images',
        images.filter(image => image.layer === layer),
        { anchors, link, today },
      ),
    ),
    `<footer>Bakelint ${escapeMarkup(version)}, ${escapeMarkup(today)}</footer>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function summaryOf(images: readonly ReportedImage[], today: string): string {
  if (images.length === 0) return 'No images.';
  const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;
  const machines = images.filter(({ layer }) => layer === 'machine').length;
  const ended = images.filter(({ bases }) =>
    bases.some(({ use, supportEnds: end }) => use === 'base' && end !== null && end < today),
  ).length;
  const unowned = images.filter(({ owner }) => owner === null).length;
  return [
    count(machines, 'machine image'),
    count(images.length - machines, 'application image'),
    `${ended} on a base whose support has ended`,
    `${unowned} without an owner`,
  ].join(' · ');
}

const LEGEND = `<ul class="legend">${Object.entries(KINDS)
  .map(([kind, name]) => `<li><span class="key ${kind}"></span>${name}</li>`)
  .join('')}<li>dotted: only files are taken</li><li>dashed: uncertain</li></ul>`;

interface Page {
  readonly anchors: ReadonlyMap<string, string>;
  readonly link: (id: string) => string;
  readonly today: string;
}

const COLUMNS = ['Built on', 'Used by', 'Started by', 'Owner', 'Purpose', 'Refresh', 'Retirement'];

function tableOf(title: string, images: readonly ReportedImage[], page: Page): string {
  if (images.length === 0) return '';
  const rows = images.map(image => cellsOf(image, page));
  // A column in which nothing is said only takes room.
  const said = COLUMNS.map((_, at) => rows.some(cells => cells[at]!.length > 0));
  const kept = <T>(list: readonly T[]): readonly T[] => list.filter((_, at) => said[at]);
  const head = ['Image', ...kept(COLUMNS)].map(name => `<th scope="col">${name}</th>`).join('');
  return [
    `<h2>${title} <small>${images.length}</small></h2>`,
    `<div class="wide" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>`,
    ...images.map((image, i) => rowOf(image, kept(rows[i]!), page)),
    '</tbody></table></div>',
  ].join('\n');
}

function cellsOf(image: ReportedImage, { link, today }: Page): readonly (readonly string[])[] {
  const { bases, usedBy, startedBy, owner, purpose, refresh, retirement } = image;
  return [
    bases.map(base => `${base.image === null ? breakable(base.name) : link(base.image)}${notesOf(base, today)}`),
    usedBy.map(link),
    startedBy.map(place => breakable(at(place))),
    ...[owner, purpose, refresh, retirement].map(text => (text === null ? [] : [escapeMarkup(text)])),
  ];
}

/** A name or path that may go on in the next line after each of its parts. */
const breakable = (text: string): string => escapeMarkup(text).replaceAll('/', '/<wbr>');

function rowOf(image: ReportedImage, cells: readonly (readonly string[])[], { anchors }: Page): string {
  const tags = [...new Set(image.tags.map(({ name }) => name))].filter(name => name !== image.name);
  const name = [`<b>${breakable(image.name)}</b>`, ...tags.map(breakable), `<small>${breakable(at(image))}</small>`];
  const rest = cells.map(one => `<td>${lines(one)}</td>`).join('');
  return `<tr id="${anchors.get(image.id)}"><th scope="row">${lines(name)}</th>${rest}</tr>`;
}

const lines = (texts: readonly string[]): string => [...new Set(texts)].join('<br>');

function notesOf({ use, certain, supportEnds }: ReportedBase, today: string): string {
  const notes = [
    ...(use === 'copy' ? ['<small>files</small>'] : []),
    ...(certain ? [] : ['<small>uncertain</small>']),
    ...(supportEnds === null ? [] : [supportNote(supportEnds, today)]),
  ];
  return notes.map(note => ` ${note}`).join('');
}

function supportNote(end: string, today: string): string {
  const days = (Date.parse(end) - Date.parse(today)) / 86_400_000;
  if (days < 0) return `<small class="ended">support ended ${end}</small>`;
  return `<small${days < SOON ? ' class="soon"' : ''}>supported until ${end}</small>`;
}

const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --muted: #59636e; --page: #ffffff; --line: #d0d7de; --card: #f6f8fa;
  --base: #6e7781; --machine: #8250df; --application: #0969da; --host: #1a7f37; --ended: #b3261e; --soon: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --muted: #9198a1; --page: #0d1117; --line: #3d444d; --card: #151b23;
  --base: #9198a1; --machine: #b78bff; --application: #58a6ff; --host: #3fb950; --ended: #ff8379; --soon: #e3b341; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; color: var(--text); background: var(--page); }
main { max-width: 90rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } small { font-weight: normal; color: var(--muted); }
a { color: var(--application); }
figure { margin: 1rem 0; overflow-x: auto; } svg { max-width: 100%; height: auto; display: block; }
svg a:focus-visible rect:first-of-type { stroke: var(--application); stroke-width: 3; }
.node rect { fill: var(--card); stroke: var(--line); } .node .mark { stroke: none; }
.node text { font: 13px system-ui, sans-serif; fill: var(--text); } .node .kind { font-size: 11px; fill: var(--muted); }
.node.base .mark, .key.base { fill: var(--base); background: var(--base); }
.node.machine .mark, .key.machine { fill: var(--machine); background: var(--machine); }
.node.application .mark, .key.application { fill: var(--application); background: var(--application); }
.node.host .mark, .key.host { fill: var(--host); background: var(--host); }
.edge { fill: none; stroke: var(--muted); stroke-width: 1.5; } .edge.start { stroke: var(--host); stroke-width: 2; }
.edge.uncertain { stroke-dasharray: 7 4; } .edge.copy { stroke-dasharray: 2 4; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; color: var(--muted); font-size: .9rem; }
.key { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; font-weight: normal; overflow-wrap: anywhere; min-width: 6rem; }
thead th { background: var(--card); font-weight: 600; } tr:target { outline: 2px solid var(--application); }
.ended { color: var(--ended); font-weight: 600; } .soon { color: var(--soon); font-weight: 600; }
footer { color: var(--muted); margin-top: 2rem; }
@media print { main { max-width: none; padding: 0; } body { font-size: 10pt; } figure, tr { break-inside: avoid; } .wide { overflow: visible; }
  .key, .mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
