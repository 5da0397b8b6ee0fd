import type { ImageBuild, Parameter, Stage } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import { stringList } from '../../../core/options.ts';
import type { ProjectFacts } from '../../../core/project.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { isDocumented } from '../../../facts/documented-passwords.ts';
import { exposuresOf, isLegacyTemplate } from '../../../facts/secrets/exposures/concern.ts';
import { type Exposure, isOfNetwork, isSampleFile } from '../../../facts/secrets/exposures/exposure.ts';
import { destinationsOf } from '../../../facts/secrets/exposures/flow.ts';
import { withdrawal } from '../../../facts/secrets/exposures/withdrawal.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';

export default defineBuildRule({
  id: 'weak-credential',
  summary: 'A build file contains a guessable password',
  policies: ['G1', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  aliases: [
    'hadolint:DL3064',
    'buildkit:SecretsUsedInArgOrEnv',
    'checkov:CKV2_DOCKER_17',
    'kics:passwords_and_secrets',
    'sonar:S6437',
    'sonar:S2068',
  ],
  options: {
    allow: stringList('Names of settings whose passwords do not matter; `*` matches any characters, as in `TEST_*`'),
  },
  *check(build, { options, path = '', project }) {
    for (const exposure of exposuresOf(build, 'weak', options)) {
      const { site, span } = exposure;
      // What can be guessed protects nothing in a stage that stays on the builder.
      if (site.stage && !shippedStages(build, project.targets).has(site.stage)) continue;
      if (isOfVagrant(exposure, build, project, path)) continue;
      if (isStandIn(exposure, build) || isOfExample(exposure, build) || isNamedSo(exposure, build)) continue;
      if (isOfAppService(exposure, build) || isOfSwitchedOff(exposure) || isPassed(exposure, build)) continue;
      yield {
        message: `Guessable ${site.kind === 'account' ? 'login password' : 'password'} in ${site.place}`,
        help: helpFor(exposure, build, isLegacyTemplate(path)),
        span,
        related: destinationsOf(exposure, build),
        fixes: [withdrawal(exposure, build)],
        // What is in a sample is to be replaced, and a login that a README names is meant for everybody.
        ...((isSampleFile(path) ||
          (site.kind === 'file' && isSampleFile(site.place.replaceAll('`', ''))) ||
          isDocumented(exposure, build) ||
          goesNowhere(exposure, build) ||
          isThrowAway(build, project)) && { severity: 'info', preset: 'strict' }),
      };
    }
  },
});

/** The login of a Vagrant box, which is public: https://developer.hashicorp.com/vagrant/docs/boxes/base */
function isOfVagrant({ name, site, span }: Exposure, build: ImageBuild, { kind }: ProjectFacts, path: string): boolean {
  if (/vagrant/i.test(name ?? '')) return true;
  const isBox = kind === 'vagrant';
  if (isBox && (site.kind === 'account' || /`(?:su|sudo)`/.test(site.place))) return true;
  return (isBox || /\.pkrvars\.(?:hcl|json)$/.test(path)) && /^["']?vagrant["']?$/.test(textAt(span, build));
}

const PACKER_HELP: Readonly<Partial<Record<Exposure['site']['kind'], string>>> = {
  command: 'Pass it from a `sensitive` variable through `environment_vars`',
  login: 'Use a generated SSH key, or a `sensitive` variable without a default',
};

/** What is written there; empty for a place in another file. */
function textAt({ end, file, start }: Span, { source }: ImageBuild): string {
  return file === undefined ? source.text.slice(start, end) : '';
}

/** The login of a URL that stands for another one: to a host of documentation. */
function isOfExample({ span }: Exposure, { source }: ImageBuild): boolean {
  if (span.file !== undefined) return false;
  const around = source.text.slice(Math.max(0, span.start - 200), span.end + 200);
  const start = around.lastIndexOf('\n', Math.min(200, span.start)) + 1;
  const end = around.indexOf('\n', Math.min(200, span.start));
  return /@(?:[\w-]{1,60}\.){0,4}example(?:\.(?:com|net|org))?(?![\w.-])/i.test(
    around.slice(start, end < 0 ? around.length : end),
  );
}

/** `DATABASE_URL=postgresql://user:pass@127.0.0.1/dbname rake …`: for a command that connects to nothing. */
function isStandIn({ site, span }: Exposure, { source }: ImageBuild): boolean {
  if (!AT_BUILD.has(site.kind) || span.file !== undefined) return false;
  return /\/\/(?:\w{1,20}_)?user(?:name)?:(?:\w{1,20}_)?pass(?:word)?@(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b/i.test(
    source.text.slice(Math.max(0, span.start - 34), span.end + 12),
  );
}
const AT_BUILD: ReadonlySet<Exposure['site']['kind']> = new Set(['command', 'argument', 'build-env']);

/** `vsphere.password = "password"` beside `vsphere.username = "username"`: what is to be written there, and no login. */
function isNamedSo({ name, site }: Exposure, { parameters }: ImageBuild): boolean {
  if (site.kind !== 'variable' || name === undefined) return false;
  const own = byName(parameters).get(name);
  if (!own || !saysItsName(own)) return false;
  const before = name.slice(0, name.length - lastWord(name).length);
  return usersIn(parameters).some(one => one !== name && one.startsWith(before));
}
/** The names of the first variables for accounts that say nothing but their names. */
const usersIn = memo((all: readonly Parameter[]): readonly string[] =>
  all.flatMap(one => (USERS.test(one.name) && saysItsName(one) ? one.name : [])).slice(0, MOST_USERS),
);
const MOST_USERS = 100;
const USERS = /user(?:_?name)?$/i;
const lastWord = (name: string): string => /[^._-]{1,100}$/.exec(name)?.[0] ?? '';

function saysItsName({ default: value, name }: Parameter): boolean {
  return value?.literal !== undefined && value.literal.toLowerCase() === lastWord(name).toLowerCase();
}

/** Whether a variable of a template is only given to scripts as a variable that none of them names. */
function goesNowhere({ name, site, span }: Exposure, build: ImageBuild): boolean {
  if (build.language !== 'packer' || site.kind !== 'variable' || name === undefined) return false;
  if (span.file !== undefined || name.length > LONGEST_NAME) return false;
  const given = environmentsOf(build).get(name) ?? [];
  // What is left is where it is declared.
  if (given.length === 0 || wordsOf(build).get(name) !== given.length + 1) return false;
  return given.every(({ as, stage }) => {
    const texts = scriptsOf(stage);
    return texts !== undefined && !texts.some(text => text.includes(as));
  });
}

/** By variable of a template, where it is given to scripts, and as what. */
const environmentsOf = memo(({ stages }: ImageBuild) => {
  const found = new Map<string, { readonly as: string; readonly stage: Stage }[]>();
  for (const stage of stages)
    for (const step of stage.steps) {
      if (step.kind !== 'env' || step.scope !== 'build') continue;
      const names = step.value.parts.map(part => (typeof part === 'string' ? '' : part.name.replace(/^var\./, '')));
      for (const name of new Set(names)) {
        const list = found.get(name);
        if (list) list.push({ as: step.name, stage });
        else found.set(name, [{ as: step.name, stage }]);
      }
    }
  return found;
});

/** The scripts of a stage; `undefined` where one of them, or what it runs, cannot be read, or where they are long. */
const scriptsOf = memo(({ steps }: Stage): readonly string[] | undefined => {
  const texts = new Set<string>();
  let left = LONGEST_SCRIPTS;
  for (const step of steps) {
    if (step.kind !== 'run' || step.phase !== 'build') continue;
    const text = step.script?.text.text;
    if (text === undefined || CALLS.test(text)) return undefined;
    if (!texts.has(text)) left -= text.length;
    if (left < 0) return undefined;
    texts.add(text);
  }
  return [...texts];
});
const LONGEST_SCRIPTS = 100_000;
/** What gets the environment of a script and is not read with it, or prints it. */
const CALLS =
  /(?:^|[\s;&|(])(?:\.|source|bash|sh|zsh|python\d?|ruby|perl|pwsh|ansible\S{0,20}|env|printenv|envsubst|export -p) |["']\.{0,2}\/[\w./-]{1,200}\.(?:sh|py|rb|pl)\b|(?:^|[\s;&|(])\.?\.?\/(?!(?:usr|bin|sbin|etc|dev|var|proc|sys|tmp|root|home|boot|lib|opt|mnt|run)\/)\w|\.\/\w|\b(?:env|printenv)$/m;

/** How often the document has each name, as a word. */
const wordsOf = memo(({ source }: ImageBuild) => {
  const count = new Map<string, number>();
  for (const [word] of source.text.matchAll(/[\w-]+/g)) {
    if (word.length <= LONGEST_NAME) count.set(word, (count.get(word) ?? 0) + 1);
  }
  return count;
});
const LONGEST_NAME = 200;

/** The default of a variable that every command for the template sets. */
function isPassed({ name, site }: Exposure, { parameters }: ImageBuild): boolean {
  return site.kind === 'variable' && name !== undefined && byName(parameters).get(name)?.isPassed?.() === true;
}
const byName = memo((all: readonly Parameter[]) => new Map(all.map(one => [one.name, one])));

/** The login that the platform connects its own console with. https://learn.microsoft.com/azure/app-service/configure-custom-container#enable-ssh */
function isOfAppService({ span }: Exposure, { language, source }: ImageBuild): boolean {
  return (
    language === 'dockerfile' &&
    span.file === undefined &&
    /root:Docker!$/.test(source.text.slice(Math.max(0, span.end - 12), span.end))
  );
}

/** `WEB_HTTPS_KEY_PASSWORD` beside `WEB_HTTPS_ENABLED=false`. */
function isOfSwitchedOff({ name, site }: Exposure): boolean {
  if (name === undefined || site.kind !== 'image-env' || !site.stage) return false;
  return site.stage.steps.some(step => {
    if (step.kind !== 'env' || !/^(?:0|false|no|off|disabled?)$/i.test(step.value.literal ?? '')) return false;
    const [, feature] = /^(\w{3,60})_(?:IS_)?(?:ENABLED?|ON|ACTIVE)$/i.exec(step.name) ?? [];
    return feature !== undefined && name.toLowerCase().startsWith(`${feature.toLowerCase()}_`);
  });
}

function helpFor({ name, site }: Exposure, { language }: ImageBuild, isLegacy: boolean): string {
  if (site.kind === 'account') return 'Lock the password and use SSH keys';
  // https://developer.hashicorp.com/packer/docs/templates/legacy_json_templates/user-variables
  if (language === 'packer' && site.kind === 'variable' && isLegacy)
    return 'Remove the value, and set it with `-var` or `-var-file`';
  if (language === 'packer' && site.kind === 'variable')
    return `Remove it, and set \`PKR_VAR_${name !== undefined && /^[\w-]{1,30}$/.test(name) ? name : '…'}\``;
  if (language === 'packer') return PACKER_HELP[site.kind] ?? 'Use a `sensitive` variable without a default';
  // The password of an account elsewhere: the machine cannot make one up.
  if (language === 'cloud-init' && site.place.includes('`rh_subscription.password`'))
    return 'Use an activation key from a secret store, with `rh_subscription.org`';
  if (language === 'cloud-init' && isOfNetwork(site)) return 'Insert a long random one when the medium is made';
  if (language === 'cloud-init') return 'Generate one at boot, or fetch it from a secret store';
  return site.kind === 'command'
    ? 'Use `RUN --mount=type=secret`'
    : 'Leave it unset, or read it from a file that is mounted at run time';
}
