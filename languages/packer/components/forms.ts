/** What values of some attributes have to look like, from `data/packer-components.json`. */
import { memo } from '../../../core/memo.ts';
import type { Format } from '../../../data/packer-components.json';
import type { Expression } from '../hcl/ast.ts';
import { pathOf } from '../references.ts';
import type { Evaluated, PackerModule } from '../tree.ts';

/** Longer texts are not read, in UTF-16 code units. */
const LONGEST = 1000;

const compiled = memo(({ ignoreCase, parts, pattern }: Format) => {
  const flags = ignoreCase ? 'iu' : 'u';
  return { whole: new RegExp(pattern, flags), part: parts === undefined ? undefined : new RegExp(parts, flags) };
});

/** `{{isotime}}` without a format: a time as RFC 3339 writes it. */
const WHOLE_TIME = /\{\{-?\s{0,20}isotime\s{0,20}-?\}\}/;

/** How a text, or what is known of it, certainly is not of a form: it contains a whole time, or else. An empty one is not set. */
export function misform(value: Evaluated, format: Format, module: PackerModule): 'form' | 'time' | undefined {
  // A place that another program or a person fills in: `sha256:<checksum>`.
  if (/%[sdqv]|<[\w -]{2,60}>/.test(value.written.text)) return undefined;
  const { part, whole } = compiled(format);
  if (value.literal !== undefined) {
    const text = value.text ?? '';
    return text === '' || text.length > LONGEST || whole.test(text) ? undefined : 'form';
  }
  if (value.kind !== 'string' || !part) return undefined;
  if (format.noTimes && (WHOLE_TIME.test(value.written.text) || hasTime(value.expression, module))) return 'time';
  const { parts } = value.asValue();
  return parts.some(one => typeof one === 'string' && one.length <= LONGEST && !part.test(one)) ? 'form' : undefined;
}

/** Whether a string contains the result of `timestamp()` as it is, also of a local. */
function hasTime(expression: Expression, module: PackerModule): boolean {
  if (expression.kind !== 'template') return false;
  return expression.parts.some(part => part.kind === 'interpolation' && isTime(part.expression, module));
}

function isTime(expression: Expression, module: PackerModule): boolean {
  if (expression.kind === 'call') return expression.name.text === 'timestamp';
  const path = expression.kind === 'traversal' ? pathOf(expression) : undefined;
  if (path?.root !== 'local' || path.path.length !== 1) return false;
  const value = module.local(path.path[0]!)?.value?.expression;
  // A string that is one expression, as JSON writes them all, is the expression.
  const [only, ...others] = value?.kind === 'template' ? value.parts : [];
  const meant = only?.kind === 'interpolation' && others.length === 0 ? only.expression : value;
  return meant?.kind === 'call' && meant.name.text === 'timestamp';
}
