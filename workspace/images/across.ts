/** What the files of a workspace say of one another's images, for rules that look at one file at a time. */
import type { AcrossFiles, BaseAcross, GivenName, NameElsewhere, VersionElsewhere } from '../../core/across-files.ts';
import { nameOf, parentDirectory, pathBeside, pathFrom } from '../../core/path.ts';
import { sampleOf } from '../../core/sample.ts';
import type { Span } from '../../core/text.ts';
import { UNKNOWN } from '../../facts/built-images/variables.ts';
import { withoutEnvironment } from '../../facts/environments.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { type BuiltStage, Calls } from './calls.ts';
import type { ImageIndex } from './index.ts';
import type { BuildCall, NamedImage, StageBase } from './model.ts';
import { keyOf, push } from './names.ts';

/** Places of one version that are kept. */
const MOST_PLACES = 3;
/** Names given to one image, and versions of one base, that are kept. */
const MOST = 20;

/** By path, for each file that something can be said of. `root` is the directory of the workspace that the index is of. */
export function acrossFiles(unordered: ImageIndex, root: string): ReadonlyMap<string, AcrossFiles> {
  const index: ImageIndex = new Map([...unordered].sort(([a], [b]) => (a < b ? -1 : 1)));
  const given = new Given(index, root);
  const versions = new Versions(index, given, root);
  const twins = twinsIn(index, root);
  const found = new Map<string, AcrossFiles>();
  for (const [path, { stages }] of index) {
    const bases = new Map<string, BaseAcross>();
    for (const base of stages.flatMap(stage => (stage.layer === 'application' ? stage.bases : []))) {
      if (base.stage !== undefined || bases.has(base.name)) continue;
      bases.set(base.name, {
        name: base.name,
        // Of images that are there once for each version a script may build the newest only.
        built: isOneOfMany(path, root) ? [] : given.namesOf(base.name).slice(0, MOST),
        unbuilt: given.lacks(base.name),
        versions: versions.beside(path, base),
      });
    }
    const names = given.toStagesOf(path).slice(0, MOST);
    const twin = twins.get(path);
    const labels = [...(given.labels.get(path) ?? [])].sort();
    if (bases.size > 0 || names.length > 0 || labels.length > 0 || twin !== undefined)
      found.set(path, { bases: [...bases.values()], names, labels, twin });
  }
  return found;
}

const placeIn = (path: string, { start, end }: Span): Span => ({ start, end, file: path });

/** Files that say what is built, and under which names where they name it at all. */
const DECLARATIVE: ReadonlySet<BuildCall['by']> = new Set(['compose', 'bake', 'skaffold']);

/** The names that files give to what they build. */
class Given {
  private readonly byKey = new Map<string, NameElsewhere[]>();
  /** Names of which one is not certain: what else they are is not known. */
  private readonly uncertain = new Set<string>();
  private readonly byDockerfile = new Map<string, GivenName[]>();
  /** The Dockerfiles that get a name. */
  private readonly dockerfiles = new Map<string, Set<string>>();
  /** By Dockerfile, the keys of labels. */
  readonly labels = new Map<string, Set<string>>();
  /** By file, the Dockerfiles that it builds. */
  readonly together = new Map<string, Set<string>>();
  private readonly exact = new Set<string>();
  private readonly patterns: string[] = [];
  /** Whether the names of all images that are built are known. */
  private isWhole = true;

  constructor(index: ImageIndex, root: string) {
    const calls = new Calls(index);
    for (const [path, { builds, retags, makes = [] }] of index) {
      // Tests build versions of their own.
      const isSample = sampleOf(pathFrom(root, path)) !== undefined;
      for (const name of makes) this.add(name);
      // What was pulled gets other names as well.
      for (const { to } of retags) if (to.known === undefined) this.note(path, to, false);
      for (const call of builds) {
        if (call.names.length === 0 && !DECLARATIVE.has(call.by)) this.isWhole = false;
        for (const one of call.names) {
          if (parseImageReference(one.name)) this.note(path, one, one.certain && !isSample);
          else this.isWhole = false;
        }
        for (const built of calls.of(call, path)) this.build(path, built, isSample);
      }
    }
  }

  private build(
    path: string,
    { path: dockerfile, number, names, labels, certain }: BuiltStage,
    isSample: boolean,
  ): void {
    const keys = this.labels.get(dockerfile) ?? new Set();
    for (const key of Object.keys(labels)) this.labels.set(dockerfile, keys.add(key.toLowerCase()));
    const all = this.together.get(path) ?? new Set();
    this.together.set(path, all.add(dockerfile));
    for (const one of names) {
      const key = keyOf(one.name);
      const owners = this.dockerfiles.get(key) ?? new Set();
      this.dockerfiles.set(key, owners.add(dockerfile));
      if (certain && one.certain && !isSample)
        push(this.byDockerfile, dockerfile, { stage: number, name: one.name, place: placeIn(path, one.span) });
      else this.uncertain.add(key);
    }
  }

  private note(path: string, { name, span }: Pick<NamedImage, 'name' | 'span'>, certain: boolean): void {
    const key = keyOf(name);
    this.add(key);
    if (certain) push(this.byKey, key, { name, place: placeIn(path, span) });
    else this.uncertain.add(key);
  }

  private add(name: string): void {
    const key = keyOf(name);
    if (name.includes(UNKNOWN)) this.patterns.push(name);
    else this.exact.add(key);
  }

