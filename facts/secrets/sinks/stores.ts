/** Commands that keep what they are given in a file of their own: logins and settings. */

import type { Word } from '../../../core/shell-tree.ts';
import { operands } from '../../../shell/arguments.ts';
import type { Invocation } from '../../../shell/invocations.ts';

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
  const { program, args, command } = invocation;
  if (REGISTRY_CLIENTS.test(program)) {
    if (operands(invocation)[0]?.literal !== 'login') return undefined;
    return { path: '/root/.docker/config.json', words: [...args, ...printedInto(command)] };
  }
  const setting = SETTINGS[program === 'pip3' ? 'pip' : program];
  if (!setting || isUndoing(invocation)) return undefined;
  const given = operands(invocation);
  return setting.verbs.every((verb, i) => given[i]?.literal === verb) ? { path: setting.path, words: args } : undefined;
}

/** Whether it takes back what {@link storeOf} found: `docker logout`, `npm config delete`. */
export function isUndoing(invocation: Invocation): boolean {
  const { program } = invocation;
  const words = operands(invocation).map(({ literal }) => literal);
  if (REGISTRY_CLIENTS.test(program)) return words[0] === 'logout';
  return (
    words[0] === 'config' && invocation.args.some(({ literal }) => /^(?:--)?(?:delete|unset|rm)$/.test(literal ?? ''))
  );
}

/** The words that the command before it in the pipe prints. */
function printedInto(command: Invocation['command']): readonly Word[] {
  const before = command.pipeline[command.pipeline.indexOf(command) - 1];
  const printer = before?.words[0]?.literal;
  return printer === 'echo' || printer === 'printf' ? before!.words.slice(1) : [];
}
