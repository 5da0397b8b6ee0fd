/**
 * The files of a repository that prepare and build what its documents describe: workflows and pipelines, Compose and Bake
 * files, Makefiles, package scripts and shell scripts.
 */
import type { Files } from '../core/language.ts';
import { memo } from '../core/memo.ts';
import { joinPath, nameOf, parentDirectory } from '../core/path.ts';

/** One of them. */
export interface BuildFile {
  readonly path: string;
  readonly name: string;
  /** Its beginning, of a long file. */
  readonly text: string;
}

/** Folders above a document that are looked into; real repositories are not deeper. */
const MOST_LEVELS = 12;
/** Files of one folder that are read, and characters of each. */
const MOST_FILES = 40;
const LONGEST_FILE = 200_000;

/** Folders in which repositories keep what builds their images. */
const BUILD_FOLDERS = [
  '.azure-pipelines',
  '.buildkite',
  '.ci',
  '.github/workflows',
  '.github/scripts',
  '.gitlab',
  '.gitlab/ci',
  '.gitlab-ci',
  '.circleci',
  '.devcontainer',
  '.forgejo/workflows',
  '.gitea/workflows',
  'bin',
  'build',
  'ci',
  'compose',
  'deploy',
  'docker',
  'hack',
  'make',
  'script',
  'scripts',
  'tools',
];

/** Words in the names of files that may build images, with the endings that they then have. */
const BUILDS: readonly (readonly [word: string, ending: RegExp])[] = [
  ['compose', /\.ya?ml$/],
  ['bake', /\.(?:hcl|json)$/],
  // `build.hcl` is Bake's, `build.pkr.hcl` Packer's.
  ['build', /(?<!\.pkr)\.hcl$/],
  ['gitlab-ci', /\.ya?ml$/],
  ['azure-pipelines', /\.ya?ml$/],
  ['cloudbuild', /\.ya?ml$/],
  ['skaffold', /\.ya?ml$/],
  ['taskfile', /\.ya?ml$/],
  ['makefile', /makefile(?:\.\w{1,20})?$/],
  ['justfile', /justfile$/],
  ['tiltfile', /^tiltfile$/],
  ['earthfile', /^earthfile$/],
  ['jenkinsfile', /^jenkinsfile/],
  ['package', /^package\.json$/],
  ['devcontainer', /\.json$/],
];
/** In the folders of workflows, all files of this kind. */
const PIPELINE = /\.(?:ya?ml|sh)$/i;
const PIPELINE_FOLDER =
  /(?:^|\/)(?:\.(?:github|forgejo|gitea)\/workflows|\.gitlab|\.gitlab\/ci|\.gitlab-ci|\.circleci|\.azure-pipelines|\.buildkite|\.?ci)$/;

/** Those around `path`; `undefined` as long as those in its own folder are not known. */
export function buildFilesAround(path: string, files: Files): readonly BuildFile[] | undefined {
  const own = parentDirectory(path);
  const around = surroundings(files);
  const { latest } = around;
  const { answersAtOnce, recording } = files;
  // Several facts ask for the same document; then what is recorded for it has been recorded.
  if (latest?.own === own && latest.recording === recording) return latest.found;
  const found: BuildFile[] = [];
  // Every question is asked before an answer counts: a host that does not know yet then fetches all at once.
  let known = files.list(own) !== undefined;
  if (!known && answersAtOnce) return undefined;
  const ofFolder = filesOfFolders(files);
  for (let folder = own, level = 0; level < MOST_LEVELS; level++) {
    let folders = around.folders.get(folder);
    if (!folders)
      around.folders.set(folder, (folders = [folder, ...BUILD_FOLDERS.map(name => joinPath(folder, name))]));
    for (const one of folders) {
      const inside = ofFolder(one);
      if (inside) found.push(...inside);
      else if (files.list(one) !== undefined) known = false;
    }
    const parent = folder === '.' || folder.endsWith('..') ? joinPath(folder, '..') : parentDirectory(folder);
    if (parent === folder || parent.startsWith('..')) break;
    folder = parent;
  }
  around.latest = known && answersAtOnce ? { own, recording, found } : undefined;
  return known ? found : undefined;
}

/** The answer for the document that was asked for last. */
interface Latest {
  readonly own: string;
  readonly recording: object | undefined;
  readonly found: readonly BuildFile[];
}

/** For each set of files the latest answer, and for a folder the paths that are looked into because of it. */
const surroundings = memo(
  (_: Files): { latest: Latest | undefined; readonly folders: Map<string, readonly string[]> } => ({
    latest: undefined,
    folders: new Map(),
  }),
);

/** Those in a folder; `undefined` when something in it is not known (yet). */
export function buildFilesIn(folder: string, files: Files): readonly BuildFile[] | undefined {
  return filesOfFolders(files)(folder);
}

/** For each set of files what is in its folders, read once. */
const filesOfFolders = memo((files: Files) => {
  const known = new Map<string, readonly BuildFile[]>();
  return (folder: string): readonly BuildFile[] | undefined => {
    const before = known.get(folder);
    if (before) {
      files.recall?.('list', folder);
      for (const { path } of before) files.recall?.('read', path);
      return before;
    }
    const read = readFolder(folder, files);
    if (read) known.set(folder, read);
    return read;
  };
});

/** `undefined` when something in the folder is not known (yet). */
function readFolder(folder: string, files: Files): readonly BuildFile[] | undefined {
  const listed = files.list(folder);
  if (listed === undefined) return undefined;
  const pipelines = PIPELINE_FOLDER.test(folder);
  const names = (listed ?? [])
    .filter(name => isBuildFile(name) || (pipelines && PIPELINE.test(name)))
    .sort()
    .slice(0, MOST_FILES);
  const texts = names.map(name => files.read(joinPath(folder, name)));
  if (texts.some(text => text === undefined)) return undefined;
  return names.map((name, i) => ({
    path: joinPath(folder, name),
    name,
    text: texts[i]?.slice(0, LONGEST_FILE) ?? '',
  }));
}

/** Whether a file is one by its path: by its name, or by the folder of workflows that it is in. */
export function isBuildPath(path: string): boolean {
  const name = nameOf(path);
  return isBuildFile(name) || (PIPELINE.test(name) && PIPELINE_FOLDER.test(parentDirectory(path)));
}

function isBuildFile(name: string): boolean {
  const lower = name.toLowerCase();
  if (/\.(?:(?:ba|z|k)?sh|mk|ps1)$/.test(lower)) return true;
  return BUILDS.some(([word, ending]) => lower.includes(word) && ending.test(lower));
}
