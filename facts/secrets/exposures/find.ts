/** Every secret that is in a build, once. */
import type { ImageBuild, Stage, Step } from '../../../core/build.ts';
import { memoOfTwo } from '../../../core/memo.ts';
import { contains, type SourceText, type Span } from '../../../core/text.ts';
import type { NameLists } from '../names.ts';
import { accountListExposures } from './account-lists.ts';
import { commandExposures, fileCommandExposures } from './commands.ts';
import { contentExposures, lineExposures, tokenExposures } from './content.ts';
import { type Exposure, type ExposureSite, expose, once, placeOf, writtenText } from './exposure.ts';
import { scatteredExposures } from './scattered.ts';
import { settingExposures } from './settings.ts';

const NO_LISTS: NameLists = {};

const byLists: (build: ImageBuild, lists: NameLists) => readonly Exposure[] = memoOfTwo(find);

/**
 * The secrets, weak passwords, hashes and examples that are in a document, in its order, each once: by the name that it
 * is under where it has one, else by the format of the token. What is in a nested document is left to that one.
 */
export function exposures(build: ImageBuild, lists: NameLists = NO_LISTS): readonly Exposure[] {
  return byLists(build, lists.allow?.length || lists.deny?.length ? lists : NO_LISTS);
}

function find(build: ImageBuild, lists: NameLists): readonly Exposure[] {
  const found = settingExposures(build, lists);
  for (const stage of build.stages)
    for (const step of stage.steps) {
      found.push(...commandExposures(stage, step, lists));
      if (step.kind === 'write-file') found.push(...fileExposures(stage, step, lists));
    }
  found.push(...accountListExposures(build, lists), ...elsewhere(build));
  found.push(...scattered(build, lists));
  if (build.language === 'packer') found.push(...templateLines(build, lists));
  if (build.language === 'cloud-init') found.push(...jinjaValues(build, lists));
  const whole = build.nested.filter(({ derived }) => !derived);
  const inner = whole.map(({ source }) => source.span).sort((a, b) => a.start - b.start);
  // Between the parts of a document that such a build is put together from are parts that it does not have.
  const derived = build.nested.flatMap(one => (one.derived ? byLists(one, lists) : [])).flatMap(endsOf);
  const told = new Set(derived);
  return once(found).filter(one => {
    const { repeats, span } = one;
    if (repeats || (told.size > 0 && endsOf(one).some(end => told.has(end)))) return false;
    const nested = lastBefore(inner, span.start);
    return (nested === undefined || !contains(nested, span)) && !isReference(build, span);
  });
}

/** Two readings of one value have the same start or the same end. */
const endsOf = ({ span: { start, end, file = '' } }: Exposure): readonly string[] => [
  `${start}- ${file}`,
  `-${end} ${file}`,
];

/** A value from a local or variable is reported where that is written. */
function isReference({ language, source }: ImageBuild, { start, end, file }: Span): boolean {
  return (
    language === 'packer' &&
    file === undefined &&
    /^\$\{[^{}]{1,200}\}$/.test(source.text.slice(start, Math.min(end, start + 204)))
  );
}

function fileExposures(
  stage: Stage,
  step: Extract<Step, { kind: 'write-file' }>,
  lists: NameLists,
): readonly Exposure[] {
  const path = step.path && (writtenText(step.path)?.text ?? step.path.byDefault);
  const place = placeOf('', (path ?? '').split(/[/\\]/).at(-1)!, 'a file that this writes');
  const site: ExposureSite = { kind: 'file', place, span: step.span, stage };
  if (step.content.span.file !== undefined) return ofCopied(step.content, path, site, lists);
  const found = contentExposures(step.content, path, site, lists);
  if (path !== undefined) found.push(...fileCommandExposures(step.content, path, { span: step.span, stage, lists }));
  return found;
}

/**
 * A file of the project that is copied. Its guessable passwords are often defaults that are replaced when it is used, and a script
 * has them for variables that are not set.
 */
