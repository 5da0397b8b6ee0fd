import type { ImageBuild, Reference, Value } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Edit, SourceText } from '../core/text.ts';

/** How many variables deep a default is looked for. */
const DEEPEST = 5;

/**
 * The edit after which a value reads `text` by default: in its own text, or in the default of a variable that it is made
 * of, the last one that allows it; a default may be in another file. `undefined`: no single place can say it.
 */
export function rewriteValue(value: Value, text: string, build: ImageBuild, depth = 0): Edit | undefined {
  const now = value.literal ?? value.byDefault;
  if (now === undefined || depth > DEEPEST) return undefined;
  const inPlace = value.source.text === now ? replaceWithin(value.source, text) : undefined;
  if (inPlace) return inPlace;
  const defaults = value.parts.map(part => (typeof part === 'string' ? undefined : defaultOf(part, build)));
  const texts = value.parts.map((part, i) =>
    typeof part === 'string' ? part : (defaults[i]?.literal ?? defaults[i]?.byDefault),
  );
  // A substitution that changes its value (`${TAG:-1}`) is not what its parts say.
  if (texts.includes(undefined) || texts.join('') !== now) return undefined;
  for (let i = value.parts.length - 1; i >= 0; i--) {
    const [before, after] = [texts.slice(0, i).join(''), texts.slice(i + 1).join('')];
    if (text.length < before.length + after.length || !text.startsWith(before) || !text.endsWith(after)) continue;
    const middle = text.slice(before.length, text.length - after.length);
    const inner = defaults[i];
    const edit = inner ? rewriteValue(inner, middle, build, depth + 1) : atEnd(value, i, middle);
    if (edit) return edit;
  }
  return undefined;
}

/** The literal text after the last variable is at the end as it is written. */
function atEnd({ parts, source }: Value, index: number, text: string): Edit | undefined {
  const part = parts[index];
  if (typeof part !== 'string' || index < parts.length - 1 || !source.text.endsWith(part)) return undefined;
  return replaceWithin(source.slice(source.text.length - part.length, source.text.length), text);
}

function defaultOf({ definition, value }: Reference, build: ImageBuild): Value | undefined {
  const own = definition && definition.file === undefined ? defaultsIn(build).get(definition.start) : undefined;
  return value?.() ?? own;
}

/** The defaults of this document's parameters by the offset of their name. */
const defaultsIn: (build: ImageBuild) => ReadonlyMap<number, Value | undefined> = memo(
  ({ parameters }) =>
    new Map(
      parameters
        .filter(({ nameSpan }) => nameSpan.file === undefined)
        .map(({ nameSpan, default: value }) => [nameSpan.start, value]),
    ),
);

/** The edit that makes the text read `text`, of what differs alone. */
export function replaceWithin(source: SourceText, text: string): Edit | undefined {
  const was = source.text;
  const shorter = Math.min(was.length, text.length);
  let start = 0;
  while (start < shorter && was[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && was[was.length - 1 - end] === text[text.length - 1 - end]) end++;
  return source.replace(start, was.length - end, text.slice(start, text.length - end));
}
