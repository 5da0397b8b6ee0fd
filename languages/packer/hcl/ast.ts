/**
 * The syntax tree of an HCL2 file (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md).
 *
 * Every node is a plain object with `kind` and its half-open range of UTF-16 offsets in the parsed text. The tree is
 * never higher than 200 nested expressions plus 200 chained operators, so a consumer may walk it recursively.
 */

/** What every node has: its range in the parsed text. */
export interface HclNode {
  readonly start: number;
  readonly end: number;
}

/** A parsed file. `problems` is empty exactly when the Go parser would accept the text (up to our depth cap). */
export interface HclFile {
  readonly body: Body;
  /** In the order of the text. */
  readonly problems: readonly HclProblem[];
  /** In the order of the text; comments inside interpolations included. */
  readonly comments: readonly HclComment[];
}

/** Something that the Go parser would reject: the message and help of a finding. Neither repeats more of the text than plain names. */
export interface HclProblem extends HclNode {
  readonly message: string;
  readonly help: string | undefined;
  /** Where reading goes on: behind the line, or where what was never closed cannot go on. */
  readonly until: number;
  /** Whether it is about something that is never closed. */
  readonly unclosed: boolean;
}

/** A comment with its markers, without the line break after it. */
export interface HclComment extends HclNode {
  readonly kind: 'comment';
  readonly style: 'hash' | 'slashes' | 'block';
}

/** The items of a file or of a block, in order; its range is the text between the braces. */
export interface Body extends HclNode {
  readonly kind: 'body';
  readonly items: readonly (Attribute | Block)[];
  /** Written as a JSON object. */
  readonly json?: true;
}

/** An identifier as written. */
export interface Name extends HclNode {
  readonly kind: 'name';
  readonly text: string;
}

/** `name = value`. Of two attributes with one name in a body, both are kept and the second is a problem. */
export interface Attribute extends HclNode {
  readonly kind: 'attribute';
  readonly name: Name;
  readonly value: Expression;
}

/** `type "label" { … }`. */
export interface Block extends HclNode {
  readonly kind: 'block';
  readonly type: Name;
  readonly labels: readonly Label[];
  /** From the type to the last label. */
  readonly header: HclNode;
  readonly body: Body;
  /** The offset of `{`; undefined when it was not typed. */
  readonly openBrace: number | undefined;
  /** The offset of `}`; undefined when it was not typed. */
  readonly closeBrace: number | undefined;
}

/** A label of a block. A quoted label's range holds its quotes; `runs` says where its text was written. */
export interface Label extends HclNode {
  readonly kind: 'label';
  readonly quoted: boolean;
  readonly text: string;
  readonly runs: readonly TextRun[];
  /** A key of a JSON object. */
  readonly json?: true;
}

/**
 * A stretch of decoded text and the source it came from, in order. Verbatim runs map character by character; others
 * (an escape, a line break with the indentation that `<<-` removes after it) as a whole. `length` 0 is source that
 * decodes to nothing: the indentation of the first line, the whitespace that a `~` strips.
 */
export interface TextRun extends HclNode {
  readonly length: number;
  readonly verbatim: boolean;
}

export type Expression =
  | NumberLiteral
  | BoolLiteral
  | NullLiteral
  | Template
  | Tuple
  | HclObject
  | Variable
  | Traversal
  | Call
  | Conditional
  | ForExpression
  | Unary
  | Binary
  | Parentheses
  | Invalid;

/** `text` is the number as written; `value` the nearest double. */
export interface NumberLiteral extends HclNode {
  readonly kind: 'number';
  readonly text: string;
  readonly value: number;
}

