import { quoted } from '../../../core/quoted.ts';
import { LABEL_TYPES, labelsOf, PLACEHOLDER } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, Pair } from '../../../languages/dockerfile/tree.ts';

/** What is the same in each build; versions, dates and revisions are given to it. */
const FIXED = /(?:^|\.)(?:title|vendor|authors|maintainer|description|licenses|documentation|team|owner)$/;

/** The ARG without a default that is all of a label; `${VENDOR:-Acme}` has one, and an ENV of the base may set others. */
function unsetArgument({ value }: Pair, file: DockerfileTree): string | undefined {
  const [only, ...others] = value.parts.filter(part => part !== '');
  if (typeof only !== 'object' || others.length > 0 || (value.literal ?? value.byDefault ?? '') !== '')
    return undefined;
  const { definition, name, span } = only;
  const isPlain = /^\$(?:\w+|\{\w+\})$/.test(file.source.text.slice(span.start, span.end));
  if (!isPlain || definition === undefined || span.file !== undefined) return undefined;
  const isArgument = file.stages.some(({ instructions }) =>
    instructions.some(
      one =>
        one.kind === 'arg' &&
        one.declarations.some(
          declared =>
            declared.name === name &&
            declared.default === undefined &&
            declared.span.start <= definition.start &&
            definition.end <= declared.span.end,
        ),
    ),
  );
  return isArgument ? name : undefined;
}

export default defineDockerfileRule({
  id: 'empty-label',
  summary: 'A label that describes the image or names its owner is empty or a placeholder',
  policies: ['G8', 'G7'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3051'],
  *check(file, { project }) {
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        const key = pair.key.toLowerCase();
        if (!LABEL_TYPES.has(key) && !project.ownerKeys.includes(key)) continue;
        const unset = FIXED.test(key) ? unsetArgument(pair, file) : undefined;
        if (unset !== undefined)
          yield {
            message: `Label ${quoted(pair.key, 50)} is empty unless ${quoted(unset, 20)} is given`,
            help: `Give \`ARG ${unset}\` a default`,
            span: pair.span,
          };
        if (PLACEHOLDER.test(pair.value.literal?.trim() ?? '')) {
          yield {
            message: `Label ${quoted(pair.key)} has a placeholder as its value`,
            help: 'Set the real value, or remove the label',
            span: pair.span,
          };
          continue;
        }
        // An ARG without a default may be given a value; one that is empty by default is empty on purpose.
        if (pair.value.literal?.trim() !== '' || pair.value.parts.some(part => typeof part !== 'string')) continue;
        yield {
          message: `Label ${quoted(pair.key)} is empty`,
          help: 'Set a value, or remove the label',
          span: pair.span,
        };
      }
  },
});