  /** None where one of them is not certain. */
  namesOf(name: string): readonly NameElsewhere[] {
    const key = keyOf(name);
    return this.uncertain.has(key) ? [] : (this.byKey.get(key) ?? []);
  }

  /** The names of an image that several Dockerfiles make say nothing of one of them. */
  toStagesOf(path: string): readonly GivenName[] {
    return (this.byDockerfile.get(path) ?? []).filter(({ name }) => {
      const key = keyOf(name);
      return !this.uncertain.has(key) && this.dockerfiles.get(key)?.size === 1;
    });
  }

  lacks(name: string): boolean {
    if (!this.isWhole || this.exact.size === 0) return false;
    const key = keyOf(name);
    const short = parseImageReference(name)?.repository ?? name;
    return !this.exact.has(key) && !this.patterns.some(pattern => fits(pattern, short));
  }
}

/** Whether a name may be one that is known in parts. */
function fits(pattern: string, name: string): boolean {
  const parts = pattern.split(UNKNOWN);
  const [first = ''] = parts;
  const last = parts.at(-1)!;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

/** Of each tag the files that use it. */
type Tags = Map<string, { readonly files: Set<string>; readonly places: Span[] }>;

/** Dockerfiles that belong together: what uses a tag in fewer than `least` of them does not count for the others. */
interface Group {
  readonly paths: ReadonlySet<string>;
  readonly least: number;
}

/** Dockerfiles that no file builds together belong together where so many of them agree. */
const LEAST_BESIDE = 3;

/** The versions of bases in the Dockerfiles that one file builds, that are beside each other, or that are in one repository. */
class Versions {
  private readonly groupsOf = new Map<
    string,
    { readonly images: ReadonlyMap<string, Tags>; readonly least: number }[]
  >();

  constructor(index: ImageIndex, { together }: Given, root: string) {
    const isTold = (path: string): boolean => !isOneOfMany(path, root);
    const beside = new Map<string, Set<string>>();
    for (const [path, { stages }] of index) {
      if (!stages.some(({ layer }) => layer === 'application') || !isTold(path)) continue;
      const directory = isPlainName(path) ? parentDirectory(parentDirectory(path)) : parentDirectory(path);
      const all = beside.get(directory) ?? new Set();
      beside.set(directory, all.add(path));
    }
    const ordered = (groups: ReadonlyMap<string, ReadonlySet<string>>, least: number): Group[] =>
      [...groups]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, paths]) => ({ paths: new Set([...paths].filter(isTold).sort()), least }));
    const whole = new Map([[root, new Set([...beside.values()].flatMap(paths => [...paths]))]]);
    const groups = [...ordered(together, 1), ...ordered(beside, LEAST_BESIDE), ...ordered(whole, LEAST_BESIDE)];
    for (const { paths, least } of groups) {
      if (paths.size < 2) continue;
      const images = tagsIn(index, paths);
      for (const path of paths) push(this.groupsOf, path, { images, least });
    }
  }

  /** Those of the first group that knows another one than is written here. */
  beside(path: string, { name, certain }: StageBase): readonly VersionElsewhere[] {
    const reference = certain ? parseImageReference(name) : undefined;
    if (!reference) return [];
    for (const { images, least } of this.groupsOf.get(path) ?? []) {
      const found = [...(images.get(reference.name) ?? [])]
        .filter(([tag, { files }]) => files.size >= least || tag === reference.tag)
        .map(([tag, { files, places }]) => ({
          tag,
          files: files.size,
          places: places.filter(({ file }) => file !== path).slice(0, MOST_PLACES),
        }))
        .sort((a, b) => b.files - a.files || (a.tag < b.tag ? -1 : 1));
      if (found.some(({ tag }) => tag !== reference.tag)) return found.slice(0, MOST);
    }
    return [];
  }
}

/** By image. */
function tagsIn(index: ImageIndex, paths: Iterable<string>): ReadonlyMap<string, Tags> {
  const images = new Map<string, Tags>();
  for (const path of paths)
    for (const base of index.get(path)?.stages.flatMap(({ bases }) => bases) ?? []) {
      const reference = base.certain && base.stage === undefined ? parseImageReference(base.name) : undefined;
      if (reference?.tag === undefined) continue;
      const tags: Tags = images.get(reference.name) ?? new Map();
      images.set(reference.name, tags);
      const tag = tags.get(reference.tag) ?? { files: new Set(), places: [] };
      tags.set(reference.tag, tag);
      if (!tag.files.has(path) && tag.places.length <= MOST_PLACES) tag.places.push(placeIn(path, base.span));
      tag.files.add(path);
    }
  return images;
}

const isPlainName = (path: string): boolean => /^(?:Docker|Container)file$/i.test(nameOf(path));

/** Files of tests and examples, and those that are there once for each version: a number in their path says which. */
function isOneOfMany(path: string, root: string): boolean {
  const own = pathFrom(root, path);
  return /\d/.test(own) || sampleOf(own) !== undefined;
}

/** For each file that is there once for each environment, but for the first of them, the path of that one. */
function twinsIn(index: ImageIndex, root: string): ReadonlyMap<string, string> {
  const groups = new Map<string, string[]>();
  for (const [path, { shape }] of index) {
    const own = pathFrom(root, path);
    if (shape === undefined || sampleOf(own) !== undefined) continue;
    push(groups, `${withoutEnvironment(own)}\0${shape}`, path);
  }
  const twins = new Map<string, string>();
  for (const group of groups.values()) {
    const [first, ...others] = group.sort();
    for (const path of others) twins.set(path, pathBeside(path, first!));
  }
  return twins;
}
