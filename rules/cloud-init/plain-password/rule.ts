import { defineBuildRule } from '../../../core/rule.ts';
import { overlaps } from '../../../core/text.ts';
import { exposuresOf } from '../../../facts/secrets/exposures/concern.ts';
import { isPlaceholder } from '../../../facts/secrets/placeholders.ts';
import { passwordCause, setPasswords } from '../../../languages/cloud-init/logins.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

export default defineBuildRule({
  id: 'plain-password',
  summary: 'User-data contains a plaintext login password',
  policies: ['G1', 'G10'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['cloud-init'],
  needs: 'always',
  since: '2026.11',
  *check(build) {
    const { form, seed } = build.syntax as CloudInitTree;
    // The template that hands the scripts to its machine reports what is in them.
    if (form === 'windows scripts' && seed) return;
    for (const { judgement, span, site } of exposuresOf(build, 'plain-password')) {
      if (isToFillIn(span.file === undefined ? build.source.text.slice(span.start, span.end) : '')) continue;
      const account = setPasswords(build.syntax as CloudInitTree).find(one => overlaps(one.span, span))?.account;
      yield {
        // The login of a machine that an image is made of: what the image keeps of it is the build's matter. A good password
        // is one that may be used elsewhere too.
        ...(build.continued && { severity: judgement.kind === 'secret' ? ('warning' as const) : ('info' as const) }),
        ...(account !== undefined && { causes: [passwordCause(account)] }),
        message: `Plaintext password in ${site.place}`,
        help: form === 'windows scripts' ? 'Fetch it at boot from a secret store' : helpFor(site.place),
        span,
        fixes: [build.withdraw?.(span)],
      };
    }
  },
});

/** What takes the place of the key that the place names. */
function helpFor(place: string): string {
  if (/chpasswd\.users/.test(place))
    return 'Use SSH keys; if a password is needed, use `type: RANDOM` or `mkpasswd -m sha-512`';
  if (/plain_text_passwd|plain-text-passwd/.test(place))
    return 'Use SSH keys; if a password is needed, use `hashed_passwd` from `mkpasswd -m sha-512`';
  return 'Use SSH keys; if a password is needed, use `type: RANDOM` or `mkpasswd -m sha-512`';
}

/** `CHANGE_ME`: a placeholder; in lower case it is a password that people do use. `hashed-password` names what belongs there. */
function isToFillIn(text: string): boolean {
  if (/^(?:hash(?:ed)?[_ -]?(?:password|passwd)|(?:password|passwd)[_ -]?hash)$/i.test(text)) return true;
  return /^[A-Z][A-Z0-9_-]{2,80}$/.test(text) && isPlaceholder(text);
}
