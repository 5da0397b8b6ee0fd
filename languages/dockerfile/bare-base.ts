import { memo } from '../../core/memo.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { rootOf } from './stages.ts';
import type { DockerStage } from './tree.ts';

/** Official images of distributions. https://hub.docker.com/u/library */
const BARE = new Set(
  'debian ubuntu alpine busybox centos rockylinux almalinux amazonlinux oraclelinux'
    .split(' ')
    .map(name => `docker.io/library/${name}`),
);

/**
 * Whether the stage certainly starts from the plain image of a distribution, which sets `PATH` and at most a locale.
 * Its working directory is `/` and its user is root.
 */
export const isBare: (stage: DockerStage) => boolean = memo(stage => {
  const root = rootOf(stage);
  if (!root?.certain || root.stage.base.kind !== 'image') return false;
  const { literal, byDefault } = root.stage.base.image;
  const text = literal ?? byDefault;
  const reference = text === undefined ? undefined : parseImageReference(text);
  return reference !== undefined && BARE.has(reference.name);
});
