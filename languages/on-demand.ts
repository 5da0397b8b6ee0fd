/** The languages for a host that starts often: each is loaded when a file of it, or one that nests it, is there. */
import type { LanguageId } from '../core/build.ts';
import type { Language } from '../core/language.ts';
import { detectCloudInit, foreignUserData, recognizeCloudInit } from './cloud-init/detect.ts';
import { detectDockerfile, mayNameFilesAsDockerfile, recognizeDockerfile } from './dockerfile/detect.ts';
import { detectPacker, mayNameFiles, recognizePacker } from './packer/detect.ts';

const LOAD: Readonly<Record<LanguageId, () => Promise<Language>>> = {
  dockerfile: async () => (await import('./dockerfile/language.ts')).dockerfile as Language,
  packer: async () => (await import('./packer/language.ts')).packer as Language,
  'cloud-init': async () => (await import('./cloud-init/language.ts')).cloudInit as Language,
};

/** Documents of a language hold documents of these. */
const NESTS: Readonly<Record<LanguageId, readonly LanguageId[]>> = {
  dockerfile: [],
  packer: ['cloud-init', 'dockerfile'],
  'cloud-init': ['dockerfile'],
};

const loaded = new Map<LanguageId, Language>();

function onDemand(
  id: LanguageId,
  name: string,
  detect: Language['detect'],
  recognition: NonNullable<Language['recognition']>,
): Language {
  const real = (): Language => {
    const language = loaded.get(id);
    if (!language) throw new Error(`${name} is not loaded`);
    return language;
  };
  return {
    id,
    name,
    detect,
    recognition,
    dialect: build => real().dialect?.(build),
    parse: (source, context) => real().parse(source, context),
    lower: (tree, context) => real().lower(tree, context),
    inventory: build => real().inventory(build),
  };
}

/** Every language, in the order in which they are asked whether a file is theirs; none can parse before {@link loadLanguages}. */
export const languages: readonly Language[] = [
  {
    ...onDemand('dockerfile', 'Dockerfile', detectDockerfile, recognizeDockerfile),
    mayNameFiles: mayNameFilesAsDockerfile,
    namesInImage: true,
  },
  { ...onDemand('packer', 'Packer', detectPacker, recognizePacker), mayNameFiles },
  { ...onDemand('cloud-init', 'cloud-init', detectCloudInit, recognizeCloudInit), foreign: foreignUserData },
];

/** Loads languages and those that their documents nest; the result names them all. */
export async function loadLanguages(wanted: Iterable<LanguageId>): Promise<ReadonlySet<LanguageId>> {
  const all = new Set(wanted);
  for (const id of all) for (const nested of NESTS[id]) all.add(nested);
  await Promise.all([...all].map(async id => loaded.set(id, await LOAD[id]())));
  return all;
}
