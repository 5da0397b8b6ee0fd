import { defineBuildRule } from '../../../core/rule.ts';
import { overlaps } from '../../../core/text.ts';
import { exposuresOf } from '../../../facts/secrets/exposures/concern.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';
import { passwordCause, setPasswords } from '../../../languages/cloud-init/logins.ts';
import { at, booleanOf } from '../../../languages/cloud-init/nodes.ts';
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
  *check(build, { project }) {
    const tree = build.syntax as CloudInitTree;
    const { form, seed } = tree;
    const isBox = project.kind === 'vagrant';
    // https://docs.cloud-init.io/en/latest/reference/modules.html#set-passwords: expired unless the file says otherwise
    const expires = booleanOf(at(tree.root, 'chpasswd', 'expire'));
    // The template that hands the scripts to its machine reports what is in them.
    if (form === 'windows scripts' && seed) return;
    for (const { judgement, site, span } of exposuresOf(build, 'plain-password')) {
      const isGuessable = judgement.kind !== 'secret';
      // Everyone may know it, and there is nothing behind it.
      const isPublic = isBox || (isGuessable && isThrowAway(build, project));
      const opensNothing = isPublic || build.idleness?.(span) === 'undone';
      const isChanged = expires !== false && /^`(?:password`|chpasswd\b)/.test(site.place);
      // A login that everyone knows, that has to be changed with the first one, or that can be guessed anyhow.
      const known = isPublic ? 'info' : isChanged || isGuessable ? 'warning' : undefined;
      if (
        DIGEST.test(span.file === undefined ? build.source.text.slice(span.start, span.end) : '') &&
        takesHash(site.place)
      ) {
        yield {
          message: `Password in ${site.place} is a bare digest: no login accepts it`,
          help: `Use a hash from ${HASHING}`,
          span,
          severity: 'warning',
        };
        continue;
      }
      const account = setPasswords(tree).find(one => overlaps(one.span, span))?.account;
      yield {
        ...(known && { severity: known }),
        ...(opensNothing && isGuessable && { preset: 'strict' as const }),
        // The login of a machine that an image is made of: what the image keeps of it is the build's matter. A good password
        // is one that may be used elsewhere too.
        ...(build.continued && { severity: isGuessable ? ('info' as const) : ('warning' as const) }),
        ...(account !== undefined && { causes: [passwordCause(account)] }),
        message: `Plaintext password in ${site.place}`,
        help: form === 'windows scripts' ? 'Fetch it at boot from a secret store' : helpFor(site.place),
        span,
        fixes: [build.withdraw?.(span)],
      };
    }
  },
});

/** What takes the place of the password, in the key or command that has it. */
function helpFor(place: string): string {
  if (/\bchpasswd\.users\b/.test(place)) return `Use SSH keys, \`type: RANDOM\`, or a hash from ${HASHING}`;
  if (/\bchpasswd\.list\b/.test(place)) return `Use SSH keys, \`RANDOM\` as the password, or a hash from ${HASHING}`;
  if (place === '`password`') return `Use SSH keys, \`RANDOM\` as the value, or a hash from ${HASHING}`;
  if (/plain[_-]text[_-]passwd/.test(place)) return `Use SSH keys, or \`hashed_passwd\` with a hash from ${HASHING}`;
  if (/input of `chpasswd`/.test(place)) return `Use SSH keys, or \`chpasswd -e\` with a hash from ${HASHING}`;
  return `Use SSH keys, or a hash from ${HASHING}`;
}

/** MD5, SHA-1 or SHA-2 of something, as `sha512sum` prints it; crypt(5) has other forms. */
const DIGEST = /^["']?(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128})["']?$/i;
/** Where a hash has to be. */
const takesHash = (place: string): boolean => /\b(?:identity\.password|(?:hashed[_-])?passwd)`/.test(place);

const HASHING = '`mkpasswd -m sha-512`';
