/** Which rule a secret belongs to, and how messages describe it. */
import type { ImageBuild, LanguageId } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import type { NameLists } from '../names.ts';
import { type Exposure, isOfNetwork, placeOf } from './exposure.ts';
import { exposures } from './find.ts';

/**
 * Each exposure is the concern of one rule, so that a secret is reported once.
 * - `baked`: a credential. `plain-password`: the password of a login in user-data, strong or not.
 * - `weak`: a guessable password. `login`: such a password that the builder connects with. `hash`: a password's hash.
 */
export type Concern = 'baked' | 'plain-password' | 'weak' | 'login' | 'hash';

/** The exposures of one concern, in the order of the document. */
export function exposuresOf(build: ImageBuild, concern: Concern, lists?: NameLists): readonly Exposure[] {
  return exposures(build, lists).filter(exposure => concernOf(exposure, build.language) === concern);
}

/**
 * Whether it is the id of a key whose secret is not in the document. AWS: "Like a user name and password, you must use both the
 * access key ID and secret access key together to authenticate your requests."
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */
export function isLoneKeyId({ judgement }: Exposure, build: ImageBuild): boolean {
  return judgement.isKeyId === true && !hasKeySecret(build);
}

/** Whether the secret of a key is in the document: `AWS_SECRET_ACCESS_KEY`, `secret_key`. */
const hasKeySecret = memo((build: ImageBuild): boolean =>
  exposures(build).some(
    ({ judgement, name }) =>
      judgement.kind === 'secret' &&
      !judgement.isKeyId &&
      /secret/i.test(`${judgement.what} ${name ?? ''}`.replace('a secret', '')),
  ),
);

/** `undefined` for examples and for what is only possible. */
function concernOf({ judgement, site }: Exposure, language: LanguageId): Concern | undefined {
  const { kind, certainty } = judgement;
  if (kind === 'password-hash') return 'hash';
  if (kind === 'placeholder') return undefined;
  if (site.kind === 'account' && language === 'cloud-init') return 'plain-password';
  if (kind === 'weak-credential') return site.kind === 'login' ? 'login' : 'weak';
  return certainty === 'possible' ? undefined : 'baked';
}

/** `SESSION_SECRET` */
const VARIABLE = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;

/** What is written where: "GitHub personal access token in `ENV API_TOKEN`", "Secret `SESSION_SECRET` in `app.env`". */
export function exposureMessage({ judgement, name, site }: Exposure): string {
  const what = titled(judgement.what);
  // A file has many settings; of other places, the name is a part. A known format says more than a name does, and only a
  // variable's name says more than "password".
  const isNamed = site.kind === 'file' && /^(?:Secret|Password)$/.test(what) && VARIABLE.test(name ?? '');
  const setting = isNamed ? placeOf('', name!, '') : '';
  return `${what}${setting === '' ? '' : ` ${setting}`} in ${site.place}`;
}

/** A phrase without its article, with a capital: "SSH private key". */
export function titled(what: string): string {
  const bare = withoutArticle(what);
  // A name such as `npm` keeps its case.
  return /^npm\b/.test(bare) ? bare : bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** "SSH private key" for "an SSH private key". */
export function withoutArticle(what: string): string {
  return what.replace(/^an? /, '');
}

const SCRIPT = /\.(?:sh|bash|ps1|bat|cmd|py)$/i;

/** Files in which variables of a template stand for themselves. */
const HCL = /\.(?:pkr\.hcl|pkr\.json|json)$/i;

/** Whether a template is in JSON as Packer had it before HCL: `sensitive` is a list there, and a variable has its environment in its default. */
export const isLegacyTemplate = (path: string): boolean => /(?<!\.pkr|\.pkrvars)\.json$/.test(path);

/** What was committed or built once is known to everyone who has the history. */
const ROTATE = 'rotate it';

/** What to do instead of writing a credential at this place. */
export function exposureHelp(exposure: Exposure, build: ImageBuild, path: string): string {
  if (isLoneKeyId(exposure, build)) return 'Pass it at run time, together with its secret key';
  const { site } = exposure;
  const { language } = build;
  if (site.kind === 'comment') return 'Remove it, and replace the credential at its issuer';
  if (language === 'packer' && SCRIPT.test(exposure.span.file ?? ''))
    return 'Rotate it, and pass it to the script from a `sensitive` variable';
  if (language === 'packer' && exposure.span.file !== undefined && !HCL.test(exposure.span.file))
    return 'Rotate it, and render the file with `templatefile` from a `sensitive` variable';
  if (language === 'packer' && site.kind === 'variable' && isLegacyTemplate(path))
    return 'Rotate it; remove the value, and set it with `-var` or `-var-file`';
  if (language === 'packer' && site.kind === 'variable')
    return 'Rotate it; make the variable `sensitive` and set it from the environment';
  if (language === 'packer') return 'Rotate it, and use a `sensitive` variable without a default';
  // Nothing can be fetched before there is a network.
  if (language === 'cloud-init' && isOfNetwork(site)) return `Insert it when the medium is made, and ${ROTATE}`;
  if (language === 'cloud-init') return `Fetch it at boot from a secret store, and ${ROTATE}`;
  switch (site.kind) {
    case 'image-env':
    case 'label':
    case 'file':
      return `Pass it at run time or mount it as a secret, and ${ROTATE}`;
    case 'text':
      return 'Remove it, and replace the credential at its issuer';
    default:
      return `Use \`RUN --mount=type=secret\`, and ${ROTATE}`;
  }
}
