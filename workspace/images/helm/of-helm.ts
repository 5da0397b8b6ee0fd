/** The images that templates of Helm start, with the values of their chart: https://helm.sh/docs/chart_template_guide/ */
import { joinPath, nameOf, parentDirectory } from '../../../core/path.ts';
import { lastFew } from '../last-few.ts';
import type { NamedImage } from '../model.ts';
import type { Naming } from '../naming.ts';
import { firstOf, MOST, settingsOf } from '../values.ts';
import { below, type Datum, Gap, isMap, merged, treeOf } from './data.ts';
import { parse } from './parse.ts';
import { type Piece, rendered } from './render.ts';

const IMAGE = /^[ \t]{0,80}(?:-[ \t]{1,20})?"?image"?:[ \t]{1,20}([^\n#]{1,400})/gm;
const EXPRESSION = /\{\{[ \t]{0,9}[^{}\n]{1,300}?[ \t]{0,9}\}\}/g;

interface Given {
  readonly path: string;
  readonly text: string;
}

const valuesIn = lastFew((text): Datum => treeOf(settingsOf(text)));
const definedIn = lastFew((text: string) => parse(text).defined);

/** `given` are the files of the chart that the template takes over, also those of the chart that it is a part of. */
export function startsOfHelm(
  text: string,
  chart: string,
  given: readonly Given[],
  naming: Naming,
): readonly NamedImage[] {
  const defined = new Map(given.filter(({ path }) => path.endsWith('.tpl')).flatMap(one => [...definedIn(one.text)]));
  const pieces = rendered(parse(text), contextOf(chart, given), defined);
  return firstOf(imagesIn(pieces, text), MOST).flatMap(({ written, start, end }): NamedImage[] => {
    if (!/\w/.test(written.replace(EXPRESSION, '')) || /[\s"'|]/.test(written.replace(EXPRESSION, ''))) return [];
    const found = naming.started(written, { start, end });
    return found && (found.known === undefined || /\w/.test(found.known)) ? [{ ...found, certain: false }] : [];
  });
}

/** What `.` is at the top of a template. */
function contextOf(chart: string, given: readonly Given[]): Datum {
  const textAt = (path: string): string => given.find(one => one.path === path)?.text ?? '';
  const own = valuesIn(textAt(joinPath(chart, 'values.yaml')));
  // A chart of another has its values below its name, and those for all charts.
  const parent = parentDirectory(parentDirectory(chart));
  const others =
    nameOf(parentDirectory(chart)) === 'charts' ? valuesIn(textAt(joinPath(parent, 'values.yaml'))) : undefined;
  const shared = new Map([['global', below(others, ['global'])]]);
  const values = [below(others, [nameOf(chart)]), isMap(shared.get('global')) ? shared : undefined].reduce(
    (one, other) => merged(one, other),
    own,
  );
  const facts = treeOf(settingsOf(textAt(joinPath(chart, 'Chart.yaml'))).filter(({ path }) => path.length === 1));
  return new Map<string, Datum>([
    ['Values', values],
    ['Chart', new Map([...facts].map(([key, value]) => [key.replace(/^./, first => first.toUpperCase()), value]))],
    ...['Release', 'Capabilities', 'Files', 'Template'].map(name => [name, new Gap(name)] as const),
  ]);
}

interface Placed {
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

/** The images in what comes out, and where the template has them. */
function* imagesIn(pieces: readonly Piece[], text: string): Iterable<Placed> {
  const whole = pieces.map(one => one.text).join('');
  const seen = new Set<string>();
  let at = 0;
  let from = 0;
  for (const { 0: line, 1: value = '', index } of whole.matchAll(IMAGE)) {
    const place = index + line.length - value.length;
    while (at < pieces.length && from + pieces[at]!.text.length <= place) from += pieces[at++]!.text.length;
    const piece = pieces[at];
    if (!piece) return;
    const start = piece.isWhole ? piece.start : piece.start + place - from;
    const rest = text.slice(start, start + 500).split('\n', 1)[0]!;
    const written = value.trim().replace(/^(["'])(.*)\1$/, '$2');
    const key = `${start} ${written}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield { written, start, end: start + Math.max(rest.trimEnd().length, 1) };
  }
}
