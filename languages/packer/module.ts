/** The declarations of a module and how names in it are found. */

import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import type { SourceText } from '../../core/text.ts';
import { packerBlock, type Read } from './blocks.ts';
import { readBuild } from './builds.ts';
import { type Directory, isAutomatic } from './directory.ts';
import { type Assumptions, CERTAIN, Evaluator, type Site } from './evaluate/evaluate.ts';
import { type Evaluation, evaluated } from './evaluate/evaluated.ts';
import { fileFinder } from './files.ts';
import type { Expression, Traversal } from './hcl/ast.ts';
import type { HclFile } from './hcl/index.ts';
import { eachTraversal, eachTraversalIn, pathOf } from './references.ts';
import { factsOf } from './sources/index.ts';
import type {
  Duplicate,
  Evaluated,
  PackerAttribute,
  PackerBlock,
  PackerBuild,
  PackerData,
  PackerFile,
  PackerLocal,
  PackerModule,
  PackerPlugin,
  PackerReference,
  PackerSource,
  PackerVariable,
} from './tree.ts';

/** Reads the files of a directory as one module. */
export function readModule(directory: Directory, files: Files): PackerModule {
  return new Module(directory, files);
}

class Module implements PackerModule {
  readonly files: readonly PackerFile[];
  readonly complete: boolean;
  readonly alone: boolean;
  readonly variables: readonly PackerVariable[];
  readonly locals: readonly PackerLocal[];
  readonly sources: readonly PackerSource[];
  readonly data: readonly PackerData[];
  readonly builds: readonly PackerBuild[];
  readonly settings: readonly PackerBlock[];
  readonly registries: readonly PackerBlock[];
  readonly requiredVersions: readonly PackerAttribute[];
  readonly requiredPlugins: readonly PackerPlugin[];
  readonly assignments: readonly PackerAttribute[];
  readonly duplicates: readonly Duplicate[];
  readonly encodedIn: PackerModule['encodedIn'];
  readonly fileReadBy: PackerModule['fileReadBy'];
  readonly fileAt: PackerModule['fileAt'];
  readonly textsIn: PackerModule['textsIn'];
  readonly filesAt: PackerModule['filesAt'];
  readonly fileOfCall: PackerModule['fileOfCall'];
  readonly isMade: PackerModule['isMade'];
  readonly hasDirectory: PackerModule['hasDirectory'];
  readonly asPath: PackerModule['asPath'];
  readonly choices: PackerModule['choices'];

  readonly isLibrary: boolean;
  private readonly byName = new Map<string, PackerVariable | PackerLocal | PackerSource | PackerData>();
  private readonly automatic = new Map<string, PackerAttribute[]>();
  private readonly evaluation: Evaluation;
  private found: readonly PackerReference[] | undefined;
  private usesByName: ReadonlyMap<string, readonly PackerReference[]> | undefined;
  private localsOfVariables: ReadonlySet<string> | undefined;

