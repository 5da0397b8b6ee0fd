import { placeCause } from '../../../core/causes.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { useOfDownload } from '../../../facts/download-uses.ts';
import { downloadFixes } from '../../../facts/downloads/fixes.ts';
import { checksumFix } from '../../../facts/downloads/published-checksums.ts';
import { DOWNLOAD_NEEDS, downloads, isFromPacker } from '../../../facts/downloads.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup } from '../../../facts/setup-commands.ts';

/** What downloads in PowerShell, which has programs of its own to verify files. */
const POWERSHELL = /^(?:invoke-|start-bits|iwr$|irm$|downloadfile)/i;

export default defineBuildRule({
  id: 'unverified-download',
  summary: 'A downloaded file is used without a checksum or signature',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: DOWNLOAD_NEEDS,
  since: '2026.11',
  *check(build) {
    for (const download of downloads(build)) {
      const { kind, by, moving, path, verified, step, url, span } = download;
      if (kind !== 'file' || by === 'ADD' || verified !== false || !isSetup(build, step) || isOwnUrl(url)) continue;
      if (isFromPacker(download)) continue;
      const use = useOfDownload(build, download);
      if (use === undefined) continue;
      // What runs at once is a pipe into a shell with a file between; a private network's own https is trusted more.
      const executed = use === 'run' && (isLocalUrl(url) !== true || /^http:/i.test(url));
      yield {
        message:
          use === 'kept'
            ? `Unverified download remains ${build.language === 'cloud-init' ? 'on the machine' : 'in the image'}`
            : `${nameFor(path, url)} is ${use} without verification`,
        help: download.invocation?.script.standsFor
          ? `${moving === undefined ? 'Set' : 'Use a versioned URL and set'} \`checksum\`, such as \`sha256:…\``
          : helpFor(POWERSHELL.test(by), moving !== undefined, build.language),
        span,
        causes: [placeCause('download', span)],
        ...(executed ? {} : { preset: 'strict' }),
        fixes: use === 'run' ? downloadFixes(download, build) : [checksumFix(download, build)],
      };
    }
  },
});

/** Paths on Windows are in lower case, and the address says how the file is written. */
function nameFor(path: string | undefined, url: string): string {
  const file = path === undefined ? '' : nameOf(path);
  const published = nameOf(url);
  const name = published.toLowerCase() === file ? published : file;
  return name === '' || name.includes(UNRESOLVED) || name.includes('$') ? 'Downloaded file' : quoted(name, 35);
}

/** A file that changes has no checksum to be compared with. */
function helpFor(inPowerShell: boolean, isMoving: boolean, language: string): string {
  if (inPowerShell)
    return isMoving
      ? 'Use a versioned URL and `Get-FileHash`, or `Get-AuthenticodeSignature`'
      : 'Check it first with `Get-FileHash` or `Get-AuthenticodeSignature`';
  if (isMoving) return 'Use a versioned URL and `sha256sum --check`, or verify its signature';
  return language === 'dockerfile'
    ? 'Check it first with `sha256sum --check`, or use `ADD --checksum=sha256:…`'
    : 'Check it first with `sha256sum --check`, or verify its signature';
}
