/**
 * A Packer template, for rules that need more than the shared model. Types only; edits (`insertAttribute`, …) are in
 * `edits.ts`, questions about nodes (`stageOf`, …) in `nodes.ts`.
 *
 * Packer reads all `*.pkr.hcl` and `*.pkr.json` of a directory together, so nodes may be in a sibling of the linted file: their spans then
 * have a `file`, findings there are dropped (the sibling reports them when it is linted), and edits there are not offered.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates
 */

import type { Comment, Value } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { SourceText, Span } from '../../core/text.ts';
import type { Attribute, Block, Body, Call, Expression, HclFile } from './hcl/ast.ts';
import type { PluginsAround } from './plugins-around.ts';
import type { SourceFacts } from './sources/facts.ts';

/**
 * One document. `template`: `*.pkr.hcl`, or the same as JSON in `*.pkr.json`; `variables`: `*.pkrvars.hcl` and `*.pkrvars.json`;
 * `legacy-json`: a template in the JSON format before Packer 1.7 (top-level `builders`), whose module is that of its translation to HCL.
 */
export interface PackerTree {
  readonly kind: 'template' | 'variables' | 'legacy-json';
  readonly source: SourceText;
  /** `undefined` for a text without a path. */
  readonly path: string | undefined;
  /** The linted document; also the first of `module.files`. */
  readonly file: PackerFile;
  readonly module: PackerModule;
  readonly comments: readonly Comment[];
  /** Where the text is not HCL. */
  readonly problems: readonly Finding[];
  /** Plugins that are there without `required_plugins`; read when it is asked for. */
  readonly pluginsAround: PluginsAround;
  /** Whether a legacy template has its translation to HCL beside it. */
  readonly isTranslated: boolean;
  /** Files that provisioners of this document refer to by a literal path and that certainly do not exist. */
  readonly missingScripts: readonly ScriptUse[];
}

/** One file of a module. */
export interface PackerFile {
  readonly path: string | undefined;
  /** Whether it is the linted document. */
  readonly own: boolean;
  readonly kind: 'template' | 'variables';
  readonly source: SourceText;
  readonly hcl: HclFile;
  /** The whole file as a block without header: `top.blocks('build')`, `top.attributes` (the assignments of a variables file). */
  readonly top: PackerBlock;
}

/** The files that Packer reads together: those of one directory, or a single file. In the order of files and lines. */
export interface PackerModule {
  /** The linted one first; `*.auto.pkrvars.hcl` and `.json` of the directory are among them. */
  readonly files: readonly PackerFile[];
  /**
   * Whether everything that belongs to the module has been read. False when the directory could not be listed, a sibling could
   * not be read or has syntax errors, or files are built {@link alone}: then nothing follows from what is missing here.
   */
  readonly complete: boolean;
  /** Two files of the directory declare the same name, so each is a template of its own, built with `packer build FILE`. */
  readonly alone: boolean;
  /**
   * Its files are parts of the modules that they are linked or copied into: nothing in the directory builds, or its variables are
   * declared in a directory above.
   */
  readonly isLibrary: boolean;
  readonly variables: readonly PackerVariable[];
  readonly locals: readonly PackerLocal[];
  readonly sources: readonly PackerSource[];
  readonly data: readonly PackerData[];
  readonly builds: readonly PackerBuild[];
  /** `packer { }` blocks. */
  readonly settings: readonly PackerBlock[];
  /** The `hcp_packer_registry` blocks at the top level. */
  readonly registries: readonly PackerBlock[];
  /** `required_version` of the `packer` blocks. */
  readonly requiredVersions: readonly PackerAttribute[];
  readonly requiredPlugins: readonly PackerPlugin[];
  /** Values in `*.auto.pkrvars.hcl` of the directory, and in the linted file when it is a variables file. */
  readonly assignments: readonly PackerAttribute[];
  /**
   * Every traversal in the files (`var.x`, `local.y`, `build.ID`, …), and the sources that builds name in strings. In the
   * order of files; names that a `for` binds are left out.
   */
  readonly references: readonly PackerReference[];
  /** The second and later declarations of one name within a file. */
  readonly duplicates: readonly Duplicate[];
  /** By name; the first declaration of duplicates. */
  variable(name: string): PackerVariable | undefined;
  local(name: string): PackerLocal | undefined;
  source(type: string, name: string): PackerSource | undefined;
  /** What a value encodes: looked through `base64encode` and the like, and through locals. */
  encodedIn(value: Evaluated): Evaluated;
  /** The file that `file(…)` or `templatefile(…)` reads when the value is such a call; `undefined` when it is not. */
  fileReadBy(value: Evaluated): ScriptUse | undefined;
  /** The file at the path that the value is; with `below`, the file at that path in this directory. */
  fileAt(value: Evaluated, below?: string): ScriptUse;
  /** The file at the path that the value is, or the answer files in the directory or of the pattern that it is. */
  filesAt(value: Evaluated): readonly ScriptUse[];
  /** What a value may be, with the defaults of variables: the arms of a condition that is not certain. */
  choices(value: Evaluated): readonly Evaluated[];
  /** The file that a call of `file`, `filebase64` or `templatefile` reads; `undefined` for other calls. */
  fileOfCall(call: Call, source: SourceText): ScriptUse | undefined;
  /**
   * Whether Git ignores a path, has it in a submodule, or a build file around writes it, so that it may be made by something;
   * `written` is the path as the template says it. True when in doubt.
   */
  isMade(path: string, written: string): boolean;
  /** Whether a directory is certainly there. */
  hasDirectory(path: string): boolean;
  /**
   * The strings that a value may be or have in a list, with `path.root` as `.`: with the defaults of variables, and with
   * `${var.NAME}` for each variable; of a condition that is not known, both arms.
   */
  textsIn(value: Evaluated): readonly string[];
  /** Any expression of these files. */
  read(expression: Expression, source: SourceText): Evaluated;
  /** A value where one variable has the value that is given. */
  readWith(value: Evaluated, variable: string, given: Evaluated): Evaluated;
  /** A value that is a path on the build machine, with `path.root` as the template's directory: `.`. */
  asPath(value: Evaluated): Value;
}

