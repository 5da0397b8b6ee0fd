/** Reads one plugin from a clone of its repository. */
import type { Tree } from './clone.ts';
import { importsOf, nestedIn, registrationsOf, returnedBy, type Spec, specsOf, type TypeName } from './go.ts';
import { type Documented, documentedIn } from './partials.ts';

/** A component as the code has it. */
export interface ReadComponent {
  readonly attributes: ReadonlyMap<string, ReadAttribute>;
  readonly required: ReadonlySet<string>;
  /** Of data sources. */
  readonly outputs: ReadonlyMap<string, ReadAttribute> | undefined;
}

export interface ReadAttribute {
  /** As in the data; a nested block is `block` or `blocks` and the key of its struct. */
  readonly type: string;
  readonly undocumented: boolean;
  readonly deprecated: Documented | undefined;
}

export interface ReadPlugin {
  /** `github.com/hashicorp/packer-plugin-amazon` */
  readonly module: string;
  /** `1.8.2`, as the code says. */
  readonly version: string | undefined;
  /** By kind and name: `source amazon-ebs`. */
  readonly components: ReadonlyMap<string, ReadComponent>;
  /** The structs of nested blocks by a key, `path/of/package.Struct`. */
  readonly structs: ReadonlyMap<string, ReadComponent>;
  /** What could not be read. */
  readonly problems: readonly string[];
}

/** The SDK, whose structs many plugins use. */
export const SDK = 'github.com/hashicorp/packer-plugin-sdk';

/** What is read of a module: its specs, its documentation, its code where components lead. */
export class Module {
  readonly path: string;
  private readonly code: ReadonlyMap<string, string>;
  private readonly structs: ReadonlyMap<string, ReadonlyMap<string, Documented>>;
  /** What is documented of attributes that are not those of a nested block. */
  private readonly flat: ReadonlyMap<string, Documented>;

  constructor(tree: Tree) {
    const wanted = tree.paths.filter(
      path =>
        path === 'go.mod' ||
        (/\.go$/.test(path) && !/_test\.go$|(?:^|\/)(?:vendor|test-data|testdata)\//.test(path)) ||
        (/(?:^|\/)docs-partials\/.*\.mdx$/.test(path) && !/(?:^|\/)test-data\//.test(path)),
    );
    const texts = tree.read(wanted);
    this.path = /^module (\S+)/m.exec(texts.get('go.mod') ?? '')?.[1] ?? '';
    this.code = new Map([...texts].filter(([path]) => path.endsWith('.go')));
    this.structs = documentedIn([...texts].filter(([path]) => path.endsWith('.mdx')));
    const nested = new Set([...this.code.values()].flatMap(nestedIn));
    this.flat = new Map([...this.structs].flatMap(([name, attributes]) => (nested.has(name) ? [] : [...attributes])));
  }

  /**
   * What is documented of an attribute: of a nested block, by the name of its struct, or of a component, whose attributes come
   * from any number of structs.
   */
  documented(struct: string | undefined, attribute: string): Documented | undefined {
    return (struct === undefined ? this.flat : this.structs.get(struct))?.get(attribute);
  }

  /** The files of a package, by its import path; none for a package of another module. */
  filesOf(importPath: string): readonly (readonly [path: string, code: string])[] {
    if (importPath !== this.path && !importPath.startsWith(`${this.path}/`)) return [];
    const directory = importPath.slice(this.path.length + 1);
    return [...this.code].filter(([path]) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) === directory);
  }

  /** The file that registers the components. */
  main(): string | undefined {
    const files = [...this.code].filter(([path, code]) => path.endsWith('main.go') && code.includes('.Register'));
    return files.toSorted(([a], [b]) => a.length - b.length)[0]?.[1];
  }

  version(): string | undefined {
    const files = [...this.code].filter(([path]) => /(?:^|\/)version\/version\.go$/.test(path));
    return files.map(([, code]) => /\bVersion\s*=\s*"(\d+\.\d+\.\d+)"/.exec(code)?.[1]).find(Boolean);
  }
}

/** `name` is what the plugin is usually called: the beginning of the names of its components. */
export function readPlugin(plugin: Module, name: string, sdk: Module | undefined): ReadPlugin {
  const reader = new Reader(sdk ? [plugin, sdk] : [plugin]);
  const components = new Map<string, ReadComponent>();
  const main = plugin.main() ?? '';
  const imports = importsOf(main);
  for (const { kind, name: own, type } of registrationsOf(main)) {
    const label = `${kind} ${[name, own].filter(Boolean).join('-')}`;
    const path = type.qualifier === undefined ? plugin.path : imports.get(type.qualifier);
    const component = path === undefined ? undefined : reader.component(path, type.name);
    if (component) components.set(label, component);
    else reader.problems.push(`${label}: no spec found`);
  }
  return {
    module: plugin.path,
    version: plugin.version(),
    components,
    structs: reader.structs,
    problems: reader.problems,
  };
}

class Reader {
  readonly structs = new Map<string, ReadComponent>();
  readonly problems: string[] = [];

