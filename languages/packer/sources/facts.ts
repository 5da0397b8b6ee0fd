/**
 * What is known about a type of source, as data: one row per type, in the file of its family. Attribute names are those of
 * the plugin's documentation; a dot leads into a nested block or object (`source_ami_filter.most_recent`).
 */
export interface SourceFacts {
  /** `amazon-ebs`. */
  readonly type: string;
  /** The plugin's documentation that the row was read from. */
  readonly url: string;
  /** The plugin's address in `required_plugins`: `github.com/hashicorp/amazon`. */
  readonly plugin: string;
  /** `image`: a machine image in a cloud or platform; `disk`: files of a hypervisor; `container`; `none`: nothing with an OS. */
  readonly produces: 'image' | 'disk' | 'container' | 'none';
  /** Whether many machines are started from the result, so that it must be generalized (machine ID, host keys). */
  readonly generalize: boolean;
  /** Whether steps run on a machine that is thrown away, beside the volumes that become the image. */
  readonly surrogate: boolean;
  readonly bases: readonly BaseFacts[];
  /** Attributes whose value is a credential of the builder, the communicator's (`COMMUNICATOR_CREDENTIALS`) not repeated. */
  readonly credentials: readonly CredentialAttribute[];
  /** Attributes that name what is produced; the first that is set counts. */
  readonly names: readonly string[];
  /** Attributes with labels or tags of what is produced, and how each is written. */
  readonly labels: readonly LabelAttribute[];
  /** Attributes that look like labels of the product but only apply to the build machine. */
  readonly buildOnlyLabels: readonly string[];
  /** Attributes with a free description of what is produced. */
  readonly descriptions: readonly string[];
  /** Attributes with which the platform itself retires the image. */
  readonly retirement: readonly string[];
  /** Attributes that overwrite or delete what an earlier build has made; those after the first only together with it. */
  readonly overwrites: readonly string[];
  /** Attributes whose value shows the operating system: `Windows`, `ubuntu-64`, `l26`. */
  readonly osHints: readonly string[];
  readonly settings: readonly SettingFacts[];
}

/** A row of the table, with empty lists by default. */
export function sourceFacts(
  type: string,
  plugin: string,
  url: string,
  row: Partial<SourceFacts> & Pick<SourceFacts, 'produces' | 'generalize'>,
): SourceFacts {
  return {
    type,
    url,
    plugin,
    surrogate: false,
    bases: [],
    credentials: [],
    names: [],
    labels: [],
    buildOnlyLabels: [],
    descriptions: [],
    retirement: [],
    overwrites: [],
    osHints: [],
    settings: [],
    ...row,
  };
}

/** Credentials that the builder itself logs in with, each with the variable that the plugin reads instead. */
export function logins(credentials: Readonly<Record<string, string | undefined>>): readonly CredentialAttribute[] {
  return Object.entries(credentials).map(([attribute, env]) => ({ attribute, use: 'build', ...(env && { env }) }));
}
/** Attributes with the path of a credential. */
export function loginFiles(...attributes: readonly string[]): readonly CredentialAttribute[] {
  return attributes.map(attribute => ({ attribute, use: 'build', path: true }));
}

/** A setting; `good` is the HCL value that answers the concern. */
export function setting(
  attribute: string,
  concern: SettingFacts['concern'],
  bad: SettingFacts['bad'],
  good?: string,
  badWhenAbsent = false,
): SettingFacts {
  return { attribute, concern, bad, badWhenAbsent, good };
}

export const map = (attribute: string): LabelAttribute => ({ attribute, form: 'map' });
export const blocks = (attribute: string, key = 'key'): LabelAttribute => ({ attribute, form: 'blocks', key });
export const names = (attribute: string): LabelAttribute => ({ attribute, form: 'list' });

/** A way to choose the base. The first whose `attribute` (or block) is set counts. */
export interface BaseFacts {
  /** The attribute with the id, name or URL; for a filter, the one inside it that holds the pattern. */
  readonly attribute: string;
  readonly kind: 'registry' | 'cloud' | 'iso' | 'file';
  /** ISO only: the attribute with the checksum; `undefined` when the plugin has none. */
  readonly checksum?: string;
  /** Cloud only: the attribute with what the name is a part of. */
  readonly offer?: string;
  /** Cloud only: the attributes with an operating system and its release, by which it is filtered. */
  readonly release?: readonly [system: string, version: string];
  readonly floats?: FloatFacts;
}

/** When the same template may select a different base later. */
export type FloatFacts =
  /** A family or alias that the publisher moves, for every value. */
  | { readonly when: 'always'; readonly reason: 'family' }
  /** A block that selects the newest match: floats when `newest` is true (or `always`), unless `exact` names one image. */
  | {
      readonly when: 'filter';
      readonly block: string;
      readonly newest: string | 'always';
      readonly exact: readonly string[];
      /** Attributes that select by a part of the name or a regular expression. */
      readonly patterns?: readonly string[];
      readonly owners: string | undefined;
      /** The attribute whose value says that anyone could have made the image, and that value. */
      readonly anyones?: readonly [attribute: string, value: RegExp];
    }
  /** A version beside the name: missing or `latest` floats. `of`: only where an attribute is such a name. */
  | { readonly when: 'version'; readonly version: string; readonly of?: readonly [attribute: string, names: RegExp] }
  /** A name by which the publisher always gives the newest image of a release: those that the pattern matches. */
  | { readonly when: 'slug'; readonly attribute: string; readonly slugs: RegExp; readonly reason?: 'parameter' };

export interface CredentialAttribute {
  readonly attribute: string;
  readonly use: 'build' | 'service' | 'account';
  /** The environment variable that the plugin reads instead, when its documentation names one. */
  readonly env?: string;
  /** The value is the path of a file with the credential, not the credential. */
  readonly path?: boolean;
}

/** How labels are written: `map`: `tags = { k = v }`; `blocks`: `tag { key value }`; `list`: names without values; `semicolons`: `"a;b"`. */
export interface LabelAttribute {
  readonly attribute: string;
  readonly form: 'map' | 'blocks' | 'list' | 'semicolons';
  /** For `blocks`: the attribute with the key (`key`, or `name` for Azure). */
  readonly key?: string;
}

/** A security setting: what it is for, and which values are the bad ones. */
export interface SettingFacts {
  readonly attribute: string;
  readonly concern:
    | 'public'
    | 'network'
    | 'encryption'
    | 'metadata-service'
    | 'tls'
    | 'console'
    | 'privileged'
    | 'boot-integrity';
  /** Values that are bad when written, of a list any element; `*` for any value. */
  readonly bad: readonly (string | boolean)[];
  /** Whether leaving it out is bad too, by the plugin's default. */
  readonly badWhenAbsent: boolean;
  /** The value that answers the concern, as HCL; `undefined` when removing it does. */
  readonly good: string | undefined;
}
