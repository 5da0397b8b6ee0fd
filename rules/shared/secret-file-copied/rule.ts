import type { ImageBuild } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { stringList } from '../../../core/options.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import type { ProjectFacts } from '../../../core/project.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { statesKeys } from '../../../facts/documented-keys.ts';
import { titled, withoutArticle } from '../../../facts/secrets/exposures/concern.ts';
import { placeOf } from '../../../facts/secrets/exposures/exposure.ts';
import {
  type CopiedCredential,
  copiedCredentials,
  isHome,
  withoutSlash,
} from '../../../facts/secrets/exposures/files.ts';
import { removedCredentials } from '../../../facts/secrets/exposures/removal.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';

/** Keys that are made for tests, and public with them. */
const TESTS = /(?:^|\/)(?:tests?|testdata|fixtures?|e2e)\//i;

/** Files that may hold nothing but settings. */
const OFTEN_SETTINGS: ReadonlySet<string> = new Set(['an environment file', 'Terraform variables']);

export default defineBuildRule({
  id: 'secret-file-copied',
  summary: 'A file with credentials is copied into an image',
  policies: ['G1'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile', 'packer'],
  needs: { steps: ['copy'] },
  since: '2026.11',
  aliases: ['trivy:DS-0031', 'dockle:CIS-DI-0010'],
  options: { allow: stringList('Names of files that hold no credentials in this project: `.env.production`') },
  *check(build, { options, project }) {
    const removed = removedCredentials(build);
    for (const credential of copiedCredentials(build)) {
      const { included, file, source, stage, step } = credential;
      // A project's `.npmrc` names a registry, or the variable that a token comes in; the user's own holds the token.
      if (file.mixed && !isHome(step.to?.source.text ?? '')) continue;
      // A copy that a later step deletes is gone from a machine image; in a container image `secret-removed-too-late` reports it.
      if (removed.has(credential) || options.allow.includes(included ?? nameOf(source.source.text))) continue;
      const shipped = build.language !== 'dockerfile' || shippedStages(build, project.targets).has(stage);
      // A stage that is not shipped often copies the whole project.
      if (included !== undefined && !shipped) continue;
      const plain = placeOf('', included ?? nameOf(withoutSlash(source.literal ?? source.source.text)), '');
      const name = plain === '' || included === undefined ? plain : inDirectory(source.literal ?? '', included);
      const what = name === '' ? titled(file.what) : `${name} (${withoutArticle(file.what)})`;
      yield {
        message: `${what} is copied into ${shipped ? 'the image' : 'a layer of the build cache'}`,
        help:
          build.language === 'packer'
            ? 'Write it when the machine boots, or delete it in a later step'
            : included === undefined
              ? 'Mount it with `RUN --mount=type=secret`, or as a volume at run time'
              : `Add ${name === '' ? 'it' : name} to the end of \`.dockerignore\``,
        span: source.span,
        fixes: [build.language === 'dockerfile' && included === undefined ? build.withdraw?.(source.span) : undefined],
        // The halves of one identity, and the stores that hold it, are one thing to say.
        ...(file.what === 'a private key' && { causes: [placeCause('keys of', step.span)] }),
        // What the file holds is not known, or who gets the layer.
        ...((!shipped || (OFTEN_SETTINGS.has(file.what) && !credential.isCommitted)) && { severity: 'warning' }),
        ...((TESTS.test(included ?? source.source.text) || isKnown(credential, build, project)) && {
          preset: 'strict',
          severity: 'warning',
        }),
      };
    }
  },
});

/** Whether its authors know: defaults that the ignore file lets in by name, and what everyone has who has the repository. */
function isKnown({ file, isCommitted, isMeant }: CopiedCredential, build: ImageBuild, project: ProjectFacts): boolean {
  if (file.what === 'an environment file') return isMeant && isCommitted;
  return isCommitted && (isThrowAway(build, project) || statesKeys(build.readmes?.() ?? []));
}

/** The path of a file in the build context, which is how `.dockerignore` names it. */
function inDirectory(directory: string, name: string): string {
  const segments = joinPath('/', directory).split('/').filter(Boolean);
  return quoted(segments.every(segment => /^[\w.-]{1,39}$/.test(segment)) ? [...segments, name].join('/') : name);
}
