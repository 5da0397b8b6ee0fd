/** Whether an edit may be offered: it is applied in memory, and what is found then is compared. */
import type { ImageBuild, Step, Value } from '../core/build.ts';
import { withMerged } from '../core/causes.ts';
import type { Diagnostic } from '../core/finding.ts';
import { newFindings } from '../core/fixer.ts';
import { judged, type Linted } from './lint.ts';

/** Whether a fix breaks nothing: the document can be read as well as before, and nothing new is found that fails a run. */
export function breaksNothing(before: Linted, after: Linted | undefined): boolean {
  if (!before.build || !after?.build) return false;
  return (
    after.build.problems.length <= before.build.problems.length &&
    after.failures.length <= before.failures.length &&
    newFindings(judged(before), judged(after)).length === 0
  );
}

/**
 * Whether the only difference is a comment: the document says the same otherwise, no directive or header has become a
 * comment, and no rule finds more than before.
 */
export function isOnlyComment(before: Linted, after: Linted | undefined, comment: string): boolean {
  if (!before.build || !after?.build) return false;
  return (
    saysTheSame(before.build, after.build) &&
    hasOneMore(commentsOf(before.build), commentsOf(after.build), comment) &&
    findsNoMore(before.diagnostics, after.diagnostics)
  );
}

function findsNoMore(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  const left = new Map<string, number>();
  for (const { rule } of withMerged(before)) left.set(rule, (left.get(rule) ?? 0) + 1);
  return withMerged(after).every(({ rule }) => {
    const count = left.get(rule) ?? 0;
    left.set(rule, count - 1);
    return count > 0;
  });
}

function commentsOf(build: ImageBuild): readonly string[] {
  return [...build.comments.map(({ text }) => text.trim()), ...build.nested.flatMap(commentsOf)];
}

function hasOneMore(before: readonly string[], after: readonly string[], comment: string): boolean {
  const at = after.indexOf(comment);
  return at >= 0 && after.length === before.length + 1 && after.toSpliced(at, 1).every((text, i) => text === before[i]);
}

function saysTheSame(before: ImageBuild, after: ImageBuild): boolean {
  const [was, is] = [summaryOf(before), summaryOf(after)];
  return was.length === is.length && was.every((line, i) => line === is[i]);
}

/** What a build says, line by line, without places. */
function summaryOf(build: ImageBuild): readonly string[] {
  const { language, stages, parameters, images, problems, mentions, nested } = build;
  return [
    `${language} ${formOf(build)} ${problems.length}`,
    ...problems.map(({ message }) => message),
    ...parameters.map(one => `parameter ${one.name}=${textOf(one.default)} ${one.sensitive}`),
    ...images.map(({ reference, use }) => `${use} ${textOf(reference)}`),
    ...mentions.map(({ file }) => `file ${file}`),
    ...stages.flatMap(({ name, bases, steps, outputs, final }) => [
      `stage ${textOf(name)} ${final}`,
      ...bases.map(({ kind }) => kind),
      ...steps.map(summaryOfStep),
      ...outputs.flatMap(({ labels }) => labels.map(({ key, value }) => `${key}=${textOf(value)}`)),
    ]),
    ...nested.flatMap(summaryOf),
  ];
}

/** What a language takes the whole text for, where it has several forms: a comment above a header makes another of it. */
function formOf({ syntax }: ImageBuild): string {
  const { form } = (syntax ?? {}) as { readonly form?: unknown };
  return typeof form === 'string' ? form : '';
}

function summaryOfStep(step: Step): string {
  switch (step.kind) {
    case 'run':
      return `run ${step.phase} ${step.script?.text.text ?? ''} ${textsOf(step.argv)}`;
    case 'copy':
      return `copy ${step.origin} ${textsOf(step.sources)} ${textOf(step.to)} ${textOf(step.mode)}`;
    case 'fetch':
      return `fetch ${textOf(step.url)} ${textOf(step.checksum)}`;
    case 'packages':
      return `packages ${textsOf(step.names)}`;
    case 'write-file':
      return `write ${textOf(step.path)} ${step.content.text} ${textOf(step.mode)}`;
    case 'label':
      return `label ${step.key}=${textOf(step.value)}`;
    default:
      return `${step.kind} ${step.name}=${textOf(step.value)}`;
  }
}

const textOf = (value: Value | undefined): string => value?.source.text ?? '';
const textsOf = (values: readonly Value[] | undefined): string => (values ?? []).map(textOf).join('\0');
