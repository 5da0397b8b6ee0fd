import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { DOWNLOAD_NEEDS, downloads } from '../../../facts/downloads.ts';
import { isLocalUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

/** With one of these it follows redirects, or does not download a file. https://curl.se/docs/manpage.html */
const SETTLED = ['--location', '--location-trusted', '--head', '--config', '--request', '--data', '--write-out'];

export default defineBuildRule({
  id: 'curl-without-location',
  summary: '`curl` downloads without following redirects',
  policies: [],
  category: 'correctness',
  severity: 'hint',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: DOWNLOAD_NEEDS,
  since: '2026.11',
  aliases: ['tally:curl-should-follow-redirects'],
  *check(build) {
    const seen = new Set<Invocation>();
    for (const { invocation, by, url, step } of downloads(build)) {
      if (by !== 'curl' || !invocation || seen.has(invocation) || !isSetup(build, step)) continue;
      if (!readArguments(invocation).lacks(...SETTLED) || isLocalUrl(url) === true) continue;
      seen.add(invocation);
      const { script, programWord } = invocation;
      yield {
        message: '`curl` without `--location` does not follow redirects',
        help: 'Add `--location`',
        span: script.spanOf(programWord),
        fixes: [fix('suggested', 'Add `--location`', insertAfter(script, programWord, ' --location'))],
      };
    }
  },
});