  constructor(private readonly modules: readonly Module[]) {}

  component(path: string, type: string): ReadComponent | undefined {
    const config = this.returned(path, type, 'ConfigSpec');
    if (!config) return undefined;
    const output = this.returned(path, type, 'OutputSpec');
    return { ...config, outputs: output?.attributes };
  }

  /** What the spec that a method of the component returns says. Method and struct may be in two files of the package. */
  private returned(path: string, type: string, method: string): ReadComponent | undefined {
    const files = this.files(path).map(([, code]) => code);
    const struct = returnedBy(files.join('\n'), type, method);
    const found = struct && this.find(path, struct, new Map(files.flatMap(code => [...importsOf(code)])));
    return found && this.read(found.path, found.spec, importsOf(found.code), undefined);
  }

  private files(path: string) {
    return this.modules.flatMap(module => module.filesOf(path));
  }

  private find(path: string, { qualifier, name }: TypeName, imports: ReadonlyMap<string, string>) {
    const inside = qualifier === undefined ? path : imports.get(qualifier);
    if (inside === undefined) return undefined;
    for (const [, code] of this.files(inside)) {
      const spec = code.includes(`Flat${name})`) ? specsOf(code).get(name) : undefined;
      if (spec) return { path: inside, code, spec };
    }
    return undefined;
  }

  private read(
    path: string,
    spec: Spec,
    imports: ReadonlyMap<string, string>,
    struct: string | undefined,
  ): ReadComponent {
    const attributes = new Map<string, ReadAttribute>();
    for (const [name, written] of spec.attributes) {
      const documented = this.modules.map(module => module.documented(struct, name)).find(Boolean);
      const type = written.kind === 'block' ? this.block(path, written, imports) : written.type;
      attributes.set(name, {
        type: type === 'string' && documented?.duration ? 'duration' : type,
        undocumented: spec.undocumented.has(name),
        deprecated: documented?.deprecated ? documented : undefined,
      });
    }
    return { attributes, required: spec.required, outputs: undefined };
  }

  /** The type of a nested block, whose struct is read along. */
  private block(
    path: string,
    { many, struct }: { readonly many: boolean; readonly struct: TypeName },
    imports: ReadonlyMap<string, string>,
  ): string {
    const inside = struct.qualifier === undefined ? path : (imports.get(struct.qualifier) ?? struct.qualifier);
    const key = `${inside}.${struct.name}`;
    const found = this.structs.has(key) ? undefined : this.find(path, struct, imports);
    if (found) {
      // Before its attributes are read: a struct may hold itself.
      this.structs.set(key, { attributes: new Map(), required: new Set(), outputs: undefined });
      this.structs.set(key, this.read(found.path, found.spec, importsOf(found.code), struct.name));
    } else if (!this.structs.has(key) && !inside.startsWith(SDK)) this.problems.push(`${key}: no spec found`);
    return `${many ? 'blocks' : 'block'} ${key}`;
  }
}
