/**
 * Programs that check signatures: https://docs.sigstore.dev/cosign, https://github.com/slsa-framework/slsa-verifier,
 * minisign(1), signify(1)
 */
import type { Grammar, Program } from './grammar.ts';

const COSIGN_VERIFY: Grammar = {
  options: `
    --key=KEY  --certificate=FILE  --certificate-chain=FILE  --certificate-identity=TEXT
    --certificate-identity-regexp=PATTERN  --certificate-oidc-issuer=URL  --certificate-oidc-issuer-regexp=PATTERN
    --certificate-github-workflow-name=TEXT  --certificate-github-workflow-ref=TEXT
    --certificate-github-workflow-repository=TEXT  --certificate-github-workflow-sha=TEXT
    --certificate-github-workflow-trigger=TEXT  --signature=FILE  --bundle=FILE  --payload=FILE  --rekor-url=URL
    --rfc3161-timestamp=FILE  --timestamp-certificate-chain=FILE  --trusted-root=FILE  --ca-roots=FILE
    --attachment=TYPE  -a,--annotations=PAIR  --type=TYPE  --policy=FILE  -o,--output=FORMAT  --slot=SLOT  --sk
    --insecure-ignore-tlog  --insecure-ignore-sct
  `,
};
const COSIGN: Program = {
  names: ['cosign'],
  shortEquals: true,
  everywhere: '--output-file=FILE  -t,--timeout=TIME  -d,--verbose',
  subcommands: { verify: COSIGN_VERIFY, 'verify-blob': COSIGN_VERIFY, 'verify-attestation': COSIGN_VERIFY },
};

const SLSA_VERIFY: Grammar = {
  options: `
    --provenance-path=FILE  --source-uri=URI  --source-branch=NAME  --source-tag=NAME  --source-versioned-tag=NAME
    --builder-id=ID  --build-workflow-input=PAIR  --print-provenance
  `,
};
const SLSA_VERIFIER: Program = {
  names: ['slsa-verifier'],
  shortEquals: true,
  subcommands: { 'verify-artifact': SLSA_VERIFY, 'verify-image': SLSA_VERIFY, 'verify-npm-package': SLSA_VERIFY },
};

const MINISIGN: Program = {
  names: ['minisign'],
  options:
    '-G  -C  -R  -S  -V  -H  -l  -m=FILE  -o  -p=FILE  -P=KEY  -s=FILE  -W  -x=FILE  -c=TEXT  -t=TEXT  -q  -Q  -f  -v',
};

const SIGNIFY: Program = {
  names: ['signify', 'signify-openbsd'],
  options: '-C  -G  -S  -V  -c=TEXT  -e  -m=FILE  -n  -p=FILE  -q  -s=FILE  -t=TYPE  -x=FILE  -z',
};

export const SIGNATURES: readonly Program[] = [COSIGN, SLSA_VERIFIER, MINISIGN, SIGNIFY];
