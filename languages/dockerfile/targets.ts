/**
 * The stages that the files around a Dockerfile build by name: `target:` of Compose files and workflows, `target` of Bake
 * files, `--target` in the commands of Makefiles, package scripts and shell scripts.
 */
import type { Files } from '../../core/language.ts';
import { memo } from '../../core/memo.ts';
import { type BuildFile, buildFilesAround } from '../../facts/build-files.ts';

/** What is built by name. */
export interface BuiltTargets {
  /** Names in lower case, and numbers of stages. */
  readonly names: ReadonlySet<string>;
  /** Some name is a variable that cannot be known, so that any stage may be meant. */
  readonly anything: boolean;
}

/** Of files that build nothing by name. */
export const NO_TARGETS: BuiltTargets = { names: new Set(), anything: false };

/** The targets that files around `path` build; `undefined` as long as those in its own folder are not known. */
export function targetsAround(path: string, files: Files): BuiltTargets | undefined {
  const found = buildFilesAround(path, files)?.map(targetsIn);
  return (
    found && {
      names: new Set(found.flatMap(({ names }) => [...names])),
      anything: found.some(({ anything }) => anything),
    }
  );
}

const targetsIn = memo(({ name, text }: BuildFile) => targetsOf(name, text));

/** `target: test`, `"target": "test"`, `target = "test"`, and the items of such a list in a matrix. */
const KEY = /^[ \t]*(?:-[ \t]+)?["']?targets?["']?[ \t]*[:=][ \t]*(.{1,300})$/gim;
const INLINE = /[{,][ \t]{0,20}["']?target["']?[ \t]{0,20}[:=][ \t]{0,20}["']?(\$\{[^}\s]{1,90}\}|[\w.-]{1,100})/gi;
const OPTION = /(?:^|[\s"'=])--target(?:=|[ \t]+|["'],[ \t]*["'])(?:\\?["'])?([\w.$({][^\s"'\\,;|&]{0,100})/gm;
const PROGRAM = /\b(?:docker|podman|buildx|buildah|kaniko|executor|nerdctl|img)\b/;
const NAME = /^[\w.-]{1,100}$/;
/** `${TARGET:-dev}` of Compose and shells. */
const DEFAULT = /^\$\{[A-Za-z_]\w{0,60}:?-([\w.-]{1,100})\}$/;

/** The targets that one file builds. */
export function targetsOf(name: string, text: string): BuiltTargets {
  if (!/target/i.test(text)) return NO_TARGETS;
  const names = new Set<string>();
  let anything = false;
  const add = (value: string, mayBeAnything: boolean): void => {
    const bare = value
      .trim()
      .replace(/^["']/, '')
      .replace(/["'],?$/, '')
      .replace(/,$/, '');
    const literal = NAME.test(bare) ? bare : DEFAULT.exec(bare)?.[1];
    if (literal !== undefined) names.add(literal.toLowerCase());
    else if (mayBeAnything && /\$|\{\{/.test(bare) && !matrix(bare)) anything = true;
  };
  const matrix = (value: string): boolean => {
    const key = /^\$\{\{[ ]?matrix\.([\w-]{1,60})/.exec(value)?.[1];
    const values = key === undefined ? [] : valuesOf(key, text);
    for (const one of values) names.add(one.toLowerCase());
    return values.length > 0;
  };
  if (!/\.(?:sh|mk)$|makefile|justfile/i.test(name))
    for (const [, written] of text.matchAll(KEY)) {
      const value = written!.split(/[ \t]#/, 1)[0]!.trim();
      // In HCL, a word without quotes is a variable.
      if (/\.hcl$/.test(name) && /^[a-z]/i.test(value)) anything = true;
      else if (value.startsWith('[')) for (const item of value.replace(/[[\]]/g, '').split(',')) add(item, true);
      else add(value, true);
    }
  for (const [, value] of text.matchAll(INLINE)) add(value!, true);
  for (const match of text.matchAll(OPTION)) add(match[1]!, PROGRAM.test(commandAround(text, match.index)));
  return { names, anything };
}

/** What a key of a workflow's matrix is in some of its jobs. */
function valuesOf(key: string, text: string): string[] {
  const found: string[] = [];
  let list = false;
  for (const line of text.split('\n', 5_000)) {
    const item = /^[ \t]*-[ \t]+["']?([\w.-]{1,100})["']?[ \t\r]*$/.exec(line)?.[1];
    if (list && item !== undefined) found.push(item);
    else list = false;
    const [name, ...rest] = line.replace(/^[ \t]*(?:-[ \t]+)?/, '').split(':');
    if (name !== key) continue;
    const value = rest.join(':').trim();
    list = value === '';
    for (const one of value.replace(/^\[|\]$/g, '').split(',')) {
      const bare = one.trim().replace(/^["']|["']$/g, '');
      if (NAME.test(bare)) found.push(bare);
    }
  }
  return found;
}

/** The line of a place, with the lines before it that it continues. */
function commandAround(text: string, at: number): string {
  let start = text.lastIndexOf('\n', at) + 1;
  for (let i = 0; i < 20 && start > 1 && /\\\r?\n$/.test(text.slice(Math.max(0, start - 3), start)); i++)
    start = text.lastIndexOf('\n', start - 2) + 1;
  return text.slice(start, at);
}

/** Whether the files around a Dockerfile build a stage by name, as far as they show it. */
export function isBuilt(
  { names, anything }: BuiltTargets,
  stage: { readonly name: string | undefined; readonly index: number },
): boolean {
  return anything || names.has(`${stage.index}`) || (stage.name !== undefined && names.has(stage.name.toLowerCase()));
}
