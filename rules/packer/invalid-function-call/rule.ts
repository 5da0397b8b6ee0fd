import { type Finding, fix } from '../../../core/finding.ts';
import { type FunctionFacts, functionNamed, functionNames } from '../../../languages/packer/functions.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import type { Call, Expression } from '../../../languages/packer/hcl/ast.ts';
import { eachUseIn } from '../../../languages/packer/names.ts';
import { stringOf } from '../../../languages/packer/references.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'invalid-function-call',
  summary: 'A function is unknown or has invalid arguments',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    const calls: Call[] = [];
    eachUseIn(tree.file, ({ context, sheltered, use }) => {
      if (use.kind === 'call' && context === 'template' && !sheltered && use.close !== undefined) calls.push(use);
    });
    let guessAt: ((word: string) => string | undefined) | undefined;
    for (const call of calls) {
      // Namespaces came after the functions that are known.
      if (call.name.text.includes('::')) continue;
      const known = functionNamed(call.name.text);
      if (known) {
        yield* arityOf(call, known.min, known.max ?? undefined, tree);
        yield* typesOf(call, known, tree);
      }
      if (!known) yield unknown(call, (guessAt ??= guesser(functionNames()))(call.name.text), tree);
    }
  },
});

function unknown({ name }: Call, guess: string | undefined, { source }: PackerTree): Finding {
  const other = Object.hasOwn(OF_TERRAFORM, name.text) ? OF_TERRAFORM[name.text] : undefined;
  return {
    message: `Packer has no function ${shownName(name.text, 'of this name')}`,
    help: other
      ? `Use \`${other}\``
      : guess === undefined
        ? 'Use one of the functions that Packer documents'
        : `Did you mean \`${guess}\`?`,
    span: source.spanOf(name.start, name.end),
    fixes: [
      guess === undefined || other !== undefined
        ? undefined
        : fix('suggested', `Change it to \`${guess}\``, source.replace(name.start, name.end, guess)),
    ],
  };
}

/** Functions of Terraform that Packer lacks, and what comes nearest. */
const OF_TERRAFORM: Readonly<Record<string, string>> = {
  uuid: 'uuidv4()',
  tobool: 'convert(VALUE, bool)',
  tonumber: 'convert(VALUE, number)',
  tostring: 'convert(VALUE, string)',
  tolist: 'convert(VALUE, list(string))',
  toset: 'convert(VALUE, set(string))',
  tomap: 'convert(VALUE, map(string))',
};

function* arityOf(call: Call, min: number, max: number | undefined, { source }: PackerTree): Iterable<Finding> {
  const { args, expand, name } = call;
  // `f(list...)` gives any number.
  const few = !expand && args.length < min;
  const many = max !== undefined && args.length - (expand ? 1 : 0) > max;
  if (!few && !many) return;
  yield {
    message: `\`${name.text}\` takes ${numberOf(min, max)}, not ${args.length}`,
    help: few ? 'Add the missing arguments' : 'Remove the extra arguments',
    span: source.spanOf(call.start, call.end),
  };
}

/** Arguments that are written out and that Packer cannot convert. */
function* typesOf(
  { args, expand, name }: Call,
  { params, variadic }: FunctionFacts,
  { source }: PackerTree,
): Iterable<Finding> {
  for (const [i, arg] of args.entries()) {
    const type = (params[i] ?? variadic)?.[1];
    if (type === undefined || (expand && i === args.length - 1) || !isMismatched(arg, type)) continue;
    const noun = NOUNS.find(([start]) => type.startsWith(start))![1];
    yield {
      message: `Argument ${i + 1} of \`${name.text}\` must be ${noun}`,
      help: noun === 'a list' && arg.kind === 'template' ? 'Put it in brackets' : `Write ${noun}`,
      span: source.spanOf(arg.start, arg.end),
    };
  }
}

const NOUNS = [
  ['list', 'a list'],
  ['set', 'a list'],
  ['string', 'a string'],
  ['number', 'a number'],
] as const;

function isMismatched(arg: Expression, type: string): boolean {
  const isCollection = arg.kind === 'tuple' || arg.kind === 'object';
  const text = stringOf(arg);
  if (/^(?:list|set)\(/.test(type)) return text !== undefined || arg.kind === 'number' || arg.kind === 'bool';
  if (type === 'string') return isCollection;
  // What Go reads as a number is written with these.
  return (
    type === 'number' && (isCollection || arg.kind === 'bool' || (text !== undefined && !/^[+\-.\w]+$/.test(text)))
  );
}

function numberOf(min: number, max: number | undefined): string {
  const noun = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;
  if (max === undefined) return `at least ${noun(min)}`;
  return min === max ? noun(min) : `${min} to ${noun(max)}`;
}
