import type { Finding } from '../../../core/finding.ts';
import { wholeNumber } from '../../../core/options.ts';
import { bytesIn } from '../../../languages/cloud-init/launchers.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'user-data-too-large',
  summary: 'User-data exceeds the size limit of the service',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  options: {
    limit: wholeNumber('The largest user-data in bytes, where no template says which service gets it', 262_144, 1),
  },
  *check({ within, source, surroundings, templated }, { options }): Iterable<Finding> {
    // What a template leaves out or inserts is not known.
    if (within !== undefined || templated.length > 0 || source.text.length * 3 < Math.min(LOWEST, options.limit))
      return;
    const size = bytesIn(source.text);
    if (size <= Math.min(LOWEST, options.limit)) return;
    const { launcher } = surroundings;
    const limit = launcher?.limit ?? options.limit;
    if (size <= limit) return;
    const end = source.text.indexOf('\n');
    yield {
      message: `User-data has ${size} bytes, ${launcher ? `and ${launcher.service} takes` : 'more than'} ${limit}`,
      help: 'Compress it (`base64gzip`), or fetch the larger files at boot',
      span: source.spanOf(0, end < 0 ? source.text.length : end),
    };
  },
});

/** No limit of a service is lower. */
const LOWEST = 16_384;