export interface Duplicate {
  readonly kind: 'variable' | 'local' | 'source' | 'data' | 'required_plugin';
  /** As references write it: `web`, `amazon-ebs.web`. */
  readonly name: string;
  readonly span: Span;
  readonly first: Span;
}

/** A block with its text: `source "amazon-ebs" "web" { … }`. */
export interface PackerBlock {
  /** Empty for a whole file. */
  readonly type: string;
  /** Decoded. */
  readonly labels: readonly PackerLabel[];
  /** From the type to the last label. */
  readonly header: Span;
  /** From the type to the closing brace. */
  readonly span: Span;
  /** Its document. */
  readonly source: SourceText;
  readonly body: Body;
  /** `undefined` for a whole file. */
  readonly hcl: Block | undefined;
  /**
   * The content of `dynamic "type" { content { … } }`: there may be none or many of it. Its header is that of `dynamic`;
   * values from the iteration are unknown.
   */
  readonly dynamic: boolean;
  /** In order, duplicates included. */
  readonly attributes: readonly PackerAttribute[];
  /** The first with this name. One that is `null` counts as not set for Packer: look at `value.kind`. */
  attribute(name: string): PackerAttribute | undefined;
  /** The nested blocks in order; of one type when it is given. `dynamic` ones come as their content. */
  blocks(type?: string): readonly PackerBlock[];
  /** The first nested block of a type. */
  block(type: string): PackerBlock | undefined;
}
export interface PackerLabel {
  readonly text: string;
  readonly span: Span;
  /** The text between the quotes, for edits. */
  readonly value: SourceText;
}

export interface PackerAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  /** From the name to the end of the value. */
  readonly span: Span;
  readonly value: Evaluated;
  readonly hcl: Attribute;
  /** Its document. */
  readonly source: SourceText;
}

/** A value as data. Objects are maps, because keys are the author's. */
export type Data = string | number | boolean | null | readonly Data[] | ReadonlyMap<string, Data>;

/**
 * An expression and what is known of its value; everything is computed on demand.
 *
 * A certain value cannot be changed by the caller. Variables can be set from outside, so nothing that depends on one is
 * certain; {@link assumingDefaults} is the same expression with the defaults of its variables.
 */