  constructor(directory: Directory, files: Files) {
    this.complete = directory.complete;
    this.alone = directory.alone;
    const names = {
      value: (root: 'var' | 'local', name: string, assume: Assumptions) => this.value(root, name, assume),
      hasSource: (type: string, name: string) => this.byName.has(`source ${type}.${name}`),
    };
    this.evaluation = {
      evaluator: new Evaluator(names),
      describe: (traversal, source) => this.describe(traversal, source),
      elementsLeft: 500_000,
      dependsOnVariable: local => this.dependsOnVariable(local),
    };
    const read: Read = site => evaluated(this.evaluation, site, CERTAIN);
    this.isLibrary = directory.fragment || (directory.complete && !directory.files.some(({ hcl }) => hasBuild(hcl)));
    this.files = directory.files.map(({ hcl, kind, own, path, source }) => {
      return { path, own, kind, source, hcl, top: packerBlock(hcl.body, undefined, source, read) };
    });
    const templates = this.files.filter(file => file.kind === 'template');
    const blocks = templates.flatMap(file => file.top.blocks());
    const ofType = (type: string): PackerBlock[] => blocks.filter(block => block.type === type);

    const values = this.files.filter(file => file.kind === 'variables');
    this.assignments = values.flatMap(file => file.top.attributes);
    const given = new Set(directory.files.flatMap(one => (one.given ? one.source : [])));
    for (const file of values.filter(
      ({ path, source }) => given.has(source) || (path !== undefined && isAutomatic(nameOf(path))),
    ))
      for (const given of file.top.attributes) push(this.automatic, given.name, given);

    this.variables = blocks.flatMap(block => this.variablesIn(block));
    this.locals = blocks.flatMap(block => this.localsIn(block));
    this.sources = ofType('source').flatMap(block => this.typed(block, 'source'));
    this.data = ofType('data').flatMap(block => this.typed(block, 'data'));
    this.settings = ofType('packer');
    this.registries = ofType('hcp_packer_registry');
    this.requiredVersions = this.settings.flatMap(block => block.attribute('required_version') ?? []);
    this.requiredPlugins = this.settings.flatMap(block =>
      block.blocks('required_plugins').flatMap(plugins => plugins.attributes.map(packerPlugin)),
    );
    this.duplicates = this.declare();
    const {
      asPath,
      choices,
      encodedIn,
      fileAt,
      fileOfCall,
      fileReadBy,
      filesAt,
      hasDirectory,
      isMade,
      scriptsIn,
      textsIn,
    } = fileFinder(
      files,
      (site, assume) => evaluated(this.evaluation, site, assume),
      this.directoryOf,
      name => this.local(name)?.value,
    );
    this.encodedIn = encodedIn;
    this.fileReadBy = fileReadBy;
    this.fileAt = fileAt;
    this.textsIn = textsIn;
    this.filesAt = filesAt;
    this.fileOfCall = fileOfCall;
    this.isMade = isMade;
    this.hasDirectory = hasDirectory;
    this.asPath = asPath;
    this.choices = choices;
    this.builds = ofType('build').map(block => readBuild(block, this, scriptsIn));
  }

  variable(name: string): PackerVariable | undefined {
    return this.byName.get(`variable ${name}`) as PackerVariable | undefined;
  }
  local(name: string): PackerLocal | undefined {
    return this.byName.get(`local ${name}`) as PackerLocal | undefined;
  }
  source(type: string, name: string): PackerSource | undefined {
    return this.byName.get(`source ${type}.${name}`) as PackerSource | undefined;
  }

  read(expression: Expression, source: SourceText): Evaluated {
    return evaluated(this.evaluation, { expression, source }, CERTAIN);
  }

  readWith({ expression, source }: Evaluated, name: string, given: Evaluated): Evaluated {
    const site = { expression: given.expression, source: given.source };
    return evaluated(this.evaluation, { expression, source }, { ...CERTAIN, given: { name, site } });
  }

  get references(): readonly PackerReference[] {
    if (this.found) return this.found;
    const found: PackerReference[] = [];
    for (const { hcl, source } of this.files) {
      eachTraversalIn(hcl.body, traversal => {
        const reference = this.describe(traversal, source);
        if (reference) found.push(reference);
      });
    }
    const place = ({ file, start }: PackerReference['span']): string => `${start} ${file ?? ''}`;
    const known = new Set(found.filter(({ root }) => root === 'source').map(({ span }) => place(span)));
    for (const build of this.builds) {
      for (const { name, span, type } of build.sources) {
        // A bare `source.type.name` is among the traversals already.
        if (!known.has(place(span))) found.push(this.reference('source', [type, name], span));
      }
    }
    return (this.found = found);
  }

  /** The directory of each file, for the paths in it. */
  private get directoryOf(): (source: SourceText) => string | undefined {
    const directories = new Map(
      this.files.map(({ path, source }) => [source, path === undefined ? undefined : parentDirectory(path)]),
    );
    return source => directories.get(source);
  }

