/** How templates of Terraform hand a file to machines: as text or as Base64, and what is read there. */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import type { Span } from '../../core/text.ts';

/** Why the file does not reach cloud-init as it is. */
export interface Misencoded {
  /** The attribute that it is given to, `custom_data`. */
  readonly attribute: string;
  /**
   * `text`: Base64 is required, and it is text. `base64`: text is required, and it is Base64. `unsaid`: it is Base64, and the
   * attribute beside it that would say so is missing. `said`: that says another encoding.
   */
  readonly kind: 'text' | 'base64' | 'unsaid' | 'said';
  /** The attribute that says how it is encoded. */
  readonly beside: string | undefined;
  /** Whether it only fails at the machine: Terraform reports the others. */
  readonly silent: boolean;
  /** The attribute and its value in the template. */
  readonly place: Span;
}

/** Resources and attributes that take one of the two only. What a service decodes by itself is not here. */
const TAKES: readonly (readonly [resource: RegExp, attribute: RegExp, takes: 'text' | 'base64', silent: boolean])[] = [
  // https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_virtual_machine#custom_data-1
  [
    /^azurerm_(?:linux|windows|orchestrated)_virtual_machine(?:_scale_set)?$/,
    /^(?:custom|user)_data$/,
    'base64',
    false,
  ],
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#user_data-1
  [/^aws_launch_template$/, /^user_data$/, 'base64', false],
  [/^aws_(?:instance|spot_instance_request|launch_configuration)$/, /^user_data_base64$/, 'base64', false],
  // cloud-init does not decode these: cloudinit/sources/DataSourceDigitalOcean.py, and NoCloud.
  [/^digitalocean_droplet$/, /^user_data$/, 'text', true],
  [/^libvirt_cloudinit_disk$/, /^(?:user_data|meta_data|network_config)$/, 'text', true],
];

/** Attributes that say how others are encoded: cloudinit/sources/DataSourceGCE.py and DataSourceVMware.py. */
const SAYING: readonly (readonly [resource: RegExp, attribute: RegExp, beside: string])[] = [
  [/^google_compute_(?:instance|instance_template|region_instance_template)$/, /^user-data$/, 'user-data-encoding'],
  [/^vsphere_virtual_machine$/, /^guestinfo\.(?:userdata|vendordata|metadata)$/, '.encoding'],
];

/** `user_data = base64encode(file("${path.module}/web.yaml"))`: the attribute, the calls, and the file. */
const GIVEN =
  /^[ \t]{0,80}"?([\w.-]{1,60})"?[ \t]{0,60}[=:][ \t]{0,20}((?:(?:base64encode|base64gzip)\([ \t]{0,9}){0,3})(file|templatefile|filebase64)\([ \t]{0,9}"([^"\n]{1,300})"/gm;
const BLOCK = /^(?:resource[ \t]{1,20}"([\w-]{1,80})"|[a-z]{1,20}\b)[^\n]{0,200}\{[ \t]*$/gm;

const MOST_PARENTS = 2;
const MOST_FILES = 30;
/** Longer templates are not read. */
const LONGEST = 500_000;

/** Where templates in the directory of a file, or above, hand it over in an encoding that is not read. */
export function misencodedBy(path: string, files: Files): Misencoded | undefined {
  let folder = parentDirectory(path);
  for (let i = 0; i <= MOST_PARENTS; i++) {
    const names = (files.list(folder) ?? []).filter(name => /\.(?:tf|tofu)$/.test(name));
    for (const name of names.slice(0, MOST_FILES)) {
      const file = pathIn(folder, name);
      const text = files.read(file);
      if (typeof text !== 'string' || text.length > LONGEST) continue;
      const found = misencodedIn(text, nameOf(path));
      if (found) return { ...found, place: { ...found.place, file } };
    }
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') break;
    folder = parent;
  }
  return undefined;
}

function misencodedIn(text: string, name: string): Misencoded | undefined {
  if (!text.includes(name)) return undefined;
  for (const given of text.matchAll(GIVEN)) {
    const [, attribute = '', calls = '', reader = '', path = ''] = given;
    if (path !== name && !path.endsWith(`/${name}`)) continue;
    const block = blockAround(text, given.index);
    if (!block) continue;
    const place = { start: given.index + given[0].search(/\S/), end: given.index + given[0].length };
    const isGzip = calls.includes('base64gzip');
    const isEncoded = isGzip || calls.includes('base64encode') || reader === 'filebase64';
    for (const [resource, attributes, takes, silent] of TAKES)
      if (resource.test(block.resource) && attributes.test(attribute) && isEncoded !== (takes === 'base64'))
        return { attribute, kind: takes === 'base64' ? 'text' : 'base64', beside: undefined, silent, place };
    for (const [resource, attributes, other] of SAYING) {
      if (!resource.test(block.resource) || !attributes.test(attribute)) continue;
      const beside = other.startsWith('.') ? `${attribute}${other}` : other;
      const at = block.text.indexOf(beside);
      if (at < 0) {
        // Another map may be merged in.
        if (isEncoded && !/\bmerge\(/.test(block.text))
          return { attribute, kind: 'unsaid', beside, silent: true, place };
        continue;
      }
      const said = /^"?[ \t]{0,60}[=:][ \t]{0,20}"([\w+]{1,20})"/.exec(block.text.slice(at + beside.length))?.[1];
      const isWrong = /^(?:base64|b64)$/.test(said ?? '') && (!isEncoded || isGzip);
      // What is not compressed is taken as it is.
      if (isWrong || (/^(?:gzip\+base64|gz\+b64)$/.test(said ?? '') && !isEncoded))
        return { attribute, kind: 'said', beside, silent: true, place };
    }
  }
  return undefined;
}

/** The block at the margin around a place, if it is a resource. */
function blockAround(text: string, at: number): { readonly resource: string; readonly text: string } | undefined {
  let last: RegExpMatchArray | undefined;
  for (const block of text.matchAll(BLOCK)) {
    if (block.index! > at) break;
    last = block;
  }
  const resource = last?.[1];
  if (resource === undefined) return undefined;
  const end = text.indexOf('\n}', at);
  return { resource, text: text.slice(last!.index, end < 0 ? text.length : end) };
}
