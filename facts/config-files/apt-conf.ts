/**
 * apt.conf(5): `Name::Of::Option "value";`, and blocks `Name { Option "value"; };`. Names are the same in any case.
 *
 * Limits: lists without names and values without quotes are not read; comments between the parts of one setting end it. Takes time linear in the text.
 */
import type { SourceText } from '../../core/text.ts';
import { type Setting, setting } from './setting.ts';

/** More settings of one file are not read. */
const MOST = 2_000;

/** Each setting by its name in lower case, split at `::`. */
export function readAptConf(text: SourceText): readonly Setting[] {
  const found: Setting[] = [];
  const open: (readonly string[])[] = [];
  const token = /(?:\/\/|#)[^\n]*|\/\*|([\w:/.-]{1,200})[ \t\r\n]{0,100}(?:"([^"\n]{0,500})"|(\{))|(\})/dg;
  for (let match = token.exec(text.text); match && found.length < MOST; match = token.exec(text.text)) {
    const [whole, name, value, opens, closes] = match;
    if (whole === '/*') {
      const end = text.text.indexOf('*/', match.index + 2);
      if (end < 0) break;
      token.lastIndex = end + 2;
    } else if (closes) open.pop();
    else if (name !== undefined) {
      const path = [...(open.at(-1) ?? []), ...name.toLowerCase().split('::').filter(Boolean)];
      if (opens && open.length < 20) open.push(path);
      const at = value === undefined ? undefined : match.indices![2]!;
      if (at) found.push(setting(path, text.slice(...at), text.spanOf(match.index, match.index + whole.length)));
    }
  }
  return found;
}
