import type { ImageBuild } from '../../../core/build.ts';
import type { Fix } from '../../../core/finding.ts';
import type { Exposure } from './exposure.ts';
import { wouldBeWritten } from './written.ts';

/** The fix that takes a secret out of the file; none where a command would write it into the image all the same. */
export function withdrawal({ name, site, span }: Exposure, build: ImageBuild): Fix | undefined {
  const fix = build.withdraw?.(span);
  const used = fix !== undefined && fix.edits.length > 1 && site.kind === 'image-env';
  return used && name !== undefined && site.stage && wouldBeWritten(name, site.stage, build) ? undefined : fix;
}
