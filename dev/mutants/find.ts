/** Where the guards of rules, facts and languages are, and what each could wrongly be: by the TypeScript AST. */
import { relative } from 'node:path';
import {
  type Expression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isIfStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

/** One way to be wrong: an expression, and the text that is in its place. */
export interface Mutant {
  readonly kind: 'negated' | 'dropped' | 'left side' | 'true' | 'off by one';
  /** From the root of the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Offsets of the expression in the file. */
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly mutated: string;
}

/** Every mutant in the files that `wanted` takes, by file and place. */
export function findMutants(wanted: (file: string) => boolean): Mutant[] {
  const api = new API({ cwd: process.cwd() });
  try {
    const [project] = api.updateSnapshot({ openProject: 'dev/tsconfig.json' }).getProjects();
    const { program } = project!;
    const files = program.getSourceFileNames().map(path => ({ path, file: relative('.', path) }));
    return files
      .filter(({ file }) => wanted(file))
      .toSorted((a, b) => (a.file < b.file ? -1 : 1))
      .flatMap(({ path, file }) => mutantsOf(program.getSourceFile(path)!, file));
  } finally {
    api.close();
  }
}

function mutantsOf(source: SourceFile, file: string): Mutant[] {
  const found: Mutant[] = [];
  const add = (kind: Mutant['kind'], at: Expression, mutated: string): void => {
    const start = at.getStart(source);
    const line = source.text.slice(0, start).split('\n').length;
    found.push({ kind, file, line, start, end: at.end, original: at.getText(source), mutated });
  };
  // What runs at import runs once, before any mutant is switched on.
  const visit = (node: Node, inFunction: boolean): void => {
    if (inFunction) for (const { kind, at, mutated } of changesOf(node, source)) add(kind, at, mutated);
    node.forEachChild(child => visit(child, inFunction || FUNCTIONS.has(node.kind)));
  };
  visit(source, false);
  return found;
}

const FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.Constructor,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.GetAccessor,
  SyntaxKind.MethodDeclaration,
]);

interface Change {
  readonly kind: Mutant['kind'];
  readonly at: Expression;
  readonly mutated: string;
}

/** Calls whose callback says yes or no. */
const JUDGING_CALLS = new Set(['some', 'every', 'filter', 'find', 'findLast']);
const OFF_BY_ONE: Readonly<Partial<Record<SyntaxKind, string>>> = {
  [SyntaxKind.LessThanToken]: '<=',
  [SyntaxKind.LessThanEqualsToken]: '<',
  [SyntaxKind.GreaterThanToken]: '>=',
  [SyntaxKind.GreaterThanEqualsToken]: '>',
};

function changesOf(node: Node, source: SourceFile): Change[] {
  if (isIfStatement(node))
    return changesOfIf(node.expression, node.elseStatement ? undefined : node.thenStatement, source);
  if (isBinaryExpression(node)) {
    const { left, operatorToken, right } = node;
    const other = OFF_BY_ONE[operatorToken.kind];
    if (other !== undefined)
      return [{ kind: 'off by one', at: node, mutated: `${left.getText(source)} ${other} ${right.getText(source)}` }];
    return operatorToken.kind === SyntaxKind.AmpersandAmpersandToken
      ? [{ kind: 'left side', at: node, mutated: left.getText(source) }]
      : [];
  }
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return [];
  const name = node.expression.name.text;
  if (name === 'test') return [{ kind: 'true', at: node, mutated: 'true' }];
  const [callback] = node.arguments;
  if (!JUDGING_CALLS.has(name) || !callback || !isArrowFunction(callback) || isBlock(callback.body)) return [];
  return [{ kind: 'true', at: callback.body, mutated: 'true' }];
}

function changesOfIf(condition: Expression, then: Node | undefined, source: SourceFile): Change[] {
  const negated: Change = { kind: 'negated', at: condition, mutated: `!(${condition.getText(source)})` };
  const only = then && isBlock(then) && then.statements.length === 1 ? then.statements[0] : then;
  const leaves = only && (isContinueStatement(only) || isBreakStatement(only) || isReturnStatement(only));
  return leaves ? [negated, { kind: 'dropped', at: condition, mutated: 'false' }] : [negated];
}