function ofCopied(
  text: SourceText,
  path: string | undefined,
  site: ExposureSite,
  lists: NameLists,
): readonly Exposure[] {
  if (text.text.startsWith('#!') || /\.(?:ba|z|k)?sh$/.test(text.span.file ?? '')) return tokenExposures(text, site);
  return contentExposures(text, path, site, lists).filter(
    ({ judgement: { kind }, span }) =>
      (kind === 'secret' || kind === 'password-hash') &&
      // An example in a comment.
      !/^[ \t]{0,40}(?:[#;]|\/\/|--|<!--)/.test(
        text.text.slice(text.text.lastIndexOf('\n', span.start) + 1, span.start),
      ),
  );
}

/** Locals, entries of objects and unknown attributes: `name = "value"` on a line of a template. */
function templateLines({ source }: ImageBuild, lists: NameLists): Exposure[] {
  const site: ExposureSite = { kind: 'text', place: 'this template', span: source.span, stage: undefined };
  return lineExposures(source, site, lists, true)
    .filter(({ judgement }) => judgement.kind === 'secret')
    .map(exposure => ({ ...exposure, site: { ...site, place: placeOf('', exposure.name ?? '', 'this template') } }));
}

/** `{% set pepper = "value" %}`: what the template itself brings. */
function jinjaValues({ source }: ImageBuild, lists: NameLists): Exposure[] {
  if (!source.text.includes('{%')) return [];
  const found: Exposure[] = [];
  for (const { 1: name, indices } of source.text.matchAll(SET)) {
    const site: ExposureSite = {
      kind: 'text',
      place: placeOf('', name!, 'this template'),
      span: source.span,
      stage: undefined,
    };
    const [start, end] = indices![2] ?? indices![3]!;
    const exposure = expose(name!, source.slice(start, end), 'file', site, lists);
    if (exposure?.judgement.kind === 'secret') found.push(exposure);
  }
  return found;
}
const SET =
  /\{%[-+]?[ \t]{0,8}set[ \t]{1,8}([A-Za-z_]\w{0,80})[ \t]{0,8}=[ \t]{0,8}(?:"([^"\n]{1,400})"|'([^'\n]{1,400})')[ \t]{0,8}[-+]?%\}/dg;

/** Where a value ends up that is in a step. */
const KIND_OF_STEP: Partial<Record<Step['kind'], ExposureSite['kind']>> = {
  env: 'image-env',
  label: 'label',
  run: 'command',
};

/** Names and values in the rest of the document, except in its comments. */
function scattered(build: ImageBuild, lists: NameLists): Exposure[] {
  const { comments, source } = build;
  const site: ExposureSite = { kind: 'text', place: 'this file', span: source.span, stage: undefined };
  const sorted = comments.map(({ span }) => span).sort((a, b) => a.start - b.start);
  const siteAt = ({ site: own, span }: Exposure): ExposureSite => {
    const stage = build.stages.find(({ steps }) => steps.some(one => contains(one.span, span)));
    const step = stage?.steps.find(one => contains(one.span, span));
    const kind = own.kind === 'text' && step ? (KIND_OF_STEP[step.kind] ?? 'text') : own.kind;
    return { kind, place: own.place, span: step?.span ?? own.span, stage };
  };
  return scatteredExposures(source, site, lists)
    .filter(({ span }) => {
      const comment = lastBefore(sorted, span.start);
      return !comment || !contains(comment, span);
    })
    .map(exposure => ({
      ...exposure,
      site: { ...siteAt(exposure), place: placeOf('', exposure.name ?? '', 'this file') },
    }));
}

/** Tokens of known formats in the rest of the document, its comments included. */
function elsewhere(build: ImageBuild): Exposure[] {
  const site: ExposureSite = { kind: 'text', place: 'this file', span: build.source.span, stage: undefined };
  const comments = build.comments.map(({ span }) => span).sort((a, b) => a.start - b.start);
  return tokenExposures(build.source, site).map(exposure => {
    const comment = lastBefore(comments, exposure.span.start);
    return comment && contains(comment, exposure.span)
      ? { ...exposure, site: { ...site, kind: 'comment', place: 'a comment', span: comment } }
      : exposure;
  });
}

function lastBefore(spans: readonly Span[], offset: number): Span | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}
