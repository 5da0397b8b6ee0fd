/**
 * What a value may be. A string is one of `text`, `bool`, `false`, `int`, `count` (not negative), `number`, `nothing`, `any`,
 * `rest` (of keys: any, but one that resembles a listed one is a slip of it) and `module name`, or the name of an entry of `types`.
 */
export type TypeData =
  | string
  /** One of these strings. */
  | { readonly values: readonly string[] }
  /** A whole number from one to another, both of them included. */
  | { readonly from: number; readonly to: number }
  /** Text that matches a pattern; `says` describes it, as it ends the sentence "takes …". */
  | { readonly pattern: string; readonly flags?: string; readonly says: string }
  | { readonly list: TypeData; readonly least?: number; readonly most?: number }
  /** A mapping whose keys the author chooses. `filled`: an empty one is an error. */
  | { readonly map: TypeData; readonly filled?: true }
  | MapData
  | { readonly oneOf: readonly TypeData[] }
  /** A deprecated form; `instead` ends the sentence "write …". */
  | { readonly old: TypeData; readonly since: string; readonly instead: string }
  /** A form that cloud-init reads, although its schema rejects it: it only warns. */
  | { readonly tolerated: TypeData };

/** Keys, and rows of keys one of which is required. */
export type RowsData = readonly (string | readonly string[])[];

/** A mapping with these keys, and no others unless `others` says what they hold. */
export interface MapData {
  /** A string is the name of a type whose keys these are. */
  readonly keys: string | Keys;
  readonly required?: RowsData;
  /** What else is required, by the value of one of the keys. */
  readonly requiredBy?: { readonly key: string; readonly rows: Readonly<Record<string, RowsData>> };
  readonly others?: TypeData;
  readonly filled?: true;
}

export type Keys = Readonly<Record<string, KeyData>>;

/** A key: its type, or an object with `type` where more is known. */
export type KeyData =
  | TypeData
  | {
      readonly type: TypeData;
      /** A value as it would be written, for messages. */
      readonly example?: string;
      /** The version of cloud-init that brought it. */
      readonly since?: string;
      /** `use`: the key that took its place with the same meaning; `instead`: what to do, as it ends the sentence "use …". */
      readonly deprecated?: { readonly since: string } & ({ readonly use: string } | { readonly instead: string });
    };

/** A key that current versions do not read. */
export interface RemovedKey {
  /** Where its value belongs now, as it ends the sentence "use …"; without it, nothing takes its place. */
  readonly instead?: string;
  /** The first version without it, where that is known. */
  readonly since?: string;
}

export interface CloudInitKeysData {
  readonly source: string;
  readonly date: string;
  /** The version of cloud-init that the keys are of. */
  readonly version: string;
  readonly types: Readonly<Record<string, TypeData>>;
  /** The keys of user-data by the module that reads them, `cc_users_groups`. */
  readonly modules: Readonly<Record<string, Keys>>;
  /** Keys of user-data that no module reads but cloud-init itself. */
  readonly base: Keys;
  /** Keys of `cloud.cfg` and `cloud.cfg.d/*.cfg` only. */
  readonly cloudCfg: Keys;
  /** What is below `autoinstall`. */
  readonly autoinstall: MapData;
  /** The formats of network-config. */
  readonly network: {
    readonly v1: MapData;
    /** The keys at the top of version 2 that hold no devices described in `devices`. */
    readonly v2: Keys;
    /** What every device of version 2 may have. */
    readonly device: Keys;
    /** What a device may have beside that, by the key that holds the devices of its kind. */
    readonly devices: Readonly<Record<string, Keys>>;
  };
  /** Keys that old versions read, by their path; see `RemovedKey`. */
  readonly removed: Readonly<Record<string, RemovedKey>>;
  /**
   * Paths of keys that cloud-init read before its schema had them, or that a schema had by mistake. Their history in the
   * schemas says nothing.
   */
  readonly describedLater: readonly string[];
  /** Names of modules in lists of modules, with `_`; before 23.1 with `-`. */
  readonly moduleNames: readonly string[];
}

declare const data: CloudInitKeysData;
export default data;
