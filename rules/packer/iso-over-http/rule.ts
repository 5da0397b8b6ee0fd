import type { ImageBuild } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { checksumStrength, type MediumText } from '../../../facts/install-media.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { rewriteValue } from '../../../facts/rewrite-value.ts';
import { isSaidEarlier, mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

/** Hosts that serve the same files over https. */
const SERVES_HTTPS =
  /^(?:releases|old-releases|cdimage|cloud-images)\.ubuntu\.com$|^(?:cdimage|cloud|archive)\.debian\.org$|^(?:deb\.debian\.org|download\.rockylinux\.org|dl\.rockylinux\.org|repo\.almalinux\.org|download\.opensuse\.org|dl\.fedoraproject\.org|download\.fedoraproject\.org|archives\.fedoraproject\.org|mirror\.stream\.centos\.org|vault\.centos\.org|cloud\.centos\.org|archive\.kernel\.org|mirrors\.kernel\.org|mirrors\.edge\.kernel\.org|yum\.oracle\.com|dl-cdn\.alpinelinux\.org|download\.freebsd\.org|geo\.mirror\.pkgbuild\.com|fedorapeople\.org)$/i;

export default definePackerRule({
  id: 'iso-over-http',
  summary: 'An image or its checksum list is downloaded over plain HTTP',
  policies: ['G2', 'G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file, _context, build) {
    for (const { checksum, url } of mediaOf(file, build)) {
      const strength = checksumStrength(checksum);
      // A checksum in the template proves the file however it was transferred; one that is not known may do so.
      if (strength === undefined || strength === 'strong') continue;
      // So does a list that is fetched over HTTPS.
      if (strength === 'fetched' && !/^\s*file:http:/i.test(checksum?.text ?? '')) continue;
      if (url && /^http:/i.test(url.text) && isOwnUrl(url.text) === false && !isSaidEarlier(file, url))
        yield found(
          build,
          url,
          0,
          strength === 'fetched'
            ? 'Image is downloaded over HTTP, and so is its checksum'
            : 'Image is downloaded over HTTP without a strong checksum',
          strength === 'fetched'
            ? 'Use `https://` for both, or write the SHA-256 checksum here'
            : 'Use `https://`, or a SHA-256 checksum',
          // It matters because of the checksum.
          checksum && [placeCause('medium', checksum.value.span)],
        );
      if (checksum && strength === 'fetched') {
        const at = checksum.text.indexOf(':') + 1;
        if (isOwnUrl(checksum.text.slice(at)) === false)
          yield found(
            build,
            checksum,
            at,
            'Checksum is fetched over HTTP',
            'Use `https://`, or write the SHA-256 checksum here',
          );
      }
    }
  },
});

function found(
  build: ImageBuild,
  { definitions, text, value }: MediumText,
  at: number,
  message: string,
  help: string,
  causes: readonly string[] = [],
): Finding {
  const { source } = value;
  const host = /^http:\/\/([^/]+)\//i.exec(text.slice(at, at + 300))?.[1] ?? '';
  const scheme = source.text.slice(at, at + 5).toLowerCase() === 'http:';
  return {
    message,
    help,
    span: value.span,
    // Fewer people can answer in its place on a private network.
    ...(isLocalUrl(text.slice(at)) === true ? { preset: 'strict' } : {}),
    causes: [placeCause('medium', value.span), `http ${text}`, ...causes],
    // A scheme that is written here does not come from a default.
    related: (scheme ? [] : definitions).map(span => ({ message: 'Default is set here', origin: true, span })),
    fixes: [
      SERVES_HTTPS.test(host)
        ? fix(
            'suggested',
            'Change it to `https`',
            scheme
              ? source.replace(at, at + 4, 'https')
              : rewriteValue(value, `${text.slice(0, at)}https${text.slice(at + 4)}`, build),
          )
        : undefined,
    ],
  };
}
