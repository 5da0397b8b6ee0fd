/** Scripts in the user data of Windows machines. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
import type { SourceText } from '../../core/text.ts';
import type { InstallerScript } from './installer/installation.ts';

const OPENING = /<(powershell|script)>/gi;
/** More are something else. */
const MOST = 20;

/** What is between `<powershell>` and `</powershell>`, and between `<script>` and `</script>`, which is for cmd. */
export function userDataScripts(text: SourceText): readonly InstallerScript[] {
  const found: InstallerScript[] = [];
  const lower = text.text.toLowerCase();
  let from = 0;
  for (const { index, 0: opening, 1: name } of text.text.matchAll(OPENING)) {
    if (index < from || found.length >= MOST) continue;
    const start = index + opening.length;
    const end = lower.indexOf(`</${name!.toLowerCase()}>`, start);
    if (end < 0) break;
    const dialect = name!.toLowerCase() === 'script' ? 'cmd' : 'powershell';
    found.push({ dialect, phase: 'build', text: text.slice(start, end) });
    from = end;
  }
  return found;
}
