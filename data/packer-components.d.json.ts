/** Names with spaces between them. */
export type Names = string;

/**
 * Attributes by type: `string`, `bool`, `number`, `duration` (a string that Go reads as a duration), `bytes` (internal), `list(…)`,
 * `map(…)`, `any`; `block T` for a nested block of the type `T` that may be there once, `blocks T` for one that may be repeated.
 */
export type Attributes = Readonly<Record<string, Names>>;

/** Attributes and what is known of each. */
export interface AttributeTable {
  readonly attributes?: Attributes;
  /** They hold a credential. */
  readonly secret?: Names;
  /** Accepted, and not meant to be written: left out of completion. */
  readonly undocumented?: Names;
  /** To what took its place; empty: nothing of the same form. */
  readonly deprecated?: Readonly<Record<string, string>>;
  /** Every other literal is refused; compare without regard to case. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** Attributes that several components share. */
export interface Group extends AttributeTable {
  /** Set by Packer itself. */
  readonly internal?: true;
}

/** A nested block. */
export interface BlockType extends AttributeTable {
  readonly required?: Names;
  readonly documentedRequired?: Names;
}

export interface Component extends AttributeTable {
  /** Names in `groups` whose attributes are also its own. */
  readonly groups?: Names;
  /** The build is refused when one is empty. Judge it on all blocks of the source together, over the whole module. */
  readonly required?: Names;
  /** At least one of each row. */
  readonly requiredOneOf?: readonly Names[];
  /** Documented as required but may come from elsewhere (environment, profile): not for findings. */
  readonly documentedRequired?: Names;
  /** Version to the names that are required since then at the latest. */
  readonly requiredSince?: Readonly<Record<string, Names>>;
  /** What a data source yields. */
  readonly outputs?: Attributes;
  readonly secretOutputs?: Names;
  /** For `build.NAME` and `{{ build "NAME" }}`, beside those of every build. */
  readonly buildVariables?: Names;
  /** For `{{ .NAME }}`. */
  readonly templateData?: Names;
  /** The version that brought the component. */
  readonly since?: string;
  /** Version (or `unreleased`) to the names that it brought. */
  readonly attributesSince?: Readonly<Record<string, Names>>;
  /** Version to the names that it dropped. */
  readonly attributesRemoved?: Readonly<Record<string, Names>>;
  readonly replacedBy?: string;
}

export interface Plugin {
  /** On GitHub. */
  readonly repository: string;
  /** Other addresses in `required_plugins`. */
  readonly aliases?: readonly string[];
  /** The usual prefix of the names of its components. */
  readonly name: string;
  readonly version: string;
  readonly commit: string;
  readonly date: string;
  /** The first version that `since` and its like are known from. */
  readonly historyFrom: string;
  /** The snapshot lags: report nothing as unknown. */
  readonly incomplete?: true;
  /** Component to the last version that had it. */
  readonly removedComponents?: Readonly<Record<string, string>>;
  /** By kind and name: `source amazon-ebs`, `provisioner shell`, `post-processor docker-tag`, `data amazon-ami`. */
  readonly components: Readonly<Record<string, Component>>;
}

/**
 * What a plugin refuses of several attributes together, or of the content of one. A term is `NAME` or `BLOCK.NAME` (it is set to
 * more than an empty string or list, zero or `false`) or `NAME=VALUE`, where `A|B` is either value and `VALUE?` also holds when nothing is set.
 */
export interface Conditions {
  /** Of each row at most one. */
  readonly exclusive?: readonly Names[];
  /** Terms, which all hold, to rows of which one term has to hold then. No terms: always. */
  readonly needs?: Readonly<Record<string, readonly Names[]>>;
  /** Terms, which all hold, to those that may not hold then. */
  readonly forbids?: Readonly<Record<string, Names>>;
  /** Two numbers and their defaults, `MIN=8000 MAX=9000`: the first may not be greater. */
  readonly ordered?: readonly string[];
  /** The smallest and the greatest number; `null`: none. Zero is not set, and taken always. */
  readonly ranges?: Readonly<Record<string, readonly [least: number | null, greatest: number | null]>>;
  /** By the name of a format; of a list each element. */
  readonly formats?: Readonly<Record<string, Names>>;
  /** Like those of a component, where only some of those that share an attribute check it. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** The version of the plugin that brought the check. */
  readonly since?: string;
}

/** What an attribute has to look like. */
export interface Format {
  readonly pattern: string;
  readonly ignoreCase?: true;
  /** For the pieces of a value of which other pieces are not known. */
  readonly parts?: string;
  /** A time as `timestamp()` and `{{isotime}}` write it has characters that the form does not have. */
  readonly noTimes?: true;
  /** After "must be". */
  readonly is: string;
}

export interface PackerComponentsData {
  readonly source: string;
  readonly date: string;
  /** By the address that `required_plugins` has; `packer` is what is built into Packer. */
  readonly plugins: Readonly<Record<string, Plugin>>;
  readonly groups: Readonly<Record<string, Group>>;
  /** By name: `amazon.AssumeRoleConfig`. */
  readonly types: Readonly<Record<string, BlockType>>;
  /** Keys that `packer fix` rewrites, by component (`*` for any end of a name); `NAME{}`: becomes a block, empty: dropped. */
  readonly renamed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * By components, separated by commas: `source qemu`, `source *`, and `type sdk.Config` for a nested block. A condition counts for
   * the components that have all attributes it names.
   */
  readonly conditions: Readonly<Record<string, Conditions>>;
  readonly formats: Readonly<Record<string, Format>>;
  readonly functions: Readonly<Record<string, FunctionFacts>>;
  /** For `{{ … }}`. */
  readonly templateFunctions: Readonly<Record<string, TemplateFunctionFacts>>;
  readonly templateRenamed: Readonly<Record<string, string>>;
  readonly goTemplateBuiltins: Names;
  readonly core: CoreFacts;
}

export interface FunctionFacts {
  readonly params: readonly (readonly [name: string, type: string])[];
  readonly variadic?: readonly [name: string, type: string];
  readonly min: number;
  /** None: any number. */
  readonly max?: number | null;
  readonly returns: string;
  /** The only places where it works. */
  readonly onlyIn?: readonly string[];
}

export interface TemplateFunctionFacts {
  readonly min: number;
  readonly max: number | null;
  readonly onlyIn?: readonly string[];
  readonly components?: readonly string[];
  readonly deprecated?: string;
}

export interface CoreFacts {
  readonly version: string;
  /** Plugins have to be installed since this version. */
  readonly bundledPluginsRemovedIn: string;
  readonly blocks: Readonly<Record<string, CoreBlock>>;
  readonly dynamicBlocks: boolean;
  /** What follows each root name in a reference; `null`: any name. */
  readonly accessors: Readonly<Record<string, readonly string[] | null>>;
}

/** One of Packer's own blocks. */
export interface CoreBlock {
  readonly labels: readonly string[];
  /** Its body is also that of a component of this kind. */
  readonly component?: string;
  /** By name, `*` for any; an object is written as its attributes. */
  readonly attributes?: Readonly<Record<string, string | { readonly object: Readonly<Record<string, string>> }>>;
  readonly blocks?: readonly string[];
  readonly required?: readonly string[];
  readonly deprecated?: Readonly<Record<string, string>>;
  readonly deprecatedIn?: Readonly<Record<string, string>>;
  readonly single?: boolean;
}

declare const data: PackerComponentsData;
export default data;
