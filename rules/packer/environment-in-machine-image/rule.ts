import type { Stage, Value } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { choosesEnvironment } from '../../../facts/environments.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { makesMachine } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'environment-in-machine-image',
  summary: 'A machine image contains the settings of one environment',
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: { steps: ['copy', 'run', 'write-file'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'vagrant') return;
    const writes = fileWrites(build);
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || !packerBuild.sources.some(makesMachine)) continue;
      yield* ofUploads(stage);
      for (const { path, stage: of, text } of writes) {
        if (of !== stage || !SETTINGS.test(path) || REPOSITORIES.test(path)) continue;
        const found = hostIn(text.text);
        if (!found) continue;
        yield {
          message: `${quoted(nameOf(path))} ties the image to one environment: ${quoted(found.host)}`,
          help: HELP,
          span: text.spanOf(found.start, found.start + found.host.length),
        };
      }
    }
  },
});

const HELP = 'Configure the machine when it boots, by user-data or a parameter store';
/** Files in which programs look for their settings. */
const SETTINGS = /^["']?\/(?:etc|opt|srv|usr\/local\/etc)\//;
/** Where packages and images come from is a matter of the build. */
const REPOSITORIES =
  /sources\.list|yum\.repos\.d|\.repo$|\.list$|apt\/|pip\.conf|\.npmrc|registries|docker\/daemon\.json|maven|hosts$/;

/** The host of an address that names an environment in one of its labels, other than the last two. */
const HOST =
  /[a-z][a-z0-9+.-]{1,20}:\/\/((?:[a-z0-9-]{1,63}\.){0,4}(?:[a-z0-9]{1,30}-)?(?:production|prod|prd|staging|stage|stg|qa|uat|preprod|dev)\.(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,20})(?![\w.-])/i;
/** Names of products and services. */
const NOT_OURS =
  /(?:^|\.)(?:dev\.azure\.com|dev\.mysql\.com|visualstudio\.com|amazonaws\.com|googleapis\.com|docker\.com)$/i;

function hostIn(text: string): { host: string; start: number } | undefined {
  const match = HOST.exec(text.slice(0, 50_000));
  const host = match?.[1];
  if (!match || host === undefined || NOT_OURS.test(host)) return undefined;
  return { host, start: match.index + match[0].length - host.length };
}

const CONFIGURATION = /\.(?:env|json|ya?ml|conf|cnf|cfg|ini|properties|toml|xml)"?$/i;

/** Uploads of a file that a variable for the environment chooses. */
function* ofUploads(stage: Stage): Iterable<Finding> {
  for (const step of stage.steps) {
    if (step.kind !== 'copy' || step.origin !== 'context') continue;
    for (const source of step.sources) {
      const variable = CONFIGURATION.test(source.source.text) ? variableIn(source) : undefined;
      if (variable === undefined) continue;
      yield {
        message: `${quoted(variable)} chooses the environment when the image is built`,
        help: HELP,
        span: source.span,
      };
    }
  }
}

function variableIn({ parts }: Value): string | undefined {
  return parts
    .flatMap(part => (typeof part === 'string' ? [] : [part.name]))
    .find(name => choosesEnvironment(name.replace(/^(?:var|local)\./, '')));
}
