/**
 * What a cloud-init file says, for rules that read it closer than the shared model does. The nodes are a thin typed
 * layer over the YAML library: every node knows where it is and how it was written, and nothing here needs the
 * library to be read. Helpers to walk it (`get`, `at`, `entriesOf`, …) are in `nodes.ts`.
 */
import type { Comment } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { SourceText, Span } from '../../core/text.ts';
import type { Misencoded } from './handed-over.ts';
import type { JinjaTemplate } from './jinja/reader.ts';
import type { Launcher } from './launchers.ts';

export type YamlNode = YamlMap | YamlSeq | YamlScalar | YamlAlias | YamlNull;

interface NodeBase {
  /** From its first to its last written character; indicators, quotes and brackets included, the trailing newline not. */
  readonly span: Span;
  /** The node as written (template expressions are `UNRESOLVED`s), for edits: `node.written.replace(0, node.written.text.length, …)`. */
  readonly written: SourceText;
  /** The name after `&`. */
  readonly anchor: string | undefined;
  /** The tag as written, `!!binary`; `undefined` when there is none. */
  readonly tag: string | undefined;
  /** Where it is written; `undefined` without one, and for one in another notation (`!<tag:…>`). */
  readonly tagSpan?: Span | undefined;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  /** In the order of the file, as written: duplicates and `<<` are kept. `get` and `entriesOf` apply what PyYAML would. */
  readonly entries: readonly YamlEntry[];
  /** Written as `{a: b}`. */
  readonly flow: boolean;
}

export interface YamlEntry {
  /** The key; when it is not a scalar (`? [a]`, `{{ x }}: y`) a scalar of type `unknown` over its text. */
  readonly key: YamlScalar;
  /** The key's text; `undefined` when it holds a template expression or is not a scalar. */
  readonly name: string | undefined;
  readonly value: YamlNode;
  /** From the key to the end of the value. */
  readonly span: Span;
}

export interface YamlSeq extends NodeBase {
  readonly kind: 'seq';
  readonly items: readonly YamlNode[];
  /** For each item the span from its dash to its end; the item's own span in a flow sequence. */
  readonly itemSpans: readonly Span[];
  /** Written as `[a, b]`. */
  readonly flow: boolean;
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /**
   * The decoded text before any type is given to it: what PyYAML would read as a string. Each template expression is
   * one `UNRESOLVED`. It knows where each character is and can be rewritten in place, in the scalar's own style.
   */
  readonly text: SourceText;
  /**
   * What PyYAML (YAML 1.1) makes of it: `yes` is a boolean, `0644` the int 420, `1:30` the int 90. `unknown`: a plain
   * scalar with a template expression in it. Dates stay text, of type `timestamp`.
   */
  readonly type: 'string' | 'int' | 'float' | 'bool' | 'timestamp' | 'unknown';
  /** The value of that type; `undefined` when the text holds a template expression or another unknown. */
  readonly value: string | number | boolean | undefined;
}

/** Nothing after a key or dash, or a plain `~` or `null`. */
export interface YamlNull extends NodeBase {
  readonly kind: 'null';
  readonly text: SourceText;
}

/** `*name`. Helpers look through it; a walk over a whole tree must not, or a bomb of aliases goes off. */
export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  /** The node it refers to; never an alias, never one that contains it; `undefined` when there is none. */
  readonly target: Exclude<YamlNode, YamlAlias> | undefined;
}

/**
 * What kind of data it is, by its first line (https://docs.cloud-init.io/en/latest/explanation/format/index.html) or name.
 * `cloud-config`: YAML for modules; without a header (`header` is `undefined`) when only the name says so, in a part whose
 * type says so, and in autoinstall's `user-data`.
 * `network-config`: the network of NoCloud, by its name (https://docs.cloud-init.io/en/latest/reference/network-config.html).
 * `autoinstall`: what Ubuntu's installer reads from its medium, see `installer.ts`.
 * `other-dialect`: `#cloud-config` that another program reads: see `dialect`.
 * `unknown header`: a line that is meant to be `#cloud-config` but is misspelled, after a byte order mark, or below other
 * comments, so that cloud-init ignores the whole file; `header` is that line, and the YAML is read all the same.
 */
export type CloudInitForm =
  | 'cloud-config'
  | 'jinja cloud-config'
  | 'mime'
  | 'archive'
  | 'include'
  | 'boothook'
  | 'script'
  | 'part-handler'
  | 'cloud.cfg'
  | 'network-config'
  | 'autoinstall'
  /** Scripts that EC2Launch and Cloudbase-Init run on Windows, see `windows.ts`. */
  | 'windows scripts'
  | 'other-dialect'
  | 'unknown header';

/** Programs that read `#cloud-config` files with keys of their own. */
export type CloudInitDialect =
  | 'coreos'
  | 'kairos'
  | 'harvester'
  | 'rancheros'
  | 'k3os'
  | 'subiquity'
  | 'curtin'
  /** Only the name says user-data, and cloud-init knows none of the keys. */
  | 'unknown';