export interface Evaluated {
  /** The expression as written in {@link source}; for the result of a function or a `for`, the expression that computes it. */
  readonly expression: Expression;
  readonly span: Span;
  /** Its document. */
  readonly source: SourceText;
  /** The expression's own text, for edits: `written.replace(0, written.text.length, …)`. */
  readonly written: SourceText;
  /** The certain type. A string with unknown parts is a `string`; a list with unknown elements a `list`. */
  readonly kind: 'string' | 'number' | 'bool' | 'null' | 'list' | 'object' | 'unknown';
  /** The certain value, all the way down; `undefined` when any part is unknown, `{{ … }}` of Go templates included. */
  readonly literal: Data | undefined;
  /** The value with the defaults in these files. Equals `literal` where that is known. */
  readonly byDefault: Data | undefined;
  /** The same expression where variables have their defaults (and values from `*.auto.pkrvars.hcl`). */
  readonly assumingDefaults: Evaluated;
  /** The certain boolean, as Packer converts (`"true"` counts); `undefined`: may be either, or is not a boolean. */
  readonly bool: boolean | undefined;
  /** The certain value as text (numbers and booleans converted). */
  readonly text: string | undefined;
  /** Like `text`, with the `{{ … }}` of Go templates as written. */
  readonly raw: string | undefined;
  /** The elements of a list, looked through locals, `concat`, …; empty for anything else. */
  readonly items: readonly Evaluated[];
  /** The entries of an object, looked through locals, `merge`, …, the last of a key; empty for anything else. */
  readonly entries: readonly PackerEntry[];
  /** Whether `items` or `entries` are complete; false for an unknown value, true for a plain string. */
  readonly complete: boolean;
  /** The entry of an object by its exact key. */
  entry(key: string): PackerEntry | undefined;
  /** Every reference in the expression itself (not in what it refers to). */
  readonly references: readonly PackerReference[];
  /** Whether it depends on a variable, directly or through locals. */
  readonly dependsOnVariable: boolean;
  /** As a value of the shared model: unknown interpolations and `{{ … }}` are one `UNRESOLVED` each, known ones are filled in. */
  asValue(): Value;
  /** Like the source of {@link asValue}, with `{{ … }}` left as written: content that Packer passes on untouched. */
  asContent(): SourceText;
}

/** `key = value` in an object. */
export interface PackerEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Evaluated;
  /** From the key to the end of the value. */
  readonly span: Span;
}

/** A traversal such as `var.region` or `source.amazon-ebs.web`, or `each.value` in a `dynamic` block. */
export interface PackerReference {
  /** `var`, `local`, `source`, `data`, `build`, `path`, `packer`, `each`, or any other first name. */
  readonly root: string;
  /** The names after the root, up to the first index that is not a literal string. */
  readonly path: readonly string[];
  /** As written up to the end of `path`: `data.amazon-ami.base.id`. */
  readonly name: string;
  readonly span: Span;
  /** Where it is declared, when it is a variable, local, source or data source of this module. */
  readonly definition: Span | undefined;
  /**
   * Whether this name is not declared: true only for `var`, `local`, `source` and `data` in a module that is complete,
   * so that it is certain.
   */
  readonly undeclared: boolean;
}

export interface PackerVariable {
  readonly name: string;
  readonly nameSpan: Span;
  /** The `variable` block; `undefined` for an entry of a `variables` block. */
  readonly block: PackerBlock | undefined;
  readonly span: Span;
  /** The type as written: `list(string)`. */
  readonly type: string | undefined;
  readonly default: Evaluated | undefined;
  /** `undefined`: cannot be known. */
  readonly sensitive: boolean | undefined;
  readonly description: Evaluated | undefined;
  /** The `validation` blocks. */
  readonly validations: readonly PackerBlock[];
  /** Values given to it in `*.auto.pkrvars.hcl`. */
  readonly assigned: readonly PackerAttribute[];
  /** References to it in the files of the module, its own block apart. */
  readonly uses: readonly PackerReference[];
}

export interface PackerLocal {
  readonly name: string;
  readonly nameSpan: Span;
  /** The `local "name"` block; `undefined` for an attribute of `locals`. */
  readonly block: PackerBlock | undefined;
  readonly span: Span;
  /** `undefined` when `local "name"` has no `expression`. */
  readonly value: Evaluated | undefined;
  readonly sensitive: boolean | undefined;
  readonly uses: readonly PackerReference[];
}

