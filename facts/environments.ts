/** Environments that an application is deployed to, as names speak of them. */

/** What people call them, by what is meant. */
export const ENVIRONMENT_NAMES: readonly (readonly string[])[] = [
  ['production', 'prod', 'prd'],
  ['staging', 'stage', 'stag', 'stg'],
  ['acceptance', 'qa', 'uat', 'preprod', 'preproduction', 'acc'],
  ['test', 'testing', 'tst'],
  ['development', 'develop', 'dev'],
];

/** Words that say it in the name of a file beside others, and not elsewhere: `live-server`, `canary release`. */
const IN_FILE_NAMES: readonly (readonly string[])[] = [
  ['live'],
  ['sandbox', 'sbx'],
  ['demo'],
  ['integration', 'int'],
  ['preview'],
];

/** Whether a word is the name of an environment. */
export function isEnvironment(word: string): boolean {
  return ENVIRONMENT_NAMES.some(names => names.includes(word.toLowerCase()));
}

const CHOOSES =
  /^(?:env|environment|environment_name|env_name|deploy(?:ment)?_env(?:ironment)?|target_env(?:ironment)?|app_env|(?:deploy(?:ment)?_)?stage|tier)$/i;

/** Whether the name of a variable says that it chooses the environment: `deploy_env`. */
export function choosesEnvironment(variable: string): boolean {
  return CHOOSES.test(variable);
}

/** A name with the environments in it left out, so that those of twins are the same: `web-prod.yaml` is `web-*.yaml`. */
export function withoutEnvironment(name: string): string {
  return name.replace(/[A-Za-z]+/g, word => (isEnvironment(word) ? '*' : word));
}

/** A line of one of two such files, without what they are called. */
export function withoutFileEnvironment(line: string): string {
  return line.replace(/[A-Za-z]+/g, word =>
    isEnvironment(word) || IN_FILE_NAMES.some(names => names.includes(word.toLowerCase())) ? '*' : word,
  );
}

/** The names of another environment's counterpart: `web-staging.yaml`, `web-dev.yaml` … of `web-prod.yaml`; none without an environment. */
export function namesElsewhere(name: string): readonly string[] {
  const words = [...name.matchAll(/[A-Za-z]+/g)];
  const all = [...ENVIRONMENT_NAMES, ...IN_FILE_NAMES];
  const listOf = (word: string) => all.find(names => names.includes(word.toLowerCase()));
  const word = words.find(match => isEnvironment(match[0])) ?? words.find(match => listOf(match[0]));
  if (!word) return [];
  const own = listOf(word[0]);
  return all
    .filter(names => names !== own)
    .flat()
    .map(other => name.slice(0, word.index) + other + name.slice(word.index + word[0].length));
}

const DEVELOPERS = /(?:^|[._-])(?:dev|devel|develop|development|devenv|local|tilt)(?:$|[._-])/i;

/** Directories whose content is for developers at any depth. */
const WORKPLACES = /^(?:develop|development|local|(?:dev|development)[._-]?(?:env|environment|container|box)s?)$/i;

/** Whether the name of a file or of its directory says that developers work with it, or a directory around it without doubt. */
export function isForDevelopers(path: string): boolean {
  const names = path.split('/');
  return (
    names.slice(-2).some(name => DEVELOPERS.test(name)) ||
    names.slice(0, -1).some((name, at) => WORKPLACES.test(name) && names[at - 1] !== 'usr')
  );
}

const MOVING = /(?:^|[._-])(?:devel|nightly|edge|latest|snapshot|rolling|unstable|bleeding)(?:$|[._-])/i;

/** Whether the name of a file or of a directory around it says that it follows what is newest. */
export function followsNewest(path: string): boolean {
  return path
    .split('/')
    .slice(-3)
    .some(name => MOVING.test(name));
}
