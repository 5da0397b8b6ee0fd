import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage, Pair } from '../../../languages/dockerfile/tree.ts';

const ON = /^(?:1|true|yes|on)$/i;
const DEVELOPMENT = /^(?:development|dev|debug|local)$/i;
/** Variables that switch a framework into debug or development mode, by their documentation. */
const SETTINGS: ReadonlyMap<string, RegExp> = new Map([
  ['FLASK_DEBUG', ON],
  ['FLASK_ENV', DEVELOPMENT],
  ['DJANGO_DEBUG', ON],
  ['APP_DEBUG', ON],
  ['APP_ENV', DEVELOPMENT],
  ['RAILS_ENV', DEVELOPMENT],
  ['RACK_ENV', DEVELOPMENT],
  ['NODE_ENV', DEVELOPMENT],
  ['SYMFONY_DEBUG', ON],
  ['WP_DEBUG', ON],
  ['ASPNETCORE_ENVIRONMENT', DEVELOPMENT],
  ['DOTNET_ENVIRONMENT', DEVELOPMENT],
  ['GIN_MODE', /^debug$/i],
  ['NODE_OPTIONS', /--inspect(?:-brk)?(?:=|\s|$)/],
  ['JAVA_TOOL_OPTIONS', /jdwp/],
  ['JAVA_OPTS', /jdwp/],
  ['JDK_JAVA_OPTIONS', /jdwp/],
  ['XDEBUG_MODE', /debug/],
]);

export default defineDockerfileRule({
  id: 'debug-settings',
  summary: 'The image enables debug or development features',
  policies: ['G12', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['ENV'] },
  derived: true,
  since: '2026.11',
  aliases: ['sonar:S4507', 'tally:php/no-xdebug-in-final-image'],
  *check(file, { project }) {
    const reported = new Set<Pair>();
    for (const stage of finalStages(file, project.targets)) {
      const set = new Set<string>();
      // From the end: a later value replaces an earlier one.
      for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
        for (const pair of at.instructions.flatMap(one => (one.kind === 'env' ? one.pairs : [])).reverse()) {
          const { key, value, span } = pair;
          if (set.has(key) || reported.has(pair)) continue;
          set.add(key);
          const text = value.literal ?? value.byDefault;
          if (text === undefined || !SETTINGS.get(key)?.test(text)) continue;
          reported.add(pair);
          yield {
            message: `\`${key}\` enables debug or development features`,
            help: 'Set it where you develop, in Compose or with `docker run -e`',
            span,
          };
        }
    }
  },
});
