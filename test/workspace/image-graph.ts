/** The graph of images that files make, as tests write it down. */
import { nameOf, parentDirectory } from '../../core/path.ts';
import { NO_FACTS } from '../../core/project.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { includedIn } from '../../workspace/images/includes.ts';
import { indexOf } from '../../workspace/images/index.ts';
import type { FileFacts } from '../../workspace/images/model.ts';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';

export const span = { start: 0, end: 1 };
/** A Dockerfile of stages, `name=base` each, the last one shipped. */
export const dockerfile = (path: string, ...stages: readonly string[]): FileFacts => ({
  path,
  stages: stages.map((one, i) => {
    const [base = '', name] = one.split('=').reverse();
    const stage = stages.findIndex(other => other.startsWith(`${base}=`));
    return {
      name,
      layer: 'application',
      final: i === stages.length - 1,
      bases: [{ name: base, certain: true, span, use: 'base', stage: stage < 0 ? undefined : stage }],
      ownerKeys: NO_FACTS.ownerKeys,
      owner: undefined,
      purpose: undefined,
      refresh: undefined,
      retirement: undefined,
      span,
    };
  }),
  builds: [],
  retags: [],
  starts: [],
  files: [],
});

/** As they are kept: without what is `undefined`. */
export const kept = <T>(facts: T): T => JSON.parse(JSON.stringify(facts)) as T;

export const factsOf = (files: Readonly<Record<string, string>>): readonly FileFacts[] =>
  Object.entries(files).map(([path, text]) =>
    kept(
      factsOfBuildFile(
        `/w/${path}`,
        text,
        one => one,
        includedIn(`/w/${path}`, text, {
          read: other => files[other.slice(3)] ?? null,
          list: directory =>
            Object.keys(files).flatMap(one => (parentDirectory(`/w/${one}`) === directory ? nameOf(one) : [])),
        }).files,
      ),
    ),
  );

/** For each image its path from `/w`, its names, what it is built on in the workspace, and the files that start it. */
export function graph(files: Readonly<Record<string, string>>, ...dockerfiles: readonly FileFacts[]) {
  return imagesOf(indexOf([...dockerfiles, ...factsOf(files)])).map(({ id, tags, bases, startedBy }) => ({
    id: id.slice(3),
    names: [...new Set(tags.map(({ name, certain }) => (certain ? name : `${name}?`)))],
    on: bases.flatMap(({ image, certain }) => (image === undefined ? [] : `${image.slice(3)}${certain ? '' : '?'}`)),
    by: startedBy.map(({ path }) => path.slice(3)),
  }));
}
export const names = (files: Readonly<Record<string, string>>, ...dockerfiles: readonly FileFacts[]) =>
  graph(files, ...dockerfiles).map(one => one.names);

export const a = dockerfile('/w/a/Dockerfile', 'alpine:3');
export const b = dockerfile('/w/b/Dockerfile', 'alpine:3');
