/** Commands that keep what they are given in a file of their own: logins and settings. */

import type { Word } from '../../../core/shell-tree.ts';
import { type Invocation, invocationBy } from '../../../shell/invocations.ts';
import { printedWords } from '../../../shell/printed-words.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';

/** A file that a program keeps settings in, and the words that go there. */
export interface Store {
  readonly path: string;
  readonly words: readonly Word[];
}

/** https://docs.docker.com/reference/cli/docker/login/ */
const REGISTRY_CLIENTS = /^(?:docker|podman|nerdctl|buildah|skopeo)$/;

/** Programs whose settings are kept in a file: the words in front of what is set, and the file. */
const SETTINGS: Readonly<Record<string, { readonly verbs: readonly string[]; readonly path: string }>> = {
  aws: { verbs: ['configure', 'set'], path: '/root/.aws/credentials' },
  npm: { verbs: ['config', 'set'], path: '/root/.npmrc' },
  pnpm: { verbs: ['config', 'set'], path: '/root/.npmrc' },
  yarn: { verbs: ['config', 'set'], path: '/root/.yarnrc.yml' },
  pip: { verbs: ['config', 'set'], path: '/root/.config/pip/pip.conf' },
  git: { verbs: ['config'], path: '/root/.gitconfig' },
  composer: { verbs: ['config'], path: '/root/.composer/auth.json' },
  poetry: { verbs: ['config'], path: '/root/.config/pypoetry/auth.toml' },
  bundle: { verbs: ['config'], path: '/root/.bundle/config' },
};

/** What a command keeps; `undefined` when it is no such command. */
export function storeOf(invocation: Invocation): Store | undefined {
  const { args } = invocation;
  const given = readArguments(invocation);
  if (REGISTRY_CLIENTS.test(given.program))
    return given.verb === 'login'
      ? { path: '/root/.docker/config.json', words: [...args, ...printedInto(invocation)] }
      : undefined;
  if (given.program === 'git' && given.verb === 'clone') return originOf(given);
  const setting = Object.hasOwn(SETTINGS, given.program) ? SETTINGS[given.program] : undefined;
  if (!setting || isUndoing(invocation)) return undefined;
  return startsWith(given, setting.verbs) ? { path: setting.path, words: args } : undefined;
}

/** The address of a clone stays in its settings, with the login in it. https://git-scm.com/docs/git-clone */
function originOf({ operands }: Arguments): Store | undefined {
  const [url, to] = operands;
  if (!url || !/^["']?https?:\/\/[^\s/@]{1,400}@/.test(url.raw)) return undefined;
  const own = url.raw.slice(url.raw.lastIndexOf('/') + 1).replace(/(?:\.git)?["']?$/, '');
  return { path: `${to?.literal ?? own}/.git/config`, words: [url] };
}

/** Whether it takes back what {@link storeOf} found: `docker logout`, `npm config delete`. */
export function isUndoing(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  if (REGISTRY_CLIENTS.test(given.program)) return given.verb === 'logout';
  const words = [...given.path, ...given.operands.map(({ literal }) => literal)];
  if (given.program === 'git' && words[0] === 'remote') return /^(?:set-url|remove|rm)$/.test(words[1] ?? '');
  return (
    words[0] === 'config' &&
    (words.some(word => /^(?:delete|unset|rm)$/.test(word ?? '')) ||
      given.has('--unset', '--unset-all', '--remove-section', '--delete', '--rm'))
  );
}

/** Whether its subcommands and operands begin with these. */
function startsWith({ path, operands }: Arguments, words: readonly string[]): boolean {
  return words.every((word, i) => (path[i] ?? operands[i - path.length]?.literal) === word);
}

/** The words that the command before it in the pipe prints. */
function printedInto({ command, script }: Invocation): readonly Word[] {
  const before = command.pipeline[command.pipeline.indexOf(command) - 1];
  const invocation = before && invocationBy(before, script);
  return invocation ? printedWords(invocation) : [];
}
