/** Scripts between tags, in the user-data of Windows machines. */
import type { ShellDialect } from '../core/script.ts';
import type { SourceText } from '../core/text.ts';

/** A script and what runs it. */
export interface TaggedScript {
  readonly dialect: ShellDialect;
  readonly text: SourceText;
}

const OPENING = /<(powershell|script)>/gi;
/** More are something else. */
const MOST = 20;

/**
 * What is between `<powershell>` and `</powershell>`, and between `<script>` and `</script>`, which is for cmd.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function taggedScripts(text: SourceText): readonly TaggedScript[] {
  const found: TaggedScript[] = [];
  const lower = text.text.toLowerCase();
  let from = 0;
  for (const { index, 0: opening, 1: name } of text.text.matchAll(OPENING)) {
    if (index < from || found.length >= MOST) continue;
    const start = index + opening.length;
    const end = lower.indexOf(`</${name!.toLowerCase()}>`, start);
    if (end < 0) break;
    const dialect = name!.toLowerCase() === 'script' ? 'cmd' : 'powershell';
    found.push({ dialect, text: text.slice(start, end) });
    from = end;
  }
  return found;
}
