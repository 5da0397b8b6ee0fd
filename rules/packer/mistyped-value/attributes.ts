import { type Finding, fix, type Severity } from '../../../core/finding.ts';
import { eitherOf } from '../../../core/quoted.ts';
import { conditionsOf, type KnownConditions } from '../../../languages/packer/components/conditions.ts';
import { misform } from '../../../languages/packer/components/forms.ts';
import { mayBeNewer } from '../../../languages/packer/components/resolve.ts';
import { ownAttributes } from '../../../languages/packer/components/table.ts';
import { type Mismatch, mismatchOf } from '../../../languages/packer/components/values.ts';
import { type BlockSchema, knownBlocks } from '../../../languages/packer/schema.ts';
import type { Evaluated, PackerAttribute, PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';

/** Attributes of components whose value the plugin refuses: the wrong type, a duration without a unit, a word that it does not know. */
export function* mistypedAttributes(tree: PackerTree): Iterable<Finding> {
  for (const { block, schema } of knownBlocks(tree)) {
    if (!schema.contents) {
      yield* mistypedOwn(block);
      continue;
    }
    for (const attribute of block.attributes) {
      const type = schema.own.get(attribute.name) ?? schema.contents.types.get(attribute.name);
      if (type?.kind !== 'value') continue;
      if (attribute.name === 'environment_vars' && schema.used?.builtIn) yield* nameless(attribute);
      const { literal } = attribute.value;
      const mismatch = literal === undefined ? undefined : mismatchOf(literal, type.type);
      if (mismatch) yield finding(attribute, type.type, mismatch);
      else if (schema.own.has(attribute.name) && attribute.name === 'override') yield* misformedOverride(attribute);
      else if (!schema.own.has(attribute.name)) {
        if (literal !== undefined) yield* unknownWord(attribute, literal, schema);
        yield* refused(attribute, conditionsOf(schema.contents), tree.module);
      }
    }
  }
}

/** Attributes of Packer's own blocks. A condition depends on the value that it tests. */
function* mistypedOwn({ attributes, type: block }: PackerBlock): Iterable<Finding> {
  const types = ownAttributes(block);
  for (const attribute of attributes) {
    const type = types.get(attribute.name);
    const { literal } = attribute.value;
    if (type?.kind !== 'value' || attribute.name === 'condition' || literal === undefined) continue;
    const mismatch = mismatchOf(literal, type.type);
    if (mismatch) yield finding(attribute, type.type, mismatch);
    else if (block === 'hcp_packer_registry') yield* refusedByRegistry(attribute);
  }
}

/** Names of buckets and the length of descriptions: https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/build/hcp_packer_registry */
function* refusedByRegistry({ name, value: { span, text } }: PackerAttribute): Iterable<Finding> {
  // An empty name is taken from the environment.
  if (name === 'bucket_name' && text && !/^[a-zA-Z0-9-]{3,36}$/.test(text))
    yield {
      message: '`bucket_name` must be 3 to 36 letters, digits and hyphens',
      help: 'Correct the name',
      span,
    };
  if (name === 'description' && text && text.length > LONGEST_DESCRIPTION)
    yield {
      message: `\`description\` is longer than ${LONGEST_DESCRIPTION} characters`,
      help: 'Shorten it',
      span,
    };
}

const LONGEST_DESCRIPTION = 255;

/** `override = { name = { … } }` */
function* misformedOverride({ value }: PackerAttribute): Iterable<Finding> {
  const isOther = ({ kind }: Evaluated): boolean => kind !== 'object' && kind !== 'unknown' && kind !== 'null';
  const wrong = [value, ...value.entries.map(entry => entry.value)].filter(isOther);
  for (const { span } of wrong)
    yield {
      message: '`override` must be an object of objects',
      help: 'Write `{ NAME = { … } }` with the name of a source',
      span,
    };
}

/** Packer's own steps take variables as `NAME=value`. */
function* nameless({ value }: PackerAttribute): Iterable<Finding> {
  for (const { raw, span } of value.items)
    if (raw !== undefined && raw.indexOf('=') <= 0)
      yield {
        message: 'Environment variable is not in the form `NAME=value`',
        help: /^[A-Za-z_]\w{0,30}$/.test(raw) ? `Write \`"${raw}=…"\`` : 'Write the name, `=` and the value',
        span,
      };
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  bool: '`true` or `false`',
  duration: 'a duration such as `"30s"`',
  'list(string)': 'a list of strings',
  'list(number)': 'a list of numbers',
  'list(list(string))': 'a list of lists of strings',
  'map(string)': 'a map of strings',
};

function finding({ hcl, name, value }: PackerAttribute, type: string, mismatch: Mismatch): Finding {
  const { span, written } = value;
  const replaced = (title: string, text: string) => {
    const edit = written.replace(0, written.text.length, text);
    return edit && fix('suggested', title, edit);
  };
  if (mismatch === 'unit')
    return {
      message: `Duration of \`${name}\` has no unit`,
      help: `Write \`"${value.text}s"\` for seconds`,
      span,
      fixes: [isWritten(hcl.value) ? replaced(`Change it to \`"${value.text}s"\``, `"${value.text}s"`) : undefined],
    };
  if (mismatch === 'duration')
    return { message: `Invalid duration of \`${name}\``, help: 'Write a duration such as `"90s"` or `"1h30m"`', span };
  const isLone = type === 'list(string)' && hcl.value.kind === 'template' && hcl.value.heredoc === undefined;
  return {
    message: `\`${name}\` must be ${NOUNS[type] ?? type}`,
    help: isLone ? 'Put the string in brackets' : `Write ${NOUNS[type] ?? 'a value of this type'}`,
    span,
    fixes: [isLone ? replaced('Put it in brackets', `[${written.text}]`) : undefined],
  };
}

function isWritten({ kind }: PackerAttribute['hcl']['value']): boolean {
  return kind === 'number' || kind === 'template';
}

/** A newer plugin than what is known may take more words. */
function* unknownWord(attribute: PackerAttribute, literal: unknown, schema: BlockSchema): Iterable<Finding> {
  const { contents } = schema;
  const allowed =
    contents && (contents.values.get(attribute.name) ?? conditionsOf(contents).values.get(attribute.name));
  if (!allowed) return;
  const words = typeof literal === 'string' ? [literal] : Array.isArray(literal) ? literal : [];
  const known = new Set(allowed.map(word => word.toLowerCase()));
  if (words.every(word => typeof word !== 'string' || word === '' || known.has(word.toLowerCase()))) return;
  const severity: Severity | undefined = schema.used && mayBeNewer(schema.used) ? 'warning' : undefined;
  const few = allowed.length <= 5 ? allowed : allowed.slice(0, 5);
  yield {
    message: `Invalid value of \`${attribute.name}\``,
    help: `Use ${eitherOf(few)}${few.length < allowed.length ? ', or another that is documented' : ''}`,
    span: attribute.value.span,
    ...(severity && { severity }),
  };
}

/** A number out of its range, or text of another form than the plugin reads. */
function* refused(
  { name, value }: PackerAttribute,
  { formats, ranges }: KnownConditions,
  module: PackerTree['module'],
): Iterable<Finding> {
  const range = ranges.get(name);
  const number = range && value.text ? Number(value.text) : 0;
  if (range && number !== 0 && (number < (range[0] ?? number) || number > (range[1] ?? number))) {
    const allowed = rangeNoun(range);
    yield { message: `\`${name}\` must be ${allowed}`, help: `Write a number ${allowed}`, span: value.span };
  }
  const format = formats.get(name);
  for (const one of format ? (value.kind === 'list' ? value.items : [value]) : []) {
    const how = misform(one, format!, module);
    if (how === 'form')
      yield { message: `\`${name}\` must be ${format!.is}`, help: 'Correct the value', span: one.span };
    if (how === 'time')
      yield {
        message: `\`${name}\` cannot contain the colons of a time`,
        help: 'Use `formatdate("YYYYMMDDhhmmss", timestamp())` or `{{timestamp}}`',
        span: one.span,
      };
  }
}

function rangeNoun([least, greatest]: readonly [number | null, number | null]): string {
  if (least === null) return `at most ${greatest}`;
  return greatest === null ? `at least ${least}` : `from ${least} to ${greatest}`;
}
