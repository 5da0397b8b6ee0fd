/** Commands that keep what they are given in a file of their own: logins and settings. */

import type { Word } from '../../../core/shell-tree.ts';
import { type Invocation, invocationBy } from '../../../shell/invocations.ts';
import { printedWords } from '../../../shell/printed-words.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';

/** A file that a program keeps settings in, and the words that go there. */
export interface Store {
  readonly path: string;
  readonly words: readonly Word[];
  /** Files whose content goes there, and the words that name them: `< FILE`, `cat FILE |`, `--key-file=FILE`. */
  readonly files: readonly NamedFile[];
  /** What is kept is got with the secret: a session, or a key. */
  readonly isLogin: boolean;
}

interface NamedFile {
  readonly word: Word;
  readonly path: string;
}

/** How a program keeps a secret. */
interface Keeper {
  /** The words in front of what is kept, in one of these ways. */
  readonly verbs: readonly string[];
  /** In the home of root where it is in a home. */
  readonly path: string;
  /** What takes it back: a pattern of the subcommands and operands. */
  readonly undone?: RegExp;
  /** What makes it worthless wherever it is kept. */
  readonly revoked?: RegExp;
  /** Options whose value is a file with the secret. */
  readonly files?: readonly string[];
  /** The option with which nothing is kept. */
  readonly unless?: string;
  readonly isLogin?: true;
}

