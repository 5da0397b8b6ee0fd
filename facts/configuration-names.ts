/** Files that a build puts into an image and whose content says how something is set, by their names. */
import { nameOf } from '../core/path.ts';
import { credentialFile } from './secrets/exposures/files.ts';

/** Configuration, units, sources of packages, lists of accounts and keys. */
const CONFIGURATION =
  /\.(?:conf|cfg|cnf|cf|ini|ya?ml|json|toml|xml|properties|env|hcl|nomad|repo|list|sources|service|timer|socket|container|rules|acl|vcl|reg|pem|crt|txt|ldif|htpasswd|keys|secrets?|Renviron)$|^\.?(?:\w{1,30}rc|sudoers|crontab|crontabs|passwd|shadow|sshd_config|ssh_config|users|environment|gitconfig|config|master|minion|Caddyfile)$/i;
/** Settings that are written in the language of the program: https://developer.wordpress.org/advanced-administration/wordpress/wp-config/ */
const IN_CODE =
  /^(?:wp-config|(?:local[_-]?)?(?:config|settings)(?:[._-](?:inc|local|prod|production))?|parameters|database|secrets?|gitlab|knife|client|knexfile|ormconfig|[a-z]{2,30}(?:_[a-z]{2,30})?_config)\.(?:php|py|rb|js|lua|groovy)$/i;
/** What says what a project is made of, not how it is set. */
const PROJECT =
  /^(?:package(?:-lock)?|composer|tsconfig[\w.-]{0,40}|jsconfig|npm-shrinkwrap|angular|nest-cli|turbo|nx|lerna|deno|bower|renovate|vercel|project|global|manifest|requirements[\w.-]{0,40}|constraints[\w.-]{0,40}|CMakeLists|LICENSE[\w.-]{0,20}|README[\w.-]{0,20}|pom|build|pubspec|Cargo|pyproject|poetry|Pipfile|pnpm-lock|pnpm-workspace|openapi|swagger|robots)\.(?:json|ya?ml|xml|toml|txt)$|\.lock$/i;

/** Whether a file is one of configuration. Those that hold a credential by their names are reported where they are named. */
export function isConfigurationName(path: string): boolean {
  const name = nameOf(path);
  if (!(CONFIGURATION.test(name) || IN_CODE.test(name)) || PROJECT.test(name)) return false;
  return holdsNoCredential(path);
}

/** Whether a file's name does not say by itself that it holds a credential. */
export function holdsNoCredential(path: string): boolean {
  const credential = credentialFile(path);
  return credential === undefined || credential.mixed;
}
