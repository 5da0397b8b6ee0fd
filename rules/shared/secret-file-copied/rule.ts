import { stringList } from '../../../core/options.ts';
import { nameOf } from '../../../core/path.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { placeOf } from '../../../facts/secrets/sinks/exposure.ts';
import { copiedCredentials, isHome } from '../../../facts/secrets/sinks/files.ts';
import { removedCredentials } from '../../../facts/secrets/sinks/removal.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'secret-file-copied',
  summary: 'A file of credentials is copied into the image',
  policies: ['G1'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile', 'packer'],
  since: '2026.11',
  aliases: ['trivy:DS-0031', 'dockle:CIS-DI-0010'],
  options: { allow: stringList('Names of files that hold no credentials in this project: `.env.production`') },
  *check(build, { options, project }) {
    const removed = removedCredentials(build);
    for (const credential of copiedCredentials(build)) {
      const { brought, file, source, stage, step } = credential;
      // A project's `.npmrc` names a registry, or the variable that a token comes in; the user's own holds the token.
      if (file.mixed && !isHome(step.to?.source.text ?? '')) continue;
      // A copy that a later step deletes is the matter of `secret-removed-too-late`, or of nobody in a machine image.
      if (removed.has(credential) || options.allow.includes(brought ?? nameOf(source.source.text))) continue;
      const shipped = build.language !== 'dockerfile' || shippedStages(build, project.targets).has(stage);
      // What comes along with the sources of a stage that is not shipped does so in every project.
      if (brought !== undefined && !shipped) continue;
      const what = brought === undefined ? file.what : `${placeOf('', brought, 'a file')}, ${file.what},`;
      const where = shipped
        ? 'into the image, and everybody who has the image has it'
        : 'into a layer that stays in the build cache although the stage is not shipped';
      yield { message: `This copies ${what} ${where}.`, span: source.span };
    }
  },
});