const LOGOUT = /\blogout\b/;
/** https://docs.docker.com/reference/cli/docker/login/ */
const REGISTRY: Keeper = { verbs: ['login'], path: '/root/.docker/config.json', undone: LOGOUT };
/** https://huggingface.co/docs/huggingface_hub/guides/cli */
const HUGGING_FACE: Keeper = {
  verbs: ['login', 'auth login'],
  path: '/root/.cache/huggingface/token',
  undone: LOGOUT,
};
/** https://kubernetes.io/docs/reference/kubectl/generated/kubectl_config/kubectl_config_set-credentials/ */
const KUBERNETES: Keeper = {
  verbs: ['config set-credentials'],
  path: '/root/.kube/config',
  undone: /^config (?:delete-user|unset)\b|\blogout\b/,
};
/** With `-self` alone it is the token of the login. */
const SELF = /^token revoke$/;
/** https://developer.hashicorp.com/vault/docs/commands/token/revoke */
const VAULT: Keeper = {
  verbs: ['login'],
  path: '/root/.vault-token',
  undone: SELF,
  revoked: SELF,
  unless: '-no-store',
  isLogin: true,
};
/** By program, what it keeps and where, with the page that says so. */
const KEEPERS: Readonly<Record<string, readonly Keeper[]>> = {
  docker: [REGISTRY],
  podman: [REGISTRY],
  nerdctl: [REGISTRY],
  buildah: [REGISTRY],
  skopeo: [REGISTRY],
  oras: [REGISTRY],
  cosign: [REGISTRY],
  crane: [{ ...REGISTRY, verbs: ['auth login'] }],
  helm: [
    // https://helm.sh/docs/helm/helm_registry_login/, https://helm.sh/docs/helm/helm_repo_add/
    { verbs: ['registry login'], path: '/root/.config/helm/registry/config.json', undone: LOGOUT },
    { verbs: ['repo add'], path: '/root/.config/helm/repositories.yaml', undone: /^repo (?:remove|rm)\b/ },
  ],
  // https://docs.aws.amazon.com/cli/latest/reference/configure/set.html
  aws: [{ verbs: ['configure set'], path: '/root/.aws/credentials' }],
  npm: [{ verbs: ['config set', 'set'], path: '/root/.npmrc' }],
  pnpm: [{ verbs: ['config set', 'set'], path: '/root/.npmrc' }],
  yarn: [{ verbs: ['config set'], path: '/root/.yarnrc.yml' }],
  pip: [{ verbs: ['config set'], path: '/root/.config/pip/pip.conf' }],
  git: [
    { verbs: ['config'], path: '/root/.gitconfig' },
    // https://git-scm.com/docs/git-remote: the address with the login in it
    { verbs: ['remote add'], path: './.git/config', undone: /^remote (?:set-url|remove|rm)\b/ },
    // https://git-scm.com/docs/git-credential-store
    { verbs: ['credential approve', 'credential-store store'], path: '/root/.git-credentials' },
  ],
  composer: [{ verbs: ['config'], path: '/root/.composer/auth.json' }],
  poetry: [{ verbs: ['config'], path: '/root/.config/pypoetry/auth.toml' }],
  bundle: [{ verbs: ['config'], path: '/root/.bundle/config' }],
  // And mamba and micromamba: https://docs.conda.io/projects/conda/en/stable/user-guide/configuration/use-condarc.html,
  // https://mamba.readthedocs.io/en/latest/user_guide/micromamba.html
  conda: [
    { verbs: ['config'], path: '/root/.condarc' },
    { verbs: ['auth login'], path: '/root/.mamba/auth/authentication.json', undone: LOGOUT },
  ],
  // https://pixi.sh/latest/deployment/authentication/: without a keyring
  pixi: [{ verbs: ['auth login'], path: '/root/.rattler/credentials.json', undone: LOGOUT }],
  // https://doc.rust-lang.org/cargo/commands/cargo-login.html
  cargo: [{ verbs: ['login'], path: '/root/.cargo/credentials.toml', undone: LOGOUT }],
  // https://learn.microsoft.com/dotnet/core/tools/dotnet-nuget-add-source
  dotnet: [
    {
      verbs: ['nuget add source', 'nuget update source'],
      path: '/root/.nuget/NuGet/NuGet.Config',
      undone: /^nuget remove source\b/,
    },
  ],
  // https://developer.hashicorp.com/vault/docs/commands/login
  vault: [VAULT],
  bao: [VAULT],
  hf: [HUGGING_FACE],
  'huggingface-cli': [HUGGING_FACE],
  // https://docs.wandb.ai/ref/cli/wandb-login
  wandb: [{ verbs: ['login'], path: '/root/.netrc' }],
  // https://cli.github.com/manual/gh_auth_login: without a keyring
  gh: [{ verbs: ['auth login'], path: '/root/.config/gh/hosts.yml', undone: LOGOUT }],
  // https://docs.gitlab.com/cli/auth/login/
  glab: [{ verbs: ['auth login'], path: '/root/.config/glab-cli/config.yml', undone: LOGOUT }],
  // https://learn.microsoft.com/cli/azure/authenticate-azure-cli-service-principal
  az: [{ verbs: ['login'], path: '/root/.azure', undone: /\blogout\b|^account clear\b/, isLogin: true }],
  // https://cloud.google.com/sdk/gcloud/reference/auth/activate-service-account
  gcloud: [
    {
      verbs: ['auth activate-service-account', 'auth login'],
      path: '/root/.config/gcloud',
      undone: /^auth revoke\b/,
      files: ['--key-file', '--cred-file', '--password-file'],
      isLogin: true,
    },
  ],
  // https://docs.digitalocean.com/reference/doctl/reference/auth/init/
  doctl: [{ verbs: ['auth init'], path: '/root/.config/doctl/config.yaml', undone: /^auth remove\b/ }],
  kubectl: [KUBERNETES],
  // https://docs.redhat.com/documentation/openshift_container_platform/latest/html/cli_tools/openshift-cli-oc
  // `oc logout` deletes the token on the server.
  oc: [KUBERNETES, { ...KUBERNETES, verbs: ['login'], revoked: LOGOUT, isLogin: true }],
  // https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_login/
  argocd: [{ verbs: ['login'], path: '/root/.config/argocd/config', undone: LOGOUT, isLogin: true }],
  // https://docs.doppler.com/docs/cli
  doppler: [
    {
      verbs: ['configure set'],
      path: '/root/.doppler',
      undone: /^configure unset\b|\blogout\b/,
    },
  ],
  // https://docs.snyk.io/developer-tools/snyk-cli/commands/auth
  snyk: [
    {
      verbs: ['auth', 'config set'],
      path: '/root/.config/configstore/snyk.json',
      undone: /^config (?:unset|clear)\b|\blogout\b/,
    },
  ],
  // https://docs.sentry.io/cli/configuration/
  'sentry-cli': [{ verbs: ['login'], path: '/root/.sentryclirc' }],
  // https://docs.databricks.com/dev-tools/cli/profiles
  databricks: [{ verbs: ['configure'], path: '/root/.databrickscfg' }],
  // https://rclone.org/commands/rclone_config_create/
  rclone: [
    {
      verbs: ['config create', 'config update', 'config password'],
      path: '/root/.config/rclone/rclone.conf',
      undone: /^config delete\b/,
    },
  ],
  // https://min.io/docs/minio/linux/reference/minio-mc/mc-alias-set.html
  mc: [
    {
      verbs: ['alias set', 'config host add'],
      path: '/root/.mc/config.json',
      undone: /^(?:alias|config host) (?:remove|rm)\b/,
    },
  ],
  // https://docs.redhat.com/documentation/subscription_central: the key of the registered system
  'subscription-manager': [
    {
      verbs: ['register'],
      path: '/etc/pki/consumer/key.pem',
      undone: /^(?:unregister|clean)\b/,
      revoked: /^unregister\b/,
      isLogin: true,
    },
  ],
};

