/** What the languages offer editors beside findings. Hosts on a command line do not load it. */
import type { LanguageId } from '../core/build.ts';
import type { LanguageEditor } from '../core/editor.ts';
import { cloudInitEditor } from './cloud-init/editor.ts';
import { dockerfileEditor } from './dockerfile/editor/index.ts';
import { packerEditor } from './packer/editor/index.ts';

export const editors: Readonly<Record<LanguageId, LanguageEditor>> = {
  dockerfile: dockerfileEditor,
  packer: packerEditor,
  'cloud-init': cloudInitEditor,
};
