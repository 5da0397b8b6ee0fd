import type { Stage, Value } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages, stageGraph } from '../../../languages/dockerfile/stages.ts';
import type { CopyInstruction, Pair } from '../../../languages/dockerfile/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

/** Variables that name the environment of a deployment, not a mode of a framework. */
const PLACE =
  /^(?:ENV|ENVIRONMENT|DEPLOY_?ENV|DEPLOYMENT_?ENVIRONMENT|APP_ENVIRONMENT|TARGET_ENV|STAGE|TIER|SPRING_PROFILES_ACTIVE)$/;
/** What a service that watches deployments is told about them. */
const WATCHED =
  /^(?:SENTRY|NEW_RELIC|ELASTIC_APM|DD|AIRBRAKE|BUGSNAG|ROLLBAR|HONEYBADGER|APPSIGNAL(?:_APP)?|RAYGUN|SCOUT)_ENV(?:IRONMENT)?$/;
const MODE = /^(?:NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|FLASK_ENV|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT|MIX_ENV)$/;
const BESIDE = /^(?:staging|stage|stg|qa|uat|preprod|pre-prod|preproduction|acceptance|sandbox|integration)$/i;
const MAIN = /^(?:production|prod|prd|live)$/i;
/** In the name of a host or a file, where shorter words mean other things. */
const WORD = /(?:^|[._-])(production|prod|prd|staging|stg|qa|uat|preprod|preproduction)(?=$|[._-])/i;

export default defineDockerfileRule({
  id: 'environment-in-image',
  summary: 'The image is built for one environment',
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['ENV', 'COPY', 'ADD', 'RUN'] },
  derived: true,
  since: '2026.11',
  *check(file, { project }, build) {
    if (file.devContainer) return;
    // What is built with the settings of one environment has them too.
    for (const stage of stageGraph(file).reachableFrom(finalStages(file, project.targets))) {
      yield* ofCommands(build.stages[stage.index]);
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind === 'env') for (const pair of instruction.pairs) yield* ofVariable(pair);
        if (instruction.kind === 'copy' || instruction.kind === 'add') yield* ofCopy(instruction);
      }
    }
  },
});

/** Programs that compile, and the options that choose the settings that go into what they make. */
const COMPILERS =
  /^(?:ng|nx|npm|npx|yarn|pnpm|bun|vite|vue-cli-service|ember|mvn|mvnw|gradle|gradlew|dotnet|flutter|ionic|grunt|gulp|webpack)$/;
const CHOOSES =
  /^(?:--(?:configuration|mode|env|environment|target-env|flavor)=|-c=|-Dspring\.profiles\.active=|-Penv=|-Denv=|--[\w-]{0,20}env=)([\w-]{1,30})$/;
/** Profiles of Maven: `-Pstaging,docker`. */
const PROFILES = /^-P=?([\w.,!-]{1,80})$/;
/** In builds these choose tests and checks. */
const CHECKS = /^(?:integration|acceptance|qa)$/i;
const SCRIPT = /^(?:[\w-]{1,20}[:-])?(?:build|bundle|compile)[:-]([\w-]{1,30})$/;

/** `ng build --configuration uat`, `npm run build:staging`: the settings of one environment are compiled in. */
function* ofCommands(stage: Stage | undefined): Generator<Finding> {
  for (const step of stage?.steps ?? []) {
    if (step.kind !== 'run' || step.phase !== 'build') continue;
    for (const { args, program, script } of invocationsOfStep(step)) {
      if (!COMPILERS.test(program)) continue;
      for (const [i, word] of args.entries()) {
        const text = word.literal ?? '';
        const next = args[i + 1]?.literal ?? '';
        const isWhole = chooses(text);
        if (!isWhole && !(/^-{1,2}[\w-]{1,20}$/.test(text) && chooses(`${text}=${next}`))) continue;
        yield {
          message: `${quoted(isWhole ? text : `${text} ${next}`, 40)} ties the image to one environment`,
          help: 'Read the settings of an environment when the container starts',
          span: script.spanOf(word),
        };
        break;
      }
    }
  }
}

