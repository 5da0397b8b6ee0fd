/** What a build starts from or installs that has an end of life. */
import type { BaseImage, ImageBuild, Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { HOLE, type Span } from '../../core/text.ts';
import { containerImages } from '../container-images.ts';
import { downloads } from '../downloads.ts';
import { installMedia } from '../install-media.ts';
import type { Ending } from './ending.ts';
import { endOf } from './lookup.ts';
import { endOfLifeOfImage } from './of-image.ts';
import { endOfLifeOfOperatingSystem } from './of-operating-system.ts';

/** One name in a build and everything with an end that it stands for: of `node:16-buster` both. */
export interface NamedEnding {
  readonly endings: readonly Ending[];
  /** False when it holds only if nobody overrides the defaults of these files. */
  readonly certain: boolean;
  readonly span: Span;
  /** Where the variables that the name is made of get their values. */
  readonly definitions: readonly Span[];
}

/** Everything that a build names and that has an announced end, past or to come, each place once. */
export const endingsIn: (build: ImageBuild) => readonly NamedEnding[] = memo(build => {
  const found: NamedEnding[] = [];
  for (const { certain, definitions, reference, span } of containerImages(build)) {
    const endings = endOfLifeOfImage(reference);
    if (endings.length > 0) found.push({ endings, certain, span, definitions });
  }
  for (const { bases } of build.stages)
    for (const base of bases) {
      const value = nameOfSystem(base);
      const ending = value && ofSystem(value);
      if (ending) found.push(ending);
    }
  if (build.stages.length === 0)
    for (const { url } of installMedia(build)) {
      const ending = url && ofSystem(url.value);
      if (ending) found.push(ending);
    }
  for (const { source, url } of downloads(build)) {
    const ending = ofNodeSource(url);
    if (ending) found.push({ endings: [ending], certain: true, span: source.span, definitions: [] });
  }
  return once(found);
});

function nameOfSystem(base: BaseImage): Value | undefined {
  return base.kind === 'iso' ? base.url : base.kind === 'cloud' ? base.selector : undefined;
}

function ofSystem({ byDefault, literal, parts, source, span }: Value): NamedEnding | undefined {
  // What cannot be known ends the word beside it: `centos-7${var.minor}` is no CentOS 7.
  const text = literal ?? byDefault ?? source.text.replaceAll(HOLE, 'x');
  const ending = endOfLifeOfOperatingSystem(text);
  if (!ending) return undefined;
  const isWritten = text === source.text || (literal === undefined && byDefault === undefined);
  return {
    endings: [ending],
    certain: literal !== undefined || byDefault === undefined,
    span: isWritten ? source.spanOf(...ending.matched) : span,
    definitions: isWritten ? [] : parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? []))),
  };
}

/** The script of a packaging service that adds the repository of one release: `https://deb.nodesource.com/setup_14.x`. */
function ofNodeSource(url: string): Ending | undefined {
  const version = /^https?:\/\/(?:deb|rpm)\.nodesource\.com\/setup_(\d{1,2})\.x$/.exec(url)?.[1];
  return version === undefined ? undefined : endOf('Node.js', version);
}

function once(found: readonly NamedEnding[]): readonly NamedEnding[] {
  const places = new Map(
    found.map(ending => [`${ending.span.start} ${ending.span.end} ${ending.span.file ?? ''}`, ending]),
  );
  return [...places.values()];
}

/** `Node.js 16 reached end of life on 2023-09-11` for each, joined; `tense` goes with the days. */
export function sayEndings(endings: readonly Ending[], tense: 'reached' | 'reaches'): string {
  const said = endings.map(({ cycle, date, product }) =>
    product.endsWith(' image')
      ? `the \`${product.slice(0, -' image'.length)}\` image has not been updated since ${date}`
      : `${product} ${cycle} ${tense} end of life on ${date}`,
  );
  const all = said.join(' and ');
  return all.slice(0, 1) === 't' ? `T${all.slice(1)}` : all;
}
