/** Files that `templatefile` fills in, and what they use. */
import type { SourceText } from '../../core/text.ts';
import type { Call, Traversal, Variable } from './hcl/ast.ts';
import { parseHcl } from './hcl/index.ts';
import { rootOf } from './names.ts';
import { eachName } from './references.ts';

/** Ends a heredoc that no file contains. */
const MARKER = 'BAKELINT_END_OF_TEMPLATE';
const LARGEST = 200_000;

/** The names that a template file needs, each once; `undefined` when it cannot be read as a template. */
export function namesInTemplate(text: string): ReadonlySet<string> | undefined {
  if (text.length > LARGEST || text.includes(MARKER)) return undefined;
  const { body, problems } = parseHcl(`x = <<${MARKER}\n${text.endsWith('\n') ? text : `${text}\n`}${MARKER}\n`);
  const [only, ...others] = body.items;
  if (problems.length > 0 || others.length > 0 || only?.kind !== 'attribute') return undefined;
  const names = new Set<string>();
  eachName(only.value, (use: Call | Traversal | Variable, { conditional, sheltered }) => {
    const root = use.kind === 'call' || sheltered || conditional ? undefined : rootOf(use);
    if (root) names.add(root.name);
  });
  return names;
}

/** The text of a file, with lines ended as HCL reads them. */
export function templateText(file: SourceText): string {
  return file.text.replaceAll('\r\n', '\n');
}