function chooses(text: string): boolean {
  const profiles = PROFILES.exec(text)?.[1]?.split(',') ?? [];
  if (profiles.some(one => BESIDE.test(one) && !CHECKS.test(one))) return true;
  const chosen = CHOOSES.exec(text)?.[1] ?? SCRIPT.exec(text)?.[1];
  return chosen !== undefined && BESIDE.test(chosen);
}

function* ofVariable({ key, value, span }: Pair): Generator<Finding> {
  const text = value.literal ?? value.byDefault;
  if (PLACE.test(key) && !text && isVariable(value)) {
    yield {
      message: `\`${key}\` is set when the image is built, for one environment`,
      help: 'Set it when the container starts',
      span,
    };
    return;
  }
  if (text === undefined) return;
  const fixed =
    ((PLACE.test(key) || WATCHED.test(key)) && (BESIDE.test(text) || MAIN.test(text))) ||
    (MODE.test(key) && BESIDE.test(text));
  const host = fixed ? undefined : hostIn(text);
  if (fixed)
    yield {
      message: `\`${key}=${text}\` ties the image to one environment`,
      help: 'Set it when the container starts',
      span,
    };
  else if (host !== undefined)
    yield {
      message: `${quoted(key)} ties the image to one environment: ${quoted(host)}`,
      help: 'Set it when the container starts',
      span,
    };
}

/** Whether a variable is all of a value. */
function isVariable({ parts }: Value): boolean {
  const [only, ...others] = parts.filter(part => part !== '');
  return typeof only === 'object' && others.length === 0;
}

/** The host of an address, or a text that is a host's full name, when it names an environment. */
function hostIn(text: string): string | undefined {
  if (text.length > 300) return undefined;
  const host = /^[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^/@\s]{0,100}@)?([a-z0-9.-]{1,100})/i.exec(text)?.[1];
  if (host !== undefined) return WORD.test(host) ? host : undefined;
  // `db.prod.internal`, and not `1.2.prod`
  const name = /^([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})\.[a-z]{2,20}(?::\d{1,5})?$/i.exec(text)?.[1];
  return name !== undefined && WORD.test(name) ? text : undefined;
}

/** Files with settings, by their endings. */
const SETTINGS = /(?:^|\/)\.env(?:\.|$)|\.(?:env|json|ya?ml|conf|cnf|cfg|ini|properties|toml|xml)$/i;
/** In these the word is a mode of the build, or a choice of dependencies. */
const MODES = /^(?:tsconfig|jsconfig|package|requirements?|constraints|environment|php|webpack|vite|babel|angular)\b/i;

function* ofCopy({ destination, origin, sources }: CopyInstruction): Generator<Finding> {
  if (origin.kind !== 'context') return;
  const to = destination?.literal ?? '';
  for (const source of sources) {
    const name = nameOf(source.source.text);
    if (!SETTINGS.test(source.source.text) || MODES.test(name)) continue;
    const variable = variableIn(source);
    const word = WORD.exec(name)?.[1];
    // A file that keeps its name is one of several that the program chooses from.
    const chosen =
      word !== undefined &&
      (/^\.env/.test(name) || (to !== '' && !to.endsWith('/') && !/^\.?$/.test(nameOf(to)) && !WORD.test(nameOf(to))));
    if (variable === undefined && !chosen) continue;
    yield {
      message:
        variable === undefined
          ? `${quoted(source.literal ?? name)} ties the image to one environment`
          : `${quoted(variable)} chooses the environment when the image is built`,
      help: 'Mount the file of the environment, or set variables, when the container starts',
      span: source.span,
    };
  }
}

/** The variable in a name that says the environment. */
function variableIn({ parts }: Value): string | undefined {
  return parts
    .flatMap(part => (typeof part === 'string' ? [] : [part.name]))
    .find(name => PLACE.test(name) || MODE.test(name) || name === 'BUILD_ENV');
}
