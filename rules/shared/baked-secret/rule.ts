import type { ImageBuild } from '../../../core/build.ts';
import { stringList } from '../../../core/options.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isBuildLogin } from '../../../facts/secrets/exposures/build-login.ts';
import { exposureHelp, exposureMessage, exposuresOf, isLoneKeyId } from '../../../facts/secrets/exposures/concern.ts';
import { type Exposure, isSampleFile } from '../../../facts/secrets/exposures/exposure.ts';
import { destinationsOf } from '../../../facts/secrets/exposures/flow.ts';
import { withdrawal } from '../../../facts/secrets/exposures/withdrawal.ts';
import { writtenSecrets } from '../../../facts/secrets/exposures/written.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'baked-secret',
  summary: 'A build file contains a password, token or private key',
  policies: ['G1'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  derived: true,
  since: '2026.11',
  aliases: [
    'buildkit:SecretsUsedInArgOrEnv',
    'hadolint:DL3064',
    'trivy:DS-0031',
    'checkov:CKV_SECRET_2',
    'checkov:CKV_SECRET_6',
    'checkov:CKV_SECRET_13',
    'kics:passwords_and_secrets',
    'sonar:S6437',
    'sonar:S6472',
    'dockle:CIS-DI-0010',
    'tally:secrets-in-code',
  ],
  options: {
    allow: stringList('Names whose values are not secrets; `*` matches any characters, as in `STRIPE_TEST_*`'),
    deny: stringList('More names whose values are secrets; `*` matches any characters, as in `*_PIN`'),
  },
  *check(build, { options, path, project }) {
    const isSample = isSampleFile(path ?? '');
    for (const [exposure, ...others] of onePerSetting(exposuresOf(build, 'baked', options), build))
      yield {
        message: exposureMessage(exposure),
        help: exposureHelp(exposure, build, path ?? ''),
        span: exposure.span,
        related: [
          ...destinationsOf(exposure, build),
          ...others.map(({ span }) => ({ message: 'The same value', span })),
        ],
        // One edit leaves the value where it is set again.
        fixes: others.length > 0 ? [] : [withdrawal(exposure, build)],
        ...(project.kind === 'vagrant' && isPassword(exposure) && { severity: 'info' as const }),
        ...(project.kind !== 'vagrant' && isBuildLogin(exposure, build) && { severity: 'warning' as const }),
        ...(isForBuild(exposure, build) && { severity: 'warning' as const }),
        // What is in a sample is to be replaced; a private key and the token of a certain service are real.
        ...(isSample &&
          BY_NAME.test(exposure.judgement.what) && { severity: 'warning' as const, preset: 'strict' as const }),
        ...(isLoneKeyId(exposure, build) && { severity: 'info' as const, preset: 'strict' as const }),
      };
    for (const { what, file, isLogin, span, stage, tooLate } of writtenSecrets(build)) {
      // `secret-removed-too-late` reports a deletion in a later layer.
      if (tooLate) continue;
      const where = shippedStages(build, project.targets).has(stage) ? 'the image' : 'the build cache';
      yield {
        message: isLogin
          ? `Login with ${what} is stored in ${file} and remains in ${where}`
          : `${capitalized(what)} is written to ${file} and remains in ${where}`,
        help:
          build.language === 'packer'
            ? 'Delete the file in a later step, or write it when the machine boots'
            : 'Delete the file in the same `RUN`, or mount the secret in its place',
        span,
      };
    }
  },
});

/** A variable that several stages set to the same value is one secret: the last one is that of the image, most often. */
function onePerSetting(
  all: readonly Exposure[],
  { source }: ImageBuild,
): readonly (readonly [Exposure, ...Exposure[]])[] {
  const groups = new Map<string, [Exposure, ...Exposure[]]>();
  for (const [i, exposure] of all.entries()) {
    const { name, site, span } = exposure;
    const isSetting = site.kind.endsWith('-env') && name !== undefined && span.file === undefined;
    const key = isSetting ? `${name}=${source.text.slice(span.start, span.end)}` : `${i}`;
    const group = groups.get(key);
    if (group) group.unshift(exposure);
    else groups.set(key, [exposure]);
  }
  return [...groups.values()];
}

/** Keys that an application signs with, and without which its programs do not start. */
const SIGNING = /^(?:DJANGO_|APP_|RAILS_|LARAVEL_)?(?:SECRET_KEY(?:_BASE)?|APP_KEY|APP_SECRET|(?:NEXT)?AUTH_SECRET)$/;
/** Commands that build assets and caches, and sign nothing. */
const BUILDS =
  /\b(?:collectstatic|compress|compilemessages|assets:\w{1,20}|(?:config|route|view|cache):(?:cache|clear|warmup)|package:discover|phx\.digest|(?:npm|yarn|pnpm|bun) (?:run )?build|next build|vite build)\b/;
const LONGEST_COMMAND = 600;

/** Whether it is the key of an application in one command that builds it, which takes any: it may be that of production, too. */
function isForBuild({ judgement, name, site, span }: Exposure, { source }: ImageBuild): boolean {
  if (site.kind !== 'command' || span.file !== undefined || name === undefined) return false;
  if (!BY_NAME.test(judgement.what) || !SIGNING.test(name)) return false;
  const [command = ''] = source.text.slice(span.end, span.end + LONGEST_COMMAND).split(/&&|;|(?<!\\)\n/, 1);
  return BUILDS.test(command);
}

/** What is one by its name, and not by its form. */
const BY_NAME = /^an? (?:access key|credential|key|passphrase|password|secret|token)\b(?! hash)/;

/** A box is public with everything that opens it; a token opens something else. */
function isPassword({ judgement }: Exposure): boolean {
  return /\bpassword$/i.test(judgement.what);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
