import { defineBuildRule } from '../../../core/rule.ts';
import { isPlaceholder } from '../../../facts/secrets/placeholders.ts';
import { exposuresOf } from '../../../facts/secrets/sinks/concern.ts';

export default defineBuildRule({
  id: 'plain-password',
  summary: 'The password of a login stands in user-data in clear',
  policies: ['G1'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['cloud-init'],
  since: '2026.11',
  *check(build) {
    for (const { span, sink } of exposuresOf(build, 'plain-password')) {
      if (isInvitation(span.file === undefined ? build.source.text.slice(span.start, span.end) : '')) continue;
      yield {
        message: `The password in ${sink.place} opens a login and stands in clear in user-data, which the cloud keeps and every process of the machine can ask for.`,
        span,
      };
    }
  },
});

/** `CHANGE_ME`: written to be filled in. In small letters it is a password that people do leave as it is. */
function isInvitation(text: string): boolean {
  return /^[A-Z][A-Z0-9_-]{2,80}$/.test(text) && isPlaceholder(text);
}
