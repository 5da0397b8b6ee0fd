import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { DOWNLOAD_NEEDS, type Download, downloads } from '../../../facts/downloads.ts';
import { isLocalUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

/** With one of these an error is seen, asked for, or settled elsewhere. https://curl.se/docs/manpage.html */
const SEEN = ['--fail', '--fail-with-body', '--head', '--write-out', '--config', '--request', '--data'];
/** These fail when they get an HTML page instead of an archive. */
const NOTICING: ReadonlySet<string> = new Set([
  'tar',
  'bsdtar',
  'gunzip',
  'gzip',
  'zcat',
  'xz',
  'unxz',
  'bunzip2',
  'bzip2',
  'zstd',
  'unzip',
  'jq',
  'gpg',
  'cpio',
  'funzip',
  'docker',
  'base64',
]);
const ARCHIVE = /\.(?:tgz|tbz2?|txz|zip|gz|bz2|xz|zst|deb|rpm|apk|jar|whl|gpg|asc|sig|7z)$/i;

export default defineBuildRule({
  id: 'curl-without-fail',
  summary: '`curl` downloads without `--fail`',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: DOWNLOAD_NEEDS,
  since: '2026.11',
  *check(build) {
    const seen = new Set<Invocation>();
    for (const download of downloads(build)) {
      const { invocation, by, url, step } = download;
      if (by !== 'curl' || !invocation || seen.has(invocation) || !isSetup(build, step)) continue;
      if (!readArguments(invocation).lacks(...SEEN) || isLocalUrl(url) === true || !isKept(download)) continue;
      seen.add(invocation);
      const { script, programWord } = invocation;
      yield {
        message: '`curl` without `--fail` exits with status 0 on HTTP errors',
        help: 'Add `--fail`',
        span: script.spanOf(programWord),
        fixes: [fix('suggested', 'Add `--fail`', insertAfter(script, programWord, ' --fail'))],
      };
    }
  },
});

/** Whether the content is used by a program that does not fail on an error page. */
function isKept({ path, into, verified, runner, invocation }: Download): boolean {
  if (verified !== false) return false;
  if (path !== undefined) return path !== '/dev/null' && !ARCHIVE.test(path);
  if (into.length > 0) return !into.some(({ program }) => NOTICING.has(program));
  return (
    runner !== undefined ||
    invocation!.command.redirects.some(({ operator, target }) => /^>/.test(operator) && target?.literal !== '/dev/null')
  );
}