export interface BoolLiteral extends HclNode {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface NullLiteral extends HclNode {
  readonly kind: 'null';
}

/** A quoted string or a heredoc. Its range holds the quotes, or everything from `<<` to the closing marker. */
export interface Template extends HclNode {
  readonly kind: 'template';
  /** Undefined for a quoted string. */
  readonly heredoc: HeredocFrame | undefined;
  /**
   * An empty string has no parts. A lone interpolation (`"${x}"`) passes its value on with its type; next to a literal
   * part, an empty one too, it becomes a string.
   */
  readonly parts: readonly TemplatePart[];
  /** The range between the delimiters; for a heredoc from the line after the opener to the closing marker's line. */
  readonly content: HclNode;
  /** False when the closing quote or marker is missing. */
  readonly closed: boolean;
  /** How it is written in a JSON file; undefined in HCL. */
  readonly json?: JsonHost;
}

/**
 * `template`: a string of JSON that is a template; `literal`: one in which `${` means nothing; `code`: a quoted string or
 * heredoc in the `${ … }` of a string.
 */
export type JsonHost = 'template' | 'literal' | 'code';

/** What surrounds a heredoc's content. */
export interface HeredocFrame {
  readonly marker: Name;
  /** `<<-`: the smallest indentation is removed from all non-blank lines. */
  readonly flush: boolean;
  /** The indentation that is removed from each line, and that a new line needs. Empty for `<<`. */
  readonly indent: string;
}

export type TemplatePart = TextPart | Interpolation | IfDirective | ForDirective;

/** A literal part: decoded text and the runs that make it up. */
export interface TextPart extends HclNode {
  readonly kind: 'text';
  readonly text: string;
  readonly runs: readonly TextRun[];
}

/** `${ … }`; the range holds the markers. `~` strips the whitespace of the neighboring literal. */
export interface Interpolation extends HclNode {
  readonly kind: 'interpolation';
  readonly expression: Expression;
  readonly stripBefore: boolean;
  readonly stripAfter: boolean;
}

/** One `%{ … }` marker of a directive. */
export interface DirectiveMarker extends HclNode {
  readonly stripBefore: boolean;
  readonly stripAfter: boolean;
}

/** `%{ if condition }…%{ else }…%{ endif }`. A marker that is missing is undefined. */
export interface IfDirective extends HclNode {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly whenTrue: readonly TemplatePart[];
  readonly whenFalse: readonly TemplatePart[] | undefined;
  readonly ifMarker: DirectiveMarker;
  readonly elseMarker: DirectiveMarker | undefined;
  readonly endMarker: DirectiveMarker | undefined;
}

/** `%{ for key, value in collection }…%{ endfor }`. */
export interface ForDirective extends HclNode {
  readonly kind: 'for-directive';
  readonly keyName: Name | undefined;
  readonly valueName: Name;
  readonly collection: Expression;
  readonly parts: readonly TemplatePart[];
  readonly forMarker: DirectiveMarker;
  readonly endMarker: DirectiveMarker | undefined;
}

/** `[a, b]`. `commas[i]` is the offset of the comma after `elements[i]`, undefined when there is none. */
export interface Tuple extends HclNode {
  readonly kind: 'tuple';
  readonly elements: readonly Expression[];
  readonly commas: readonly (number | undefined)[];
  /** The offset of `]`; undefined when it was not typed. */
  readonly close: number | undefined;
}

/** `{ key = value, … }`; items are separated by commas or line breaks. */
export interface HclObject extends HclNode {
  readonly kind: 'object';
  readonly items: readonly ObjectItem[];
  /** The offset of `}`; undefined when it was not typed. */
  readonly close: number | undefined;
  /** Written as a JSON object. */
  readonly json?: true;
}

/** A key that is a bare variable is its name; in parentheses it is an expression. */
export interface ObjectItem extends HclNode {
  readonly kind: 'object-item';
  readonly key: Expression;
  readonly separator: '=' | ':';
  readonly value: Expression;
  /** The offset of the comma after the value; undefined when there is none. */
  readonly comma: number | undefined;
}

/** The root name of a reference: `var`, `local`, `source`, the variable of a for-expression. */
export interface Variable extends HclNode {
  readonly kind: 'variable';
  readonly name: string;
}

/**
 * `source` followed by its steps. An attribute splat (`.*`) applies to the attribute and legacy steps directly after it, a
 * full splat (`[*]`) to everything after it.
 */
export interface Traversal extends HclNode {
  readonly kind: 'traversal';
  readonly source: Expression;
  readonly steps: readonly TraversalStep[];
}

export type TraversalStep = AttributeStep | IndexStep | LegacyIndexStep | AttributeSplat | FullSplat;

/** `.name`; the name is empty when only the dot was typed. */
export interface AttributeStep extends HclNode {
  readonly kind: 'attribute-step';
  readonly name: Name;
}

/** `[key]`. */
export interface IndexStep extends HclNode {
  readonly kind: 'index-step';
  readonly key: Expression;
}

/** `.0`. */
export interface LegacyIndexStep extends HclNode {
  readonly kind: 'legacy-index-step';
  readonly index: number;
}

/** `.*`. */
export interface AttributeSplat extends HclNode {
  readonly kind: 'attribute-splat';
}

/** `[*]`. */
export interface FullSplat extends HclNode {
  readonly kind: 'full-splat';
}

/** `name(a, b...)`. A namespaced name holds its `::`. */
export interface Call extends HclNode {
  readonly kind: 'call';
  readonly name: Name;
  readonly args: readonly Expression[];
  /** The last argument is followed by `...`. */
  readonly expand: boolean;
  /** The offset of `)`; undefined when it was not typed. */
  readonly close: number | undefined;
}

/** `condition ? whenTrue : whenFalse`. */
export interface Conditional extends HclNode {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/** `[for …]` (no key, no grouping) or `{for …}`. */
export interface ForExpression extends HclNode {
  readonly kind: 'for';
  readonly shape: 'tuple' | 'object';
  readonly keyName: Name | undefined;
  readonly valueName: Name;
  readonly collection: Expression;
  readonly key: Expression | undefined;
  readonly value: Expression;
  /** The value is followed by `...`: values of one key are gathered. */
  readonly group: boolean;
  readonly condition: Expression | undefined;
}

export interface Unary extends HclNode {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Binary extends HclNode {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Parentheses extends HclNode {
  readonly kind: 'parentheses';
  readonly expression: Expression;
}

/** Where an expression was expected and none could be read; often empty. Its value is unknown. */
export interface Invalid extends HclNode {
  readonly kind: 'invalid';
}
