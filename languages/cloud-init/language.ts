import type { Language } from '../../core/language.ts';
import { withCommentLines, withoutPlaceholders } from '../../facts/placeholders.ts';
import { detectCloudInit, foreignUserData, recognizeCloudInit } from './detect.ts';
import { parseCloudInit } from './document.ts';
import { withFilledLists } from './filled-lists.ts';
import { otherDialect } from './forms.ts';
import { inventoryOf } from './inventory.ts';
import { isJoined } from './joined.ts';
import { lowerCloudInit } from './lower.ts';
import { isPackerSeed } from './seed.ts';
import { surroundingsOf } from './surroundings.ts';
import type { CloudInitTree } from './tree.ts';

/** cloud-init user-data and vendor-data in every form, cloud.cfg, and Ubuntu's autoinstall inside them. */
export const cloudInit: Language<CloudInitTree> = {
  id: 'cloud-init',
  name: 'cloud-init',
  detect: detectCloudInit,
  recognition: recognizeCloudInit,
  foreign: foreignUserData,
  dialect: build => otherDialect(build)?.program,
  parse: (source, { files, path }) => ({
    ...parseCloudInit(
      withFilledLists(withCommentLines(withoutPlaceholders(source, path, files))),
      path,
      isPackerSeed(path, files),
      surroundingsOf(path, source.text, files),
    ),
    get joined() {
      return path !== undefined && isJoined(path, files);
    },
  }),
  lower: lowerCloudInit,
  inventory: inventoryOf,
};
