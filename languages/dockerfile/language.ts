import type { Language } from '../../core/language.ts';
import { detectDockerfile } from './detect.ts';
import { ignoreFileBeside } from './docker-ignore.ts';
import { inventoryOf } from './inventory.ts';
import { lowerDockerfile } from './lower.ts';
import { parseDockerfile } from './parse.ts';
import type { DockerfileTree } from './tree.ts';

/** Dockerfiles and Containerfiles as BuildKit reads them (https://docs.docker.com/reference/dockerfile/). */
export const dockerfile: Language<DockerfileTree> = {
  id: 'dockerfile',
  name: 'Dockerfile',
  detect: detectDockerfile,
  parse: (source, context) => ({
    ...parseDockerfile(source, () => ignoreFileBeside(context)),
    devContainer: /(?:^|\/)\.devcontainer\//.test(context.path ?? ''),
  }),
  lower: lowerDockerfile,
  inventory: inventoryOf,
};
