/** `key: $ITEMS` above the items of a list: a script fills in further ones, or nothing. As they are, the lines are no YAML. */
import { Decoder, type SourceText } from '../../core/text.ts';

const FILLED = /^([ \t]{0,80})[\w-]{1,60}:[ \t]{1,8}(\$\{?[A-Za-z_]\w{0,60}\}?)[ \t\r]{0,8}\n([ \t]{0,80})-[ \t]/gm;

/** The text with such a variable as a comment. */
export function withFilledLists(source: SourceText): SourceText {
  const found: number[] = [];
  for (const { 0: line, 1: own, 2: variable, 3: items, index } of source.text.matchAll(FILLED))
    if (items!.length >= own!.length) found.push(index + line.indexOf(variable!));
  if (found.length === 0) return source;
  const decoder = new Decoder(source);
  let from = 0;
  for (const at of found) {
    decoder.verbatim(from, at).as('#', at, at + 1);
    from = at + 1;
  }
  return decoder.verbatim(from, source.text.length).done();
}