/** `source "type" "name" { … }`. */
export interface PackerSource {
  readonly type: string;
  readonly name: string;
  readonly block: PackerBlock;
  readonly header: Span;
  readonly span: Span;
  /** What is known about its type; `undefined` for a type that is not in the table. */
  readonly facts: SourceFacts | undefined;
  readonly uses: readonly PackerReference[];
}

/** `data "type" "name" { … }`. */
export interface PackerData {
  readonly type: string;
  readonly name: string;
  readonly block: PackerBlock;
  readonly header: Span;
  readonly span: Span;
  readonly uses: readonly PackerReference[];
}

/** An entry of `required_plugins`. */
export interface PackerPlugin {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** The address: `github.com/hashicorp/amazon`. */
  readonly source: Evaluated | undefined;
  /** The constraint; the whole value in the short form `name = ">= 1"`. */
  readonly version: Evaluated | undefined;
  readonly value: Evaluated;
}

export interface PackerBuild {
  readonly block: PackerBlock;
  readonly header: Span;
  readonly span: Span;
  readonly name: Evaluated | undefined;
  readonly description: Evaluated | undefined;
  readonly sources: readonly PackerBuildSource[];
  /** Whether `sources` are all there are. */
  readonly sourcesKnown: boolean;
  /** In order; `dynamic` ones are among them. */
  readonly provisioners: readonly PackerProvisioner[];
  /** The `error-cleanup-provisioner`s. */
  readonly cleanups: readonly PackerProvisioner[];
  /** Each `post-processor` alone is a sequence of one; a `post-processors` block is a sequence of its own. */
  readonly postProcessors: readonly (readonly PackerPostProcessor[])[];
  /** `hcp_packer_registry` inside the build. */
  readonly registry: PackerBlock | undefined;
}

/** A source that a build uses: an element of `sources`, or a nested `source` block that overrides some of it. */
export interface PackerBuildSource {
  readonly type: string;
  readonly name: string;
  /** Where the build names it. */
  readonly span: Span;
  /** `undefined` when it is not declared in these files. */
  readonly source: PackerSource | undefined;
  /** The nested `source` block of the build. */
  readonly overrides: PackerBlock | undefined;
  readonly facts: SourceFacts | undefined;
  /** The attribute that counts: of the nested block, else of the source. */
  attribute(name: string): PackerAttribute | undefined;
  /** The nested blocks of a type: those of the override when it has any, else those of the source. */
  blocks(type: string): readonly PackerBlock[];
}

export interface PackerProvisioner {
  /** `shell`; `undefined` for a dynamic one whose label cannot be known. */
  readonly type: string | undefined;
  /** The block whose attributes count: `content` of a dynamic one. */
  readonly block: PackerBlock;
  readonly header: Span;
  readonly span: Span;
  readonly dynamic: boolean;
  /** The certain names in `only` and `except`; `undefined` when not set or not certain. */
  readonly only: readonly string[] | undefined;
  readonly except: readonly string[] | undefined;
  /** `override = { name = { … } }`. */
  readonly override: Evaluated | undefined;
  /** Whether it runs for a source of its build; `undefined`: cannot be known. */
  runsFor(source: PackerBuildSource): boolean | undefined;
  /** The files of `script`, `scripts` that it runs, in order. */
  readonly scripts: readonly ScriptUse[];
}

/** A file that a template names. */
export interface ScriptUse {
  readonly value: Value;
  /** Where the template names it. */
  readonly span: Span;
  /** Its path as the host knows it; `undefined` when the name is not certain. */
  readonly path: string | undefined;
  /** `undefined` when it cannot be had. Its spans have a `file`. */
  readonly text: SourceText | undefined;
  /** Whether it is certainly not there. */
  readonly missing: boolean;
  /** The name of a file that is there, where only capitals differ: another file on Linux, the same on other systems. */
  readonly otherCase?: string;
}

export interface PackerPostProcessor {
  readonly type: string | undefined;
  readonly block: PackerBlock;
  readonly header: Span;
  readonly span: Span;
  readonly dynamic: boolean;
  readonly only: readonly string[] | undefined;
  readonly except: readonly string[] | undefined;
  /** Whether it runs for a source of its build; `undefined`: cannot be known. */
  runsFor(source: PackerBuildSource): boolean | undefined;
}
