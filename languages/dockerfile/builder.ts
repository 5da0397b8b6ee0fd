/** Which program builds a Dockerfile, by the files around it. */
import type { Files } from '../../core/language.ts';
import { nameOf } from '../../core/path.ts';
import { buildFilesAround } from '../../facts/build-files.ts';

const BUILDAH = /\b(?:buildah[ \t]+(?:bud|build)|podman[ \t]+(?:image[ \t]+)?build|buildah-build|podman-compose)\b/;
const DOCKER =
  /\bdocker[ \t]+(?:buildx|build|image[ \t]+build|compose)\b|\bbuild-push-action\b|\bdocker-compose\b|\bbuildx[ \t]+bake\b/;

/**
 * Whether Buildah or Podman builds the file, which expand variables in more places than BuildKit does. `Containerfile` is their
 * name for it.
 */
export function isBuiltByBuildah(path: string, files: Files): boolean {
  const texts = (buildFilesAround(path, files) ?? []).map(({ text }) => text);
  if (texts.some(text => DOCKER.test(text))) return false;
  return /containerfile/i.test(nameOf(path)) || texts.some(text => BUILDAH.test(text));
}
