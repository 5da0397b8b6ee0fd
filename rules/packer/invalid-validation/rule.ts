import { type Finding, fix } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { eachName } from '../../../languages/packer/references.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';
import type { Evaluated, PackerBlock, PackerTree, PackerVariable } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'invalid-validation',
  summary: 'A `validation` block is invalid, or a value does not pass it',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const { file, module, source } = tree;
    if (file.kind === 'variables') {
      for (const { name, value } of file.top.attributes) {
        const variable = module.variable(name);
        if (variable) yield* failing(variable, value, tree);
      }
      return;
    }
    for (const variable of module.variables) {
      for (const validation of variable.validations) {
        if (validation.source !== source) continue;
        yield* ofCondition(validation, variable.name, tree);
        yield* ofMessage(validation);
      }
      const { default: value } = variable;
      if (value?.source === source) yield* failing(variable, value, tree);
    }
  },
});

/** The condition may refer to its variable, and has to. */
function* ofCondition(validation: PackerBlock, name: string, { source }: PackerTree): Iterable<Finding> {
  const condition = validation.attribute('condition')?.value;
  if (!condition) return;
  const help = `A condition can only refer to ${shownName(`var.${name}`, 'its own variable')}`;
  let refers = false;
  let strange = false;
  const found: Finding[] = [];
  eachName(condition.expression, use => {
    if (use.kind === 'call') return;
    const step = use.kind === 'traversal' ? use.steps[0] : undefined;
    const root = use.kind === 'variable' ? use : use.source;
    const isOwn = root.kind === 'variable' && root.name === 'var' && step?.kind === 'attribute-step';
    if (isOwn && step.name.text === name) {
      refers = true;
      return;
    }
    strange = true;
    // `unknown-reference` reports first names that do not exist.
    if (root.kind !== 'variable' || !KNOWN.has(root.name)) return;
    const shown = shownName(source.text.slice(use.start, use.end), 'another value');
    found.push({ message: `Condition refers to ${shown}`, help, span: source.spanOf(use.start, use.end) });
  });
  yield* found;
  if (refers || strange || condition.expression.kind === 'invalid') return;
  yield {
    message: `Condition does not refer to ${shownName(`var.${name}`, 'its own variable')}`,
    help: 'Test the value of the variable',
    span: condition.span,
  };
}
const KNOWN: ReadonlySet<string> = new Set(['var', 'local', 'data', 'source', 'sources', 'build', 'path', 'packer']);

/** The message is read before anything else, and has to be a sentence. */
function* ofMessage(validation: PackerBlock): Iterable<Finding> {
  const message = validation.attribute('error_message')?.value;
  const text = message?.literal;
  if (message && message.references.length > 0)
    yield { message: '`error_message` is not constant', help: 'Write it without `${…}`', span: message.span };
  if (!message || typeof text !== 'string') return;
  const trimmed = text.trim();
  if (isSentence(trimmed)) return;
  const { span, written } = message;
  const isLower = trimmed === '' || !startsSentence(trimmed);
  const isOpen = !/[.?!]$/.test(trimmed);
  const better = trimmed === '' ? undefined : asSentence(written.text);
  const edit = better === undefined ? undefined : written.replace(0, written.text.length, better);
  yield {
    message: trimmed === '' ? 'Empty `error_message`' : '`error_message` is not a full sentence',
    help: isLower
      ? isOpen
        ? 'Start it with a capital letter and end it with a period or question mark'
        : 'Start it with a capital letter'
      : 'End it with a period or question mark',
    span,
    fixes: [
      edit &&
        fix(
          'suggested',
          isLower ? (isOpen ? 'Add a capital letter and a period' : 'Start it with a capital letter') : 'Add a period',
          edit,
        ),
    ],
  };
}

function isSentence(text: string): boolean {
  return startsSentence(text) && /[.?!]$/.test(text);
}

function startsSentence(text: string): boolean {
  const first = text.codePointAt(0);
  if (first === undefined) return false;
  const letter = String.fromCodePoint(first);
  return !(/\p{L}/u.test(letter) && !/\p{Lu}/u.test(letter));
}

/** Of a plain string in quotes. */
function asSentence(written: string): string | undefined {
  const inner = /^"([^"\\$%\n]{1,500})"$/.exec(written)?.[1]?.trim();
  if (!inner) return undefined;
  const text = inner[0]!.toUpperCase() + inner.slice(1);
  return `"${/[.?!]$/.test(text) ? text : `${text}.`}"`;
}

/** The value that counts is tested: one in a variables file, or the default where nothing else is set. */
function* failing(variable: PackerVariable, value: Evaluated, { file, module }: PackerTree): Iterable<Finding> {
  for (const validation of variable.validations) {
    const condition = validation.attribute('condition')?.value;
    if (!condition || value.literal === undefined) continue;
    const result = module.readWith(condition, variable.name, value);
    if (result.bool === undefined && result.literal !== undefined && result.literal !== null) {
      yield {
        message: 'Condition is not `true` or `false`',
        help: 'Compare the value, as in `var.x != ""`',
        span: condition.span,
      };
      continue;
    }
    if (result.bool !== false) continue;
    const ofFile = file.kind === 'variables';
    if (isEmpty(value) && (!ofFile || EXAMPLES.test(nameOf(file.path ?? '')))) return;
    yield {
      message: `${ofFile ? 'Value' : 'Default'} of ${quoted(variable.name, 30)} fails its validation`,
      help: ofFile
        ? 'Use a value that meets the condition'
        : 'Remove the default, so that it must be set, or correct it',
      span: value.span,
      severity: ofFile ? 'error' : 'warning',
      related: [{ message: 'Condition', span: condition.span }],
    };
    return;
  }
}

/** Files that people copy and fill in. */
const EXAMPLES = /example|sample|template|\bdist\b/i;

/** An empty default with a condition makes people set the variable. */
function isEmpty({ complete, entries, items, kind, literal }: Evaluated): boolean {
  if (literal === null || literal === '') return true;
  return (kind === 'list' || kind === 'object') && complete && items.length + entries.length === 0;
}
