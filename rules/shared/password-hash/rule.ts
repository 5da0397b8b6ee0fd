import { defineBuildRule } from '../../../core/rule.ts';
import { exposuresOf } from '../../../facts/secrets/sinks/concern.ts';

export default defineBuildRule({
  id: 'password-hash',
  summary: 'The hash of a password stands in the build file, where it can be attacked offline',
  policies: ['G1'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build) {
    for (const { span, sink } of exposuresOf(build, 'hash'))
      yield {
        message: `The password hash in ${sink.place} can be tried against any number of guesses by whoever reads this file.`,
        span,
      };
  },
});
