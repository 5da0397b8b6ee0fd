/** Which machine images configuration of Terraform and commands boot, by their names or patterns of them. */
import { UNKNOWN, withGaps } from '../../facts/built-images/variables.ts';
import type { NamedImage } from './model.ts';
import { firstOf } from './values.ts';

const MOST = 200;

/** `filter { name = "name" values = ["web-*"] }`, in any order, and in the maps of wrappers. */
const FILTER =
  /\bname"?[ \t]{0,40}[=:][ \t]{0,40}"name"[\s,]{1,200}values"?[ \t]{0,40}[=:][ \t]{0,40}\[\s{0,80}"([^"\n]{1,300})"/g;
const FILTER_BACKWARDS =
  /\bvalues"?[ \t]{0,40}[=:][ \t]{0,40}\[\s{0,80}"([^"\n]{1,300})"[\s,]{0,200}\][\s,]{1,200}name"?[ \t]{0,40}[=:][ \t]{0,40}"name"/g;
/** `name=web-*`, `Name=name,Values=web-*` of the command line of AWS. */
const OF_COMMAND = /\bName=name,Values=["']?([\w.*?/+-]{3,200})/g;
/** Attributes that name an image of Google, Azure, OpenStack, vSphere and others. */
const NAMED =
  /(?:^|[{,;])[ \t]{0,80}"?(?:image|image_name|source_image|family|image_family|template|template_name|clone|clone_vm|ami_name|name_regex|managed_image_name|gallery_image_name)"?[ \t]{0,40}[=:][ \t]{0,40}"([^"\n]{1,300})"/gm;
/** Data sources whose own `name` is that of an image. */
const DATA =
  /\bdata[ \t]{1,9}"(?:azurerm_image|azurerm_shared_image|azurerm_shared_image_version|digitalocean_image|openstack_images_image_v2|vsphere_virtual_machine|google_compute_image|linode_images|exoscale_template|scaleway_image|alicloud_images|oci_core_images)"[ \t]{1,9}"[^"\n]{1,100}"[ \t]{0,9}\{([^{}]{0,2000})/g;
const OWN_NAME =
  /(?:^|\n)[ \t]{0,80}(?:name|name_regex|image_name|display_name)[ \t]{0,40}=[ \t]{0,40}"([^"\n]{1,300})"/g;

/** The images that a configuration of Terraform looks up. Whether a template makes them decides what counts. */
export function bootsOfTerraform(text: string): readonly NamedImage[] {
  const found = [FILTER, FILTER_BACKWARDS, NAMED].flatMap(pattern => namedBy(pattern, text, 0));
  const inData = firstOf(text.matchAll(DATA), MOST).flatMap(({ 0: whole, 1: body = '', index }) =>
    namedBy(OWN_NAME, body, index + whole.length - body.length),
  );
  return [...found, ...inData].slice(0, MOST);
}

export const bootsOfCommands = (text: string): readonly NamedImage[] =>
  text.includes('Name=name') ? namedBy(OF_COMMAND, text, 0) : [];

function namedBy(pattern: RegExp, text: string, offset: number): readonly NamedImage[] {
  return firstOf(text.matchAll(pattern), MOST).flatMap(({ 0: whole, 1: written = '', index }) => {
    const start = offset + index + whole.lastIndexOf(written);
    const name = asPattern(written);
    return /[A-Za-z]{2}/.test(name)
      ? [{ name, certain: !name.includes(UNKNOWN), span: { start, end: start + written.length } }]
      : [];
  });
}

/** Of a regular expression what is known: `^web-.*` */
const asPattern = (written: string): string =>
  withGaps(written).replace(/^\^/, '').replace(/\$$/, '').replaceAll('.*', '*');
