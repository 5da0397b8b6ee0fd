/** What a download that nothing verifies can be replaced by, or checked with. */
import type { ImageBuild } from '../../core/build.ts';
import type { Fix } from '../../core/finding.ts';
import type { Download } from '../downloads.ts';
import { copiedToolFix } from './copied-tools.ts';
import { installerFix } from './installers.ts';
import { checksumFix } from './published-checksums.ts';
import { signedScriptFix } from './signed-scripts.ts';
import { repositoryFix } from './vendor-repositories.ts';

/** The actions for a download, the best first; `undefined` entries are none. */
export const downloadFixes = (download: Download, build: ImageBuild): readonly (Fix | undefined)[] => [
  repositoryFix(download, build),
  copiedToolFix(download, build),
  installerFix(download, build),
  signedScriptFix(download, build),
  checksumFix(download, build),
];
