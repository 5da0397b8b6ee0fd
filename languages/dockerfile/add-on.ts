import type { LowerContext } from '../../core/language.ts';
import { parentDirectory, pathIn } from '../../core/path.ts';

/** Where an add-on is described: https://developers.home-assistant.io/docs/apps/configuration */
const DESCRIPTIONS = ['config.yaml', 'config.yml', 'config.json'];
/** What Home Assistant asks for, besides `name`, `version` and `description`, which others have too. */
const KEYS = [/^["']?slug["']?[ \t]{0,8}:/m, /^["']?arch["']?[ \t]{0,8}:/m];
const IN_JSON = [/"slug"[ \t]{0,8}:/, /"arch"[ \t]{0,8}:[ \t]{0,8}\[/];
const LONGEST = 20_000;

/** Whether a Dockerfile is that of an add-on of Home Assistant, by the description beside it. */
export function isAddOn({ files, path }: Pick<LowerContext, 'files' | 'path'>): boolean {
  if (path === undefined) return false;
  const directory = parentDirectory(path);
  const name = files.list(directory)?.find(one => DESCRIPTIONS.includes(one));
  const text = name === undefined ? undefined : files.read(pathIn(directory, name))?.slice(0, LONGEST);
  return !!text && (name!.endsWith('.json') ? IN_JSON : KEYS).every(key => key.test(text));
}