  private describe(traversal: Traversal, source: SourceText): PackerReference | undefined {
    const whole = pathOf(traversal);
    if (!whole) return undefined;
    const root = whole.root === 'sources' ? 'source' : whole.root;
    return this.reference(root, whole.path, source.spanOf(traversal.start, whole.end));
  }

  private reference(root: string, path: readonly string[], span: PackerReference['span']): PackerReference {
    const key = keyOf(root, path);
    const declared = key === undefined ? undefined : this.byName.get(key);
    return {
      root,
      path,
      name: [root, ...path].join('.'),
      span,
      definition: declared && ('nameSpan' in declared ? declared.nameSpan : declared.header),
      undeclared: key !== undefined && !declared && this.complete && !this.isLibrary && !path.includes(''),
    };
  }

  private usesOf(key: string, span: PackerReference['span']): readonly PackerReference[] {
    if (!this.usesByName) {
      const uses = new Map<string, PackerReference[]>();
      for (const reference of this.references) {
        const name = keyOf(reference.root, reference.path);
        if (name !== undefined) push(uses, name, reference);
      }
      this.usesByName = uses;
    }
    const all = this.usesByName.get(key) ?? [];
    return all.filter(use => use.span.file !== span.file || use.span.start < span.start || use.span.start >= span.end);
  }

  private value(root: 'var' | 'local', name: string, assume: Assumptions): Site | undefined {
    if (root === 'local') return siteOf(this.local(name)?.value);
    if (assume.given?.name === name) return assume.given.site;
    if (!assume.defaults) return undefined;
    return siteOf(this.automatic.get(name)?.at(-1)?.value ?? this.variable(name)?.default);
  }

  /** Whether a local depends on a variable; computed for all of them at once. */
  private dependsOnVariable(local: string): boolean {
    if (!this.localsOfVariables) {
      const usedBy = new Map<string, string[]>();
      const reached: string[] = [];
      for (const { name, value } of this.locals) {
        if (!value) continue;
        eachTraversal(value.expression, traversal => {
          const { root, path } = pathOf(traversal) ?? { root: '', path: [] };
          if (root === 'var') reached.push(name);
          else if (root === 'local' && path[0] !== undefined) push(usedBy, path[0], name);
        });
      }
      const known = new Set<string>();
      for (let next = reached.pop(); next !== undefined; next = reached.pop()) {
        if (known.has(next)) continue;
        known.add(next);
        for (const user of usedBy.get(next) ?? []) reached.push(user);
      }
      this.localsOfVariables = known;
    }
    return this.localsOfVariables.has(local);
  }

  private variablesIn(block: PackerBlock): PackerVariable[] {
    const make = (rest: Omit<PackerVariable, 'assigned' | 'uses'>): PackerVariable => {
      const assigned = this.automatic.get(rest.name) ?? [];
      return withUses({ ...rest, assigned }, () => this.usesOf(`variable ${rest.name}`, rest.span));
    };
    if (block.type === 'variables')
      return block.attributes.map(({ name, nameSpan, span, value }) =>
        make({
          name,
          nameSpan,
          span,
          block: undefined,
          type: undefined,
          default: value,
          sensitive: false,
          description: undefined,
          validations: [],
        }),
      );
    const label = block.type === 'variable' ? block.labels[0] : undefined;
    if (!label) return [];
    return [
      make({
        name: label.text,
        nameSpan: label.span,
        span: block.span,
        block,
        type: block.attribute('type')?.value.written.text,
        default: block.attribute('default')?.value,
        sensitive: flagOf(block.attribute('sensitive')),
        description: block.attribute('description')?.value,
        validations: block.blocks('validation'),
      }),
    ];
  }

