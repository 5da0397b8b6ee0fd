/** What is known of components, attributes and functions, in words. */
import { classifyName } from '../../../facts/secrets/names.ts';
import type { UsedComponent } from '../components/resolve.ts';
import { type AttributeType, words } from '../components/table.ts';
import { functionNamed } from '../functions.ts';
import type { BlockSchema } from '../schema.ts';
import type { PackerBlock } from '../tree.ts';
import { ownAttributeText } from './own-blocks.ts';

/** A type as an editor shows it: `list of string`, `block, repeatable`. */
export function shownType(type: AttributeType | undefined): string {
  if (!type) return 'any value';
  if (type.kind === 'value' && type.type === 'type') return 'type constraint';
  if (type.kind === 'block') return type.many ? 'block, repeatable' : 'block';
  return type.type.replace(/^(list|map)\((.*)\)$/, '$1 of $2').replace(/^any$/, 'any value');
}

/** The type of an attribute or block of a schema. */
export function typeIn({ contents, own }: BlockSchema, name: string): AttributeType | undefined {
  return contents?.types.get(name) ?? own.get(name);
}

/**
 * Whether a component cannot be used without an attribute, as far as its block alone shows it, in the words that follow its
 * type; empty where it can, or where another one is given in its place. The documentation of plugins
 * also calls keys and passwords required that come from the environment, where they belong: these are not put first.
 */
export function requirementOf(
  { attributes, blocks, used, nested }: BlockSchema,
  name: string,
  given: ReadonlySet<string>,
): string {
  if (!used || nested) return '';
  const { required, documentedRequired, requiredOneOf = [] } = used.component;
  if (words(required).includes(name)) return ', required';
  const row = requiredOneOf.map(words).find(names => names.includes(name));
  const isDocumented =
    words(documentedRequired).includes(name) && classifyName(name) === 'none' && !/(?:^|_)key$/.test(name);
  const instead = new Set([...(row ?? []), ...(isDocumented ? (INSTEAD[name] ?? []) : [])]);
  const others = [...instead].filter(other => other !== name && (attributes.has(other) || blocks.has(other)));
  if (others.some(other => given.has(other)) || !(row || isDocumented)) return '';
  return row && others.length > 0
    ? `, required without ${others.map(other => `\`${other}\``).join(' and ')}`
    : ', required';
}

const MEDIA = ['boot_iso', 'iso_file', 'iso_paths', 'iso_urls'];
const MARKETPLACE = ['custom_managed_image_name', 'image_url', 'shared_image_gallery'];
const OPENSTACK = ['external_source_image_url', 'source_image', 'source_image_filter', 'source_image_name'];

/** What may be given in the place of attributes that documentation calls required, where the data has no row of them. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  iso_url: MEDIA,
  iso_checksum: MEDIA.slice(0, 3),
  boot_iso: ['iso_file', 'iso_url', 'iso_urls'],
  image_publisher: MARKETPLACE,
  image_offer: MARKETPLACE,
  image_sku: MARKETPLACE,
  image_url: ['image_publisher', ...MARKETPLACE],
  custom_managed_image_name: ['image_publisher', ...MARKETPLACE],
  custom_managed_image_resource_group_name: ['image_publisher', 'image_url', 'shared_image_gallery'],
  source_ami: ['source_ami_filter', 'from_scratch'],
  ...Object.fromEntries(OPENSTACK.map(name => [name, OPENSTACK])),
  source_image_family: ['source_image_id', 'source_image_name'],
  source_machine_image: ['source_machine_image_filter'],
  source_path: ['global_id', 'iso_url'],
  global_id: ['source_path', 'iso_url'],
};

/** The attributes and blocks that a block has. */
export function givenIn(block: PackerBlock): ReadonlySet<string> {
  return new Set([...block.attributes.map(({ name }) => name), ...block.blocks().map(({ type }) => type)]);
}

/** The page of a component, or of its plugin where that is not known; of others than HashiCorp's the repository. */
export function pageOf(used: UsedComponent): string {
  const { plugin, builtIn, kind, key } = used;
  if (builtIn) {
    const name = key.slice(kind.length + 1);
    const folder = kind === 'data' ? 'datasources' : kind === 'source' ? 'builders' : `${kind}s`;
    return `https://developer.hashicorp.com/packer/docs/${folder}/${name}`;
  }
  const [owner = '', name = ''] = plugin.repository.split('/');
  if (owner !== 'hashicorp') return `https://github.com/${plugin.repository}`;
  const pages = `https://developer.hashicorp.com/packer/integrations/hashicorp/${name.replace(/^packer-plugin-/, '')}`;
  const page = nameOfPage(used);
  return page === undefined ? pages : `${pages}/latest/components/${FOLDERS[kind]}/${page}`;
}

const FOLDERS: Readonly<Record<UsedComponent['kind'], string>> = {
  source: 'builder',
  data: 'data-source',
  provisioner: 'provisioner',
  'post-processor': 'post-processor',
};

/** Plugins whose pages have the names of components, and those that leave the name of the plugin out: `.web-docs/components` of each. */
const WHOLE: ReadonlySet<string> = new Set(['ansible', 'docker', 'googlecompute', 'qemu', 'vagrant']);
const SHORT: ReadonlySet<string> = new Set(['amazon', 'azure', 'hyperv', 'proxmox', 'virtualbox']);

function nameOfPage({ plugin: { name }, kind, key }: UsedComponent): string | undefined {
  const component = key.slice(kind.length + 1);
  const isShort = SHORT.has(name) || (name === 'googlecompute' && kind === 'data');
  if (isShort) return component.startsWith(`${name}-`) ? component.slice(name.length + 1) : undefined;
  return WHOLE.has(name) ? component : undefined;
}

/** What an attribute is, as Markdown. */
export function attributeText(schema: BlockSchema, name: string, given: ReadonlySet<string>): string {
  const { contents, own, ownType, used } = schema;
  const notes = [`\`${name}\`: ${shownType(typeIn(schema, name))}${requirementOf(schema, name, given)}`];
  if (own.has(name) && !contents?.types.has(name)) return [...notes, ...ownAttributeText(ownType, name)].join('\n\n');
  const values = contents?.values.get(name);
  if (values) notes.push(`One of ${values.map(value => `\`${value}\``).join(', ')}.`);
  const successor = contents?.deprecated.get(name);
  if (successor !== undefined) notes.push(successor === '' ? 'Deprecated.' : `Deprecated; use \`${successor}\`.`);
  if (used) notes.push(`[\`${used.label}\`](${pageOf(used)}), version ${used.plugin.version} of the plugin`);
  return notes.join('\n\n');
}

/** `join(separator string, lists ...list(string)) string` and where its parameters are. */
export function signatureOf(
  name: string,
): { readonly label: string; readonly parameters: [number, number][] } | undefined {
  const facts = functionNamed(name);
  if (!facts) return undefined;
  const parts = [
    ...facts.params.map(([parameter, type]) => `${parameter} ${type}`),
    ...(facts.variadic ? [`${facts.variadic[0]} ...${facts.variadic[1]}`] : []),
  ];
  let label = `${name}(`;
  const parameters = parts.map((part, i): [number, number] => {
    if (i > 0) label += ', ';
    const start = label.length;
    label += part;
    return [start, label.length];
  });
  return { label: `${label}) ${facts.returns}`, parameters };
}

export const FUNCTIONS_PAGE = 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions';
