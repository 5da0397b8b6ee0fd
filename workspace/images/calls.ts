/** Which Dockerfiles the commands and entries of build files build. */
import { joinPath, nameOf, parentDirectory, parentOf } from '../../core/path.ts';
import type { ImageIndex } from './index.ts';
import { type BuildCall, EACH, type NamedImage, type NamePart } from './model.ts';
import { untagged } from './naming.ts';

/** Directories above a file that a command may be run in. */
const MOST_LEVELS = 12;
/** Images that one loop makes. */
const MOST_EACH = 200;

/** A stage that a call builds, and the names that it gets. */
export interface BuiltStage {
  readonly path: string;
  readonly number: number;
  readonly certain: boolean;
  readonly names: readonly NamedImage[];
  readonly parts: readonly NamePart[];
  readonly spelled: readonly string[];
  readonly arguments: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string | null>>;
  readonly contexts: readonly NamedContext[];
}

/** What the name of a context stands for; neither: a directory, or not known. */
export interface NamedContext {
  readonly name: string;
  readonly image: string | undefined;
  readonly stage: { readonly path: string; readonly number: number; readonly certain: boolean } | undefined;
}

/** Answers for one index: its Dockerfiles are gone through once. */
export class Calls {
  private readonly dockerfiles: readonly string[];

  constructor(private readonly index: ImageIndex) {
    this.dockerfiles = [...index.keys()].filter(path => this.isDockerfile(path));
  }

  private isDockerfile(path: string): boolean {
    return this.index.get(path)?.stages.some(({ layer }) => layer === 'application') === true;
  }

  /** The stages that a call of the file at `path` builds. */
  of(call: BuildCall, path: string): readonly BuiltStage[] {
    const contexts = this.contextsOf(call, path);
    return this.filesOf(call, path).flatMap(({ each, ...found }) => {
      const number = this.numberOf(call, found.path);
      if (number === undefined) return [];
      const names = call.names.map(one =>
        each === undefined
          ? one
          : {
              ...one,
              name: one.name.replaceAll(EACH, each),
              ...(one.shown === undefined ? {} : { shown: one.shown.replaceAll(EACH, each) }),
              certain: false,
            },
      );
      const { arguments: given = {}, labels = {} } = call;
      const written = [...call.names, ...(call.parts ?? []).map(part => ({ name: part.written }))];
      const ofEach = written.filter(isOfEach).map(({ name }) => untagged(name).replaceAll(EACH, '*'));
      const spelled = [...(call.spelled ?? []), ...ofEach];
      // A name of each is one of none.
      if (each === undefined && ofEach.length > 0)
        return [
          {
            ...found,
            number,
            names: names.filter(one => !isOfEach(one)),
            parts: [],
            spelled,
            arguments: given,
            labels,
            contexts,
          },
        ];
      const parts = (call.parts ?? []).map(one =>
        each === undefined
          ? one
          : {
              ...one,
              known: one.known.replaceAll(EACH, each),
              written: one.written.replaceAll(EACH, each),
              shown: one.shown.replaceAll(EACH, each),
            },
      );
      return [{ ...found, number, names, parts, spelled, arguments: given, labels, contexts }];
    });
  }

  private contextsOf({ contexts, ...call }: BuildCall, path: string): readonly NamedContext[] {
    return Object.entries(contexts ?? {}).map(([name, { image, built }]) => {
      const [file] = built ? this.filesOf({ ...call, context: built.context, file: built.file }, path) : [];
      const number = file && built && this.numberOf(built, file.path);
      return { name, image, stage: file && number !== undefined ? { ...file, number } : undefined };
    });
  }

  private numberOf({ target: written }: Pick<BuildCall, 'target'>, path: string): number | undefined {
    const { stages } = this.index.get(path)!;
    const target = written?.toLowerCase();
    const number =
      target === undefined
        ? stages.findLastIndex(({ final }) => final)
        : stages.findLastIndex(({ name }, i) => name?.toLowerCase() === target || `${i}` === target);
    return number < 0 ? undefined : number;
  }

  /** A Compose file or a Tiltfile says where it counts from; a command is run somewhere above its file, a workflow at the root. */
  private filesOf(
    call: BuildCall,
    path: string,
  ): readonly { readonly path: string; readonly certain: boolean; readonly each?: string }[] {
    const { context, file, by } = call;
    if (context === undefined && file === undefined) return [];
    let folder: string | undefined = parentDirectory(path);
    for (let level = 0; level < MOST_LEVELS && folder !== undefined; level++, folder = parentOf(folder)) {
      const isSaid = isFixed(by) || level === 0 || ((by === 'workflow' || by === 'bake') && isRootOf(folder, path));
      for (const one of candidates(folder, call)) {
        const whole = joinPath(folder, one);
        if (whole.includes(EACH)) {
          const found = this.matching(whole);
          if (found.length > 0) return found;
        } else if (this.isDockerfile(whole)) return [{ path: whole, certain: isSaid }];
      }
      // What was copied from another project builds nothing of this one.
      if (isFixed(by) || VENDORED.test(folder)) return [];
    }
    return [];
  }

  private matching(
    pattern: string,
  ): readonly { readonly path: string; readonly certain: false; readonly each: string }[] {
    const [before = '', ...rest] = pattern.split(EACH);
    const after = rest.at(-1) ?? '';
    const found: { path: string; certain: false; each: string }[] = [];
    for (const path of this.dockerfiles) {
      if (found.length >= MOST_EACH || path.length <= before.length + after.length) continue;
      if (!path.startsWith(before) || !path.endsWith(after)) continue;
      const each =
        rest.length === 1
          ? path.slice(before.length, path.length - after.length)
          : path.slice(before.length).split('/', 1)[0]!;
      if (!each.includes('/') && pattern.replaceAll(EACH, each) === path) found.push({ path, certain: false, each });
    }
    return found;
  }
}

const VENDORED = /(?:^|\/)(?:vendor|node_modules|third_party)$/;

const isOfEach = ({ name }: Pick<NamedImage, 'name'>): boolean => name.includes(EACH);

/** Whether paths count from the directory of the file, wherever it is used. */
const isFixed = (by: BuildCall['by']): boolean => by === 'compose' || by === 'tilt' || by === 'devcontainer';

const isRootOf = (folder: string, path: string): boolean =>
  path.startsWith(`${folder}/.`) && /^\.(?:github|forgejo|gitea)\//.test(path.slice(folder.length + 1));

function candidates(folder: string, { context, file, by }: BuildCall): readonly string[] {
  const within = joinPath(folder, context ?? '.');
  // Compose and Bake count the file from the context, a command from where it is run.
  if (file !== undefined)
    return by === 'compose' || by === 'bake' ? [joinPath(within, file)] : [file, joinPath(within, nameOf(file))];
  return ['Dockerfile', 'Containerfile'].map(name => joinPath(within, name));
}
