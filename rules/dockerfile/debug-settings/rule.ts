import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage, Pair } from '../../../languages/dockerfile/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

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
  summary: 'The image is configured for development or debugging',
  policies: ['G12', 'G10', 'G9'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['ENV', 'RUN', 'COPY'] },
  derived: true,
  since: '2026.11',
  aliases: ['sonar:S4507', 'tally:php/no-xdebug-in-final-image'],
  *check(file, { project }, build) {
    if (file.devContainer) return;
    if (file.forDevelopers) return;
    yield* debuggers(build, project.targets);
    yield* inFiles(build, project.targets);
    const reported = new Set<Pair>();
    for (const stage of finalStages(file, project.targets)) {
      const set = new Set<string>();
      // From the end: a later value replaces an earlier one.
      for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
        for (const pair of instructionsOf(at)
          .flatMap(one => (one.kind === 'env' ? one.pairs : []))
          .reverse()) {
          const { key, value, span } = pair;
          if (set.has(key) || reported.has(pair)) continue;
          set.add(key);
          const text = value.literal ?? value.byDefault;
          if (text === undefined || !SETTINGS.get(key)?.test(text)) continue;
          reported.add(pair);
          yield {
            message: DEVELOPMENT.test(text)
              ? `\`${key}\` is set to ${quoted(text)} in the image`
              : `\`${key}\` enables debug features in the image`,
            help: DEVELOPMENT.test(text)
              ? 'Set it to `production`, and override it in Compose or with `docker run -e`'
              : 'Set it for development only, in Compose or with `docker run -e`',
            span,
          };
        }
    }
  },
});

/** Settings of frameworks in files that the build writes, by their documentation. */
const WRITTEN: readonly (readonly [path: RegExp, setting: RegExp])[] = [
  // https://docs.djangoproject.com/en/stable/ref/settings/#debug
  [/settings?[\w/.-]{0,60}\.py$/, /^(DEBUG[ \t]{0,8}=[ \t]{0,8}True)\b/dm],
  // https://developer.wordpress.org/advanced-administration/debug/debug-wordpress/
  [
    /wp-config[\w.-]{0,20}\.php$/,
    /^[ \t]{0,20}(define\([ \t]{0,4}["']WP_DEBUG["'][ \t]{0,4},[ \t]{0,4}true[ \t]{0,4}\))/dim,
  ],
  // https://www.php.net/manual/errorfunc.configuration.php#ini.display-errors
  [/php[\w/.-]{0,80}\.ini$/, /^[ \t]{0,8}(display_errors[ \t]{0,8}=[ \t]{0,8}["']?(?:on|1|true|stdout))\b/dim],
  // https://laravel.com/docs/configuration#debug-mode, https://symfony.com/doc/current/configuration.html
  [/(?:^|\/)\.env(?:\.\w{1,20})?$/, /^(APP_DEBUG[ \t]{0,4}=[ \t]{0,4}["']?(?:true|1))\b/dim],
];

function* inFiles(build: ImageBuild, targets: readonly string[]): Generator<Finding> {
  const shipped = shippedStages(build, targets);
  for (const { path, stage, text } of fileWrites(build)) {
    if (!shipped.has(stage) || text.text.length > LONGEST || text.span.file !== undefined) continue;
    for (const [of, setting] of WRITTEN) {
      const place = of.test(path) ? setting.exec(text.text)?.indices?.[1] : undefined;
      if (!place) continue;
      yield {
        message: `${quoted(text.text.slice(...place), 40)} enables debug features in the image`,
        help: 'Leave it off, and set it for development only',
        span: text.spanOf(...place),
      };
    }
  }
}
/** Longer files are not searched, in UTF-16 code units. */
const LONGEST = 100_000;

/** `pecl install xdebug`, `docker-php-ext-enable xdebug`, `apk add php83-xdebug` in what is shipped. */
function* debuggers(build: ImageBuild, targets: readonly string[]): Generator<Finding> {
  for (const stage of shippedStages(build, targets))
    for (const step of stage.steps) {
      if (step.kind !== 'run' || step.phase !== 'build') continue;
      const words = invocationsOfStep(step).flatMap(({ args, program, script }) =>
        PHP_INSTALLERS.test(program) &&
        !args.some(({ literal }) => /^(?:remove|purge|del|uninstall)$/.test(literal ?? ''))
          ? args.flatMap(word => (XDEBUG.test(word.literal ?? '') ? [script.spanOf(word)] : []))
          : [],
      );
      const [first] = words;
      if (first)
        yield {
          message: 'Xdebug is installed in the image',
          help: 'Install it only in a development stage',
          span: first,
        };
    }
}
const PHP_INSTALLERS =
  /^(?:pecl|pickle|install-php-extensions|docker-php-ext-(?:install|enable)|apt|apt-get|apk|dnf|yum|microdnf)$/;
const XDEBUG = /^(?:php[\d.]{0,5}-)?(?:pecl-)?xdebug\d?(?:-\d[\w.-]{0,20}|[=~@].{0,40})?$/;
