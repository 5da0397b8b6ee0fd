import type { Value } from '../../../core/build.ts';
import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'add-instead-of-copy',
  summary: '`ADD` is used where `COPY` is enough',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'recommended',
  needs: { instructions: ['ADD'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3020',
    'tally:hadolint/DL3020',
    'trivy:DS-0005',
    'checkov:CKV_DOCKER_4',
    'kics:add_instead_of_copy',
    'semgrep:prefer-copy-over-add',
    'sonar:S7029',
    'dockle:CIS-DI-0009',
  ],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'add' || instruction.destination === undefined) continue;
      const { sources, flags, keywordSpan } = instruction;
      if (flags.some(({ name }) => !FLAGS_OF_COPY.has(name)) || !sources.every(isPlainPath)) continue;
      const written = file.source.text.slice(keywordSpan.start, keywordSpan.end);
      const keyword = written === written.toLowerCase() ? 'copy' : 'COPY';
      yield {
        message: `\`ADD\` is used to copy ${copied(sources)}`,
        help: 'Use `COPY`; `ADD` also downloads URLs and unpacks tar archives',
        span: keywordSpan,
        fixes: [fix('safe', 'Change it to `COPY`', rewritten(file, keywordSpan, keyword))],
      };
    }
  },
});

function copied([first, ...others]: readonly Value[]): string {
  if (!first) return 'a heredoc';
  return others.length === 0 && first.literal !== undefined ? quoted(first.literal) : 'local files';
}

/** Flags of ADD that mean the same to COPY. https://docs.docker.com/reference/dockerfile/#copy */
const FLAGS_OF_COPY: ReadonlySet<string> = new Set(['chown', 'chmod', 'link', 'exclude']);
/** Names of archives that ADD unpacks, and of other packed files that look like them. It does not unpack `.zip`, `.7z` and `.rar`. */
const PACKED = /\.(?:tar|t?gz|tgz|t?bz2?|tbz2?|txz|xz|tzst|zst|lz|lzma|tlz|z|cpio|squashfs|img|layer)$/i;

/** Names without an ending that often belong to a packed file system: ADD looks at the content. */
const UNNAMED_ARCHIVE = /^[\w-]{0,80}(?:rootfs|tarball|archive)[\w-]{0,80}$/i;

/** Whether it is a file or directory of the build context that ADD certainly copies unchanged. */
function isPlainPath({ source, literal }: Value): boolean {
  const text = literal ?? source.text;
  // A variable may be a URL or an archive, unless the rest of the name rules that out.
  if (text === '' || text.startsWith(UNRESOLVED) || /:|\{\{|<%|@@/.test(text)) return false;
  const name = text.slice(text.lastIndexOf('/') + 1);
  if (PACKED.test(name) || UNNAMED_ARCHIVE.test(name)) return false;
  if (!/[*?[]|\uE000/.test(name)) return true;
  return /\.\w{1,12}$/.test(name);
}
