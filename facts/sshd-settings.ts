import type { ImageBuild, Stage } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Span } from '../core/text.ts';
import { fileWrites } from './file-writes.ts';

/** A setting of the SSH server that a build writes. https://man.openbsd.org/sshd_config */
export interface SshdSetting {
  /** Lower case: `permitrootlogin`. */
  readonly keyword: string;
  /** Lower case. */
  readonly value: string;
  readonly span: Span;
  readonly stage: Stage;
}

const SETTING =
  /\b(PermitRootLogin|PasswordAuthentication|PermitEmptyPasswords)[ \t=]{1,20}(yes|no|prohibit-password|without-password|forced-commands-only)\b/gi;

/** The ways in that each stage leaves open or closes: for each setting the last that is written. */
export const sshdSettings: (build: ImageBuild) => readonly SshdSetting[] = memo(build => {
  const last = new Map<Stage, Map<string, SshdSetting>>();
  for (const { path, text, stage } of fileWrites(build)) {
    // The client's settings have the same names.
    if (!/sshd/i.test(path)) continue;
    for (const match of text.text.matchAll(SETTING)) {
      const lineStart = text.text.lastIndexOf('\n', match.index) + 1;
      if (text.text.slice(lineStart, match.index).trimStart().startsWith('#')) continue;
      const [keyword, value] = [match[1]!.toLowerCase(), match[2]!.toLowerCase()];
      const span = text.spanOf(match.index, match.index + match[0].length);
      const settings = last.get(stage) ?? new Map<string, SshdSetting>();
      last.set(stage, settings.set(keyword, { keyword, value, span, stage }));
    }
  }
  return [...last.values()].flatMap(settings => [...settings.values()]);
});
