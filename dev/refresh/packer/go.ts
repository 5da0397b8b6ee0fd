/**
 * What the Go code of a plugin says of its components, as far as generators wrote it: the specs that Packer decodes blocks with
 * (`*.hcl2spec.go`), and the few lines by hand that lead there.
 */

/** The type of one attribute: its words, or the struct of a nested block. */
export type SpecType =
  | { readonly kind: 'attribute'; readonly type: string }
  | { readonly kind: 'block'; readonly many: boolean; readonly struct: TypeName };

/** A type as the code names it: `common.Config`, `Config`. */
export interface TypeName {
  /** The name of the package that it is written with; `undefined`: the same one. */
  readonly qualifier: string | undefined;
  readonly name: string;
}

/** A struct that can be written as a block. */
export interface Spec {
  readonly attributes: ReadonlyMap<string, SpecType>;
  /** Tagged as required, which is for the documentation. */
  readonly required: ReadonlySet<string>;
  readonly undocumented: ReadonlySet<string>;
}

/** A component as main.go registers it. */
export interface Registration {
  readonly kind: 'source' | 'provisioner' | 'post-processor' | 'data';
  /** `undefined`: the plugin's own name. */
  readonly name: string | undefined;
  readonly type: TypeName;
}

/** Import paths by the name they are used under, of one Go file. */
export function importsOf(code: string): ReadonlyMap<string, string> {
  const block =
    /^import \(\n([\s\S]*?)^\)/m.exec(code)?.[1] ??
    [...code.matchAll(/^import (.*)$/gm)].map(([, line]) => line).join('\n');
  return new Map(
    [...block.matchAll(/(?:([\w.]+)\s+)?"([^"]+)"/g)].map(([, alias, path]) => [alias ?? lastPart(path!), path!]),
  );
}

/** The name that a package most likely has: the last part of its path that is not a version. */
function lastPart(path: string): string {
  return path.replace(/\/v\d+$/, '').replace(/^.*\//, '');
}

/** The specs of a generated file, by the name of the struct that they are made from. */
export function specsOf(code: string): ReadonlyMap<string, Spec> {
  const fields = new Map(
    [...code.matchAll(/^type Flat(\w+) struct \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => [name!, fieldsOf(body!)]),
  );
  return new Map(
    [...code.matchAll(/^func \(\*Flat(\w+)\) HCL2Spec\(\) map\[string\]hcldec\.Spec \{\n([\s\S]*?)^\}/gm)].map(
      ([, name, body]) => [name!, specOf(body!, fields.get(name!) ?? [])],
    ),
  );
}

/** The structs that a generated file uses as nested blocks. */
export function nestedIn(code: string): readonly string[] {
  return [...code.matchAll(/\(\*(?:\w+\.)?Flat(\w+)\)\(nil\)/g)].map(match => match[1]!);
}

interface Field {
  readonly attribute: string;
  readonly type: string;
  readonly tags: string;
}

function fieldsOf(body: string): readonly Field[] {
  return [...body.matchAll(/^\s*\w+\s+(\S.*?)\s+`(.*)`$/gm)].flatMap(([, type, tags]) => {
    const attribute = /\bcty:"([^"]+)"/.exec(tags!)?.[1];
    return attribute === undefined ? [] : [{ attribute, type: type!, tags: tags! }];
  });
}

function specOf(body: string, fields: readonly Field[]): Spec {
  const bytes = new Set(fields.filter(({ type }) => type === '[]byte').map(({ attribute }) => attribute));
  const tagged = (tag: string) =>
    new Set(fields.filter(({ tags }) => tags.includes(tag)).map(({ attribute }) => attribute));
  const attributes = new Map<string, SpecType>();
  for (const [, name, kind, inner] of body.matchAll(/^\s*"([^"]+)":\s+&hcldec\.(\w+)\{(.*)\},(?: *\/\*.*\*\/)?$/gm)) {
    const nested = /\(\*(?:(\w+)\.)?Flat(\w+)\)\(nil\)/.exec(inner!);
    if (nested) {
      const struct = { qualifier: nested[1], name: nested[2]! };
      attributes.set(name!, { kind: 'block', many: kind !== 'BlockSpec', struct });
    } else {
      const type = bytes.has(name!) ? 'bytes' : typeText(/\bType: (.*?), Required:/.exec(inner!)?.[1] ?? '');
      attributes.set(name!, { kind: 'attribute', type });
    }
  }
  return { attributes, required: tagged('required:"true"'), undocumented: tagged('undocumented:"true"') };
}

/** `cty.List(cty.String)` as `list(string)`; what is not known is `any`. */
function typeText(type: string): string {
  const plain: Readonly<Record<string, string>> = {
    'cty.String': 'string',
    'cty.Bool': 'bool',
    'cty.Number': 'number',
  };
  if (Object.hasOwn(plain, type)) return plain[type]!;
  const [, wrapper, inner] = /^cty\.(List|Map|Set)\((.*)\)$/.exec(type) ?? [];
  return wrapper === undefined ? 'any' : `${wrapper.toLowerCase()}(${typeText(inner!)})`;
}

const KINDS = {
  Builder: 'source',
  Provisioner: 'provisioner',
  PostProcessor: 'post-processor',
  Datasource: 'data',
} as const;

/** The components that a main.go registers. */
export function registrationsOf(code: string): readonly Registration[] {
  const calls = code.matchAll(
    /\.Register(Builder|Provisioner|PostProcessor|Datasource)\(\s*("[^"]*"|[\w.]+),\s*(?:new\(|&)(?:(\w+)\.)?(\w+)/g,
  );
  return [...calls].map(([, kind, name, qualifier, type]) => ({
    kind: KINDS[kind as keyof typeof KINDS],
    name: name!.startsWith('"') ? name!.slice(1, -1) : undefined,
    type: { qualifier, name: type! },
  }));
}

/**
 * The struct whose spec a component's method (`ConfigSpec`, `OutputSpec`) returns, as the code names it; `undefined` when there is no
 * such method or it returns something else.
 */
export function returnedBy(code: string, type: string, method: string): TypeName | undefined {
  const body = new RegExp(
    `^func \\((?:\\w+ )?\\*?${type}\\) ${method}\\(\\) hcldec\\.ObjectSpec \\{([\\s\\S]*?)\\}\\s*$`,
    'm',
  ).exec(code)?.[1];
  const flat = /return (?:new\(|\(?&|\(\*)(?:(\w+)\.)?Flat(\w+)/.exec(body ?? '');
  if (flat) return { qualifier: flat[1], name: flat[2]! };
  const made = /return (?:new\(|\(?&)(?:(\w+)\.)?(\w+)(?:\{\}\)?|\))\.FlatMapstructure\(\)/.exec(body ?? '');
  if (made) return { qualifier: made[1], name: made[2]! };
  const field = /return \w+\.(\w+)\.FlatMapstructure\(\)/.exec(body ?? '')?.[1];
  return field === undefined ? undefined : fieldType(code, type, field);
}

function fieldType(code: string, struct: string, field: string): TypeName | undefined {
  const body = new RegExp(`^type ${struct} struct \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(code)?.[1] ?? '';
  const found =
    new RegExp(`^\\s*(?:\\w+, )*${field}(?:, \\w+)*\\s+\\*?(?:(\\w+)\\.)?(\\w+)`, 'm').exec(body) ??
    new RegExp(`^\\s*\\*?(?:(\\w+)\\.)?(${field})\\s*$`, 'm').exec(body);
  return found ? { qualifier: found[1], name: found[2]! } : undefined;
}