/** What a command keeps; `undefined` when it is no such command. */
export function storeOf(invocation: Invocation): Store | undefined {
  const given = readArguments(invocation);
  if (given.program === 'git' && given.verb === 'clone') return originOf(given);
  const keepers = Object.hasOwn(KEEPERS, given.program) ? KEEPERS[given.program]! : [];
  const said = wordsOf(given);
  const keeper = keepers.find(({ verbs }) => verbs.some(verb => said === verb || said.startsWith(`${verb} `)));
  if (!keeper || isUndoing(invocation)) return undefined;
  const { args, command } = invocation;
  if (keeper.unless !== undefined && args.some(({ literal }) => isSet(keeper.unless!, literal))) return undefined;
  const { files = [], isLogin = false, path } = keeper;
  const inputs = command.redirects.flatMap(({ operator, target }) => (target ? [{ operator, target }] : []));
  const before = printerBefore(invocation);
  return {
    path,
    words: [
      ...args,
      ...(before ? printedWords(before) : []),
      ...inputs.flatMap(({ operator, target }) => (operator === '<<<' ? [target] : [])),
    ],
    files: [
      ...inputs.flatMap(({ operator, target }) => (operator === '<' ? named(target, target.literal) : [])),
      ...(before?.program === 'cat' ? before.args.flatMap(word => named(word, word.literal)) : []),
      ...args.flatMap((word, at) => files.flatMap(option => named(word, valueFor(option, args, at)))),
    ],
    isLogin,
  };
}

/** Go's flags have one dash or two, and may have a value. */
function isSet(flag: string, word: string | undefined): boolean {
  const [name, value = 'true'] = word?.replace(/^--/, '-').split('=', 2) ?? [];
  return name === flag && /^(?:1|t|true)$/i.test(value);
}

const named = (word: Word, path: string | undefined): readonly NamedFile[] =>
  path === undefined ? [] : [{ word, path }];

/** The value of an option that a word is, or that it is the option of. */
function valueFor(option: string, args: readonly Word[], at: number): string | undefined {
  const text = args[at]!.literal;
  if (text?.startsWith(`${option}=`)) return text.slice(option.length + 1);
  return at > 0 && args[at - 1]!.literal === option ? text : undefined;
}

/** The subcommands and operands. */
function wordsOf({ path, operands }: Arguments): string {
  return [...path, ...operands.map(({ literal }) => literal ?? '')].join(' ');
}

/** The address of a clone stays in its settings, with the login in it. https://git-scm.com/docs/git-clone */
function originOf({ operands }: Arguments): Store | undefined {
  const [url, to] = operands;
  if (!url || !/^["']?https?:\/\/(?:\$\([^()]{1,200}\)|\$(?!\()|[^\s/@$]){1,400}@/.test(url.raw)) return undefined;
  const own = url.raw.slice(url.raw.lastIndexOf('/') + 1).replace(/(?:\.git)?["']?$/, '');
  return { path: `${to?.literal ?? own}/.git/config`, words: [url], files: [], isLogin: false };
}

/** Whether it takes back what {@link storeOf} found: `docker logout`, `npm config delete`. */
export function isUndoing(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  if (!Object.hasOwn(KEEPERS, given.program)) return false;
  const said = wordsOf(given);
  if (KEEPERS[given.program]!.some(({ undone }) => undone?.test(said))) return true;
  return (
    /^config\b/.test(said) &&
    (/(?:^| )(?:delete|unset|rm)(?: |$)/.test(said) ||
      given.has('--unset', '--unset-all', '--remove-section', '--remove', '--remove-key', '--delete', '--rm'))
  );
}

/** Whether it takes it back on the server as well, so that a copy of the file is of no use. */
export function isRevoking(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  if (!Object.hasOwn(KEEPERS, given.program)) return false;
  const said = wordsOf(given);
  return KEEPERS[given.program]!.some(({ revoked }) => revoked?.test(said));
}

/** The command before it in the pipe. */
function printerBefore({ command, script }: Invocation): Invocation | undefined {
  const before = command.pipeline[command.pipeline.indexOf(command) - 1];
  return before && invocationBy(before, script);
}
