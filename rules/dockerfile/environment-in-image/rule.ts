import { shippedStages } from '../../../facts/shipped-stages.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf } from '../../../languages/dockerfile/step-instruction.ts';

/** Variables that name the environment of a deployment, not a mode of a framework. */
const PLACE =
  /^(?:ENV|ENVIRONMENT|DEPLOY_?ENV|DEPLOYMENT_?ENVIRONMENT|APP_ENVIRONMENT|TARGET_ENV|STAGE|TIER|SPRING_PROFILES_ACTIVE)$/;
const MODE = /^(?:NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|FLASK_ENV|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT|MIX_ENV)$/;
const BESIDE = /^(?:staging|stage|stg|qa|uat|preprod|pre-prod|preproduction|acceptance|sandbox|integration)$/i;
const MAIN = /^(?:production|prod|prd|live)$/i;

export default defineDockerfileRule({
  id: 'environment-in-image',
  summary: 'The image is built for one environment',
  policies: ['G12'],
  category: 'separation',
  severity: 'hint',
  preset: 'all',
  needs: { instructions: ['ENV'] },
  derived: true,
  since: '2026.11',
  *check(_, { project }, build) {
    for (const stage of dockerStagesOf(build, shippedStages(build, project.targets)))
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'env') continue;
        for (const { key, value, span } of instruction.pairs) {
          const text = value.literal ?? value.byDefault;
          const fixed =
            text !== undefined &&
            ((PLACE.test(key) && (BESIDE.test(text) || MAIN.test(text))) || (MODE.test(key) && BESIDE.test(text)));
          if (fixed)
            yield {
              message: `\`${key}=${text}\` ties the image to one environment`,
              help: 'Set it when the container starts',
              span,
            };
        }
      }
  },
});
