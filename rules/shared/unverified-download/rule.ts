import { placeCause } from '../../../core/causes.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { useOfDownload } from '../../../facts/download-uses.ts';
import { DOWNLOAD_NEEDS, downloads } from '../../../facts/downloads.ts';
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
      const { kind, by, verified, step, url, span } = download;
      if (kind !== 'file' || by === 'ADD' || verified !== false || !isSetup(build, step) || isOwnUrl(url)) continue;
      const use = useOfDownload(build, download);
      if (use === undefined) continue;
      // What runs at once is a pipe into a shell with a file between; a private network's own https is trusted more.
      const executed = use === 'run' && (isLocalUrl(url) !== true || /^http:/i.test(url));
      yield {
        message:
          use === 'kept'
            ? `Unverified download remains ${build.language === 'cloud-init' ? 'on the machine' : 'in the image'}`
            : `Downloaded file is ${use} without verification`,
        help: POWERSHELL.test(by)
          ? 'Check it first with `Get-FileHash`, or with `Get-AuthenticodeSignature`'
          : build.language === 'dockerfile'
            ? 'Check it first with `sha256sum --check`, or use `ADD --checksum=sha256:…`'
            : 'Check it first with `sha256sum --check`, or verify its signature',
        span,
        causes: [placeCause('download', span)],
        ...(executed ? {} : { preset: 'strict' }),
      };
    }
  },
});