/**
 * `terraform`: `${…}` and `%{ … }`; `jinja`: `{{ }}`, `{% %}`, `{# #}`; `go`: `{{ }}` with Go's actions; `erb`: `<% %>`;
 * `ytt`: code in comments, `key: #@ value` (https://carvel.dev/ytt/docs/latest/lang/); `placeholders`: words that a script
 * replaces.
 */
export type TemplateLanguage = 'terraform' | 'jinja' | 'go' | 'erb' | 'ytt' | 'placeholders';

/** The other files of a document's directory. Each is looked for when it is asked for. */
export interface Surroundings {
  /** The names of the files; `undefined`: not known. */
  readonly names: readonly string[] | undefined;
  /** For vendor-data, the user-data that is given to the same machine; `undefined` where there is none. */
  readonly userData: CloudInitTree | undefined;
  /** The directory is a seed of NoCloud, and the file `meta-data`, without which it is none, is not there. */
  readonly lacksMetaData: boolean;
  /** The service that a template sends the file to as it is; `undefined` where none does for certain. */
  readonly launcher: Launcher | undefined;
  /** Whether a template uploads the file as `cloud.cfg`, or into `cloud.cfg.d`, under any name. */
  readonly isCloudCfg: boolean;
  /** How a template hands the file over, where that is not how it is read. */
  readonly misencoded: Misencoded | undefined;
  /** Files for other environments with nearly the same text, by their path from this one; those that come first by name. */
  readonly twins: readonly { readonly name: string }[];
}

/**
 * One document. Each part of a MIME message or an archive and autoinstall's `user-data` is such a tree too; it is the
 * `syntax` of a nested build, so that a rule meets every one of them without looking for it.
 */
export interface CloudInitTree {
  readonly form: CloudInitForm;
  /** The whole document, or the part. */
  readonly source: SourceText;
  /** The path it was read from; `undefined` for text without a place and for parts. */
  readonly path: string | undefined;
  /** What is beside the file; of a part, nothing is known. */
  readonly surroundings: Surroundings;
  /** The line that says what it is, without its newline; `undefined` when there is none (or none is needed). */
  readonly header: Span | undefined;
  /** What contains it. A part does not need a header of its own. */
  readonly within: 'mime' | 'archive' | 'autoinstall' | undefined;
  /** The account that the installer around it creates, by `identity`. */
  readonly installedUser?: string | undefined;
  /** The MIME type that it has as a part, lower case; `undefined` when it is none, or has none. */
  readonly type: string | undefined;
  /** Packer hands it to the machine that it builds an image from, see `isPackerSeed`: logins in it are for the build. */
  readonly seed: boolean;
  /** A script puts another file or a header in front of it, see `isJoined`. */
  readonly joined: boolean;
  /** The root node, of any kind; `undefined` for other forms, an empty document and one that is too big or deep. */
  readonly document: YamlNode | undefined;
  /** `document` when it is a map, in a map with the key `autoinstall` where the installer lets it be left out. Of `other-dialect` too: rules that know cloud-init's keys look at `form` first. */
  readonly root: YamlMap | undefined;
  readonly parts: readonly CloudInitPart[];
  /** The URLs of `#include`, one per line. */
  readonly includes: readonly SourceText[];
  /** The program of `script` and `boothook`, the Python of `part-handler`. */
  readonly script: SourceText | undefined;
  readonly dialect: CloudInitDialect | undefined;
  /** The template languages whose expressions were masked; empty for a file that is read unchanged. */
  readonly templated: readonly TemplateLanguage[];
  /** What cloud-init renders with Jinja before it reads it; `undefined` for a document without `## template: jinja`. */
  readonly jinja: JinjaTemplate | undefined;
  /** The map below `autoinstall:`; cloud-init leaves it to Ubuntu's installer. */
  readonly autoinstall: YamlMap | undefined;
  readonly comments: readonly Comment[];
  /** Where the text is not YAML, or not a MIME message, or more than is read. Parts have their own. */
  readonly problems: readonly Finding[];
}

/** A part of a MIME message, or an item of `#cloud-config-archive`. */
export interface CloudInitPart {
  /** The MIME type, lower case, as written or as its first line says; `undefined` when nothing says it. */
  readonly type: string | undefined;
  /** Where the type is written. */
  readonly typeSpan: Span | undefined;
  readonly filename: string | undefined;
  /** Its header `Merge-Type` or `X-Merge-Type`, see `merging.ts`. */
  readonly mergeType: string | undefined;
  readonly span: Span;
  /** The decoded content; `undefined` when its encoding cannot be read. */
  readonly content: SourceText | undefined;
  /** The content as a document of its own; `undefined` when it cannot be read, or parts are nested too deeply. */
  readonly tree: CloudInitTree | undefined;
}