  private localsIn(block: PackerBlock): PackerLocal[] {
    const make = (rest: Omit<PackerLocal, 'uses'>): PackerLocal =>
      withUses(rest, () => this.usesOf(`local ${rest.name}`, rest.span));
    if (block.type === 'locals')
      return block.attributes.map(({ name, nameSpan, span, value }) =>
        make({ name, nameSpan, span, value, block: undefined, sensitive: false }),
      );
    const label = block.type === 'local' ? block.labels[0] : undefined;
    if (!label) return [];
    const value = block.attribute('expression')?.value;
    const sensitive = flagOf(block.attribute('sensitive'));
    return [make({ name: label.text, nameSpan: label.span, span: block.span, block, value, sensitive })];
  }

  private typed(block: PackerBlock, kind: 'source' | 'data'): PackerSource[] {
    const [type, name] = block.labels;
    if (!type || !name) return [];
    const { header, span } = block;
    const facts = kind === 'source' ? factsOf(type.text) : undefined;
    const key = `${kind} ${type.text}.${name.text}`;
    return [withUses({ type: type.text, name: name.text, block, header, span, facts }, () => this.usesOf(key, span))];
  }

  /** Fills the table of names; a name that is already there is a duplicate. */
  private declare(): readonly Duplicate[] {
    const duplicates: Duplicate[] = [];
    const places = new Map<string, Duplicate['span']>();
    const note = (kind: Duplicate['kind'], name: string, span: Duplicate['span']): boolean => {
      const first = places.get(`${kind} ${name}`);
      if (first) duplicates.push({ kind, name, span, first });
      else places.set(`${kind} ${name}`, span);
      return !first;
    };
    for (const one of this.variables)
      if (note('variable', one.name, one.nameSpan)) this.byName.set(`variable ${one.name}`, one);
    for (const one of this.locals) if (note('local', one.name, one.nameSpan)) this.byName.set(`local ${one.name}`, one);
    for (const kind of ['source', 'data'] as const) {
      for (const one of kind === 'source' ? this.sources : this.data) {
        const name = `${one.type}.${one.name}`;
        if (note(kind, name, one.header)) this.byName.set(`${kind} ${name}`, one);
      }
    }
    for (const { name, nameSpan } of this.requiredPlugins) note('required_plugin', name, nameSpan);
    return duplicates;
  }
}

/** The key of a reference in the table of names; `undefined` for a name that is not declared in templates. */
function keyOf(root: string, path: readonly string[]): string | undefined {
  const [first, second] = path;
  if (first === undefined) return undefined;
  if (root === 'var') return `variable ${first}`;
  if (root === 'local') return `local ${first}`;
  // In a provisioner `source.name` and `source.type` refer to the current build.
  return (root === 'source' || root === 'data') && second !== undefined ? `${root} ${first}.${second}` : undefined;
}

function packerPlugin({ name, nameSpan, span, value }: PackerAttribute): PackerPlugin {
  const short = value.kind === 'string';
  return {
    name,
    nameSpan,
    span,
    value,
    source: short ? undefined : value.entry('source')?.value,
    version: short ? value : value.entry('version')?.value,
  };
}

function withUses<T extends object>(
  rest: T,
  uses: () => readonly PackerReference[],
): T & { readonly uses: readonly PackerReference[] } {
  let known: readonly PackerReference[] | undefined;
  return Object.defineProperty(rest, 'uses', { enumerable: true, get: () => (known ??= uses()) }) as T & {
    readonly uses: readonly PackerReference[];
  };
}

/** A boolean that is false when it is not set. */
function flagOf(attribute: PackerAttribute | undefined): boolean | undefined {
  return attribute && attribute.value.kind !== 'null' ? attribute.value.bool : false;
}

function siteOf(value: Evaluated | undefined): Site | undefined {
  return value && { expression: value.expression, source: value.source };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function hasBuild({ body }: HclFile): boolean {
  return body.items.some(item => item.kind === 'block' && item.type.text === 'build');
}
