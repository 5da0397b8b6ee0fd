import { type Finding, fix } from '../../../core/finding.ts';
import { failureOf } from '../../../languages/packer/evaluate/failures.ts';
import { type FunctionFacts, functionNamed, functionNames } from '../../../languages/packer/functions.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import type { Call, Expression } from '../../../languages/packer/hcl/ast.ts';
import { eachUseIn } from '../../../languages/packer/names.ts';
import { isNoNumber, kindOf } from '../../../languages/packer/operands.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';
import { isType, typeOf } from '../../../languages/packer/types.ts';

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
    // In the arm of a condition that is not taken, only names and numbers of arguments count.
    const perhaps = new Set<Call>();
    eachUseIn(tree.file, ({ conditional, context, sheltered, use }) => {
      if (use.kind !== 'call' || context !== 'template' || sheltered || use.close === undefined) return;
      calls.push(use);
      if (conditional) perhaps.add(use);
    });
    let guessAt: ((word: string) => string | undefined) | undefined;
    for (const call of calls) {
      // Namespaces came after the functions that are known.
      if (call.name.text.includes('::')) continue;
      const known = functionNamed(call.name.text);
      if (known) {
        const wrong = [...arityOf(call, known.min, known.max ?? undefined, tree)];
        if (wrong.length === 0 && !perhaps.has(call)) {
          wrong.push(...typesOf(call, known, tree));
          if (wrong.length === 0) wrong.push(...failing(call, tree));
        }
        yield* wrong;
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

/** Arguments that Packer cannot convert. */
function* typesOf(
  { args, expand, name }: Call,
  { params, variadic }: FunctionFacts,
  tree: PackerTree,
): Iterable<Finding> {
  const shape = Object.hasOwn(SHAPES, name.text) ? SHAPES[name.text] : undefined;
  for (const [i, arg] of args.entries()) {
    const type = (params[i] ?? variadic)?.[1];
    if (type === undefined || (expand && i === args.length - 1)) continue;
    const wanted = shape && (i === 0 || params.length === 0) ? shape : nounOf(type);
    if (!wanted || !isMismatched(arg, wanted, tree)) continue;
    yield {
      message: `Argument ${i + 1} of \`${name.text}\` must be ${wanted}`,
      help: wanted === 'a list' && arg.kind === 'template' ? 'Put it in brackets' : `Write ${wanted}`,
      span: tree.source.spanOf(arg.start, arg.end),
    };
  }
}

type Noun = 'a list' | 'an object' | 'a string' | 'a number' | 'a string, list or object';

/** What functions take whose parameters have no type, in each of the variable arguments, or else in the first one. */
const SHAPES: Readonly<Record<string, Noun>> = {
  concat: 'a list',
  contains: 'a list',
  element: 'a list',
  flatten: 'a list',
  index: 'a list',
  keys: 'an object',
  length: 'a string, list or object',
  lookup: 'an object',
  merge: 'an object',
  reverse: 'a list',
  setproduct: 'a list',
  slice: 'a list',
  values: 'an object',
};

function nounOf(type: string): Noun | undefined {
  if (/^(?:list|set)\(/.test(type)) return 'a list';
  return type === 'string' ? 'a string' : type === 'number' ? 'a number' : undefined;
}

function isMismatched(arg: Expression, wanted: Noun, { module, source }: PackerTree): boolean {
  const read = (node: Expression) => module.read(node, source);
  const kind = kindOf(arg, read, module);
  if (kind === undefined || kind === 'null') return false;
  const isPlain = kind === 'string' || kind === 'number' || kind === 'bool';
  switch (wanted) {
    case 'a list':
      return isPlain || kind === 'object';
    case 'an object':
      return isPlain || kind === 'list';
    case 'a string, list or object':
      return kind === 'number' || kind === 'bool';
    case 'a string':
      return !isPlain;
    case 'a number':
      return isNoNumber(kind, read(arg).raw);
  }
}

/** Arguments of the right type with which the function fails. */
function* failing({ args, end, expand, name, start }: Call, { module, source }: PackerTree): Iterable<Finding> {
  if (expand) return;
  if (name.text === 'convert') {
    const type = args[1] && typeOf(args[1]);
    if (type && !isType(type))
      yield {
        message: 'Argument 2 of `convert` is not a type',
        help: 'Write a type without quotes, such as `string` or `list(string)`',
        span: source.spanOf(args[1]!.start, args[1]!.end),
      };
    return;
  }
  const failure = failureOf(
    name.text,
    args.map(arg => module.read(arg, source)),
  );
  if (!failure) return;
  const place = failure.at === undefined ? { start, end } : args[failure.at]!;
  yield { message: failure.message, help: failure.help, span: source.spanOf(place.start, place.end) };
}

function numberOf(min: number, max: number | undefined): string {
  const noun = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;
  if (max === undefined) return `at least ${noun(min)}`;
  return min === max ? noun(min) : `${min} to ${noun(max)}`;
}
