/** `RUN --mount=type=…,target=…` (https://docs.docker.com/reference/dockerfile/#run---mount). */
import type { Value } from '../../core/build.ts';
import { type Reading, readWord } from './substitution.ts';
import type { Flag, Mount, MountOption } from './tree.ts';

export function readMount(flag: Flag, reading: Reading): Mount {
  const options: MountOption[] = [];
  const { value } = flag;
  for (let at = 0; value && at <= value.text.length; ) {
    const comma = value.text.indexOf(',', at);
    const end = comma < 0 ? value.text.length : comma;
    const found = value.text.slice(at, end).indexOf('=');
    const keyEnd = found < 0 ? end : at + found;
    options.push({
      key: value.text.slice(at, keyEnd).trim().toLowerCase(),
      keySpan: value.spanOf(at, keyEnd),
      value: found < 0 ? undefined : readWord(value.slice(keyEnd + 1, end), reading).value,
      span: value.spanOf(at, end),
    });
    at = end + 1;
  }
  const last = (...keys: string[]): Value | undefined => options.findLast(({ key }) => keys.includes(key))?.value;
  const type = last('type');
  return {
    flag,
    type: type ? type.literal : 'bind',
    options,
    target: last('target', 'dst', 'destination'),
    source: last('source', 'src'),
    from: last('from'),
    id: last('id'),
    origin: { kind: 'context' },
    span: flag.span,
  };
}
