/** Which machine images configuration of Terraform, Vagrant and Ansible and commands boot, by their names, patterns of them, or disks. */
import { UNKNOWN, withGaps } from '../../facts/built-images/variables.ts';
import { reference, referring } from './hcl-variables.ts';
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf, isShown } from './values.ts';

const MOST = 200;

/** `filter { name = "name" values = ["web-*"] }`, in any order, and in the maps of wrappers; `[var.name]`. */
const FILTER =
  /\bname"?[ \t]{0,40}[=:][ \t]{0,40}"name"[\s,]{1,200}values"?[ \t]{0,40}[=:][ \t]{0,40}\[\s{0,80}(?:"([^"\n]{1,300})"|((?:var|local)\.[\w-]{1,60})(?=[\s,\]]))/g;
const FILTER_BACKWARDS =
  /\bvalues"?[ \t]{0,40}[=:][ \t]{0,40}\[\s{0,80}(?:"([^"\n]{1,300})"|((?:var|local)\.[\w-]{1,60})(?=[\s,\]]))[\s,]{0,200}\][\s,]{1,200}name"?[ \t]{0,40}[=:][ \t]{0,40}"name"/g;
/** `name=web-*`, `Name=name,Values=web-*` of the command line of AWS. */
const OF_COMMAND = /\bName=name,Values=["']?([\w.*?/+-]{3,200})/g;
/** Attributes that name an image of Google, Azure, OpenStack, vSphere and others, also as arguments of modules. */
const NAMED =
  /(?:^|[{,;])[ \t]{0,80}"?(?:(?:\w{1,40}_)?(?:image|ami|template|snapshot)(?:_(?:name|filter|pattern|family|name_filter|name_regex|name_pattern|slug|label))?|name_regex|family|source_image|clone|clone_vm|box)"?[ \t]{0,40}[=:][ \t]{0,40}(?:"([^"\n]{1,300})"|((?:var|local)\.[\w-]{1,60})(?=[\s,};]|$))/gm;
/** Data sources whose own `name` is that of an image. */
const DATA =
  /\bdata[ \t]{1,9}"(?:\w{1,60}_)?(?:images?|image_v2|images_image_v2|shared_image_version|template|templates|snapshot|vsphere_virtual_machine|ami)"[ \t]{1,9}"[^"\n]{1,100}"[ \t]{0,9}\{((?:[^{}$]|\$(?!\{)|\$\{[^{}]{0,200}\}){0,2000})/g;
const OWN_NAME =
  /(?:^|\n)[ \t]{0,80}(?:name|name_regex|image_name|display_name|slug)[ \t]{0,40}=[ \t]{0,40}(?:"([^"\n]{1,300})"|((?:var|local)\.[\w-]{1,60})(?=[\s,};]|$))/g;
/** A file of a disk or a box, in quotes. */
const DISK = /"([^"\n]{1,200}\/[^"\n/]{1,100}\.(?:qcow2|img|raw|vmx|vmdk|ovf|ova|vhdx?|box))"/g;

/** The images that a configuration of Terraform looks up. Whether a template makes them decides what counts. `naming` has its variables. */
export function bootsOfTerraform(text: string, naming: Naming): readonly NamedImage[] {
  const found = [FILTER, FILTER_BACKWARDS, NAMED, DISK].flatMap(pattern => namedBy(pattern, text, 0, naming));
  const inData = firstOf(text.matchAll(DATA), MOST).flatMap(({ 0: whole, 1: body = '', index }) =>
    namedBy(OWN_NAME, body, index + whole.length - body.length, naming),
  );
  return eachOnce([...found, ...inData]).slice(0, MOST);
}

/** A disk or a box that a virtual machine is started with, or that is added to those that are there. */
const DISK_OF_COMMAND =
  /(?:\bqemu-system-\w{1,20}|\bvirt-install|\bVBoxManage[ \t]{1,9}import|\bvagrant[ \t]{1,9}box[ \t]{1,9}add|\bovftool|\bvirt-customize|\bkvm)\b(?:[^\n;|&\\]|\\\r?\n){0,1500}?(?:[ \t=,"'])([\w.$/{}@-]{1,200}\/[\w.$/{}@-]{1,100}\.(?:qcow2|img|raw|vmx|vmdk|ovf|ova|vhdx?|box))(?=[\s,"';]|$)/g;
/** `gcloud compute instances create --image-family web`, `az vm create --image web`, `openstack server create --image web`. */
const NAMED_BY_OPTION =
  /\b(?:gcloud[ \t]{1,9}(?:beta[ \t]{1,9})?compute[ \t]{1,9}(?:instances|instance-templates|disks)|az[ \t]{1,9}(?:vm|vmss)|openstack[ \t]{1,9}server|hcloud[ \t]{1,9}server|doctl[ \t]{1,9}compute[ \t]{1,9}droplet|linode-cli|nova)[ \t]{1,9}(?:create|boot)\b(?:[^\n;|&\\]|\\\r?\n){0,1500}?--image(?:-family)?(?:=|[ \t]{1,9})["']?([\w.$/{}-]{3,200})/g;
/** `config.vm.box = "web"`, `config.vm.box_url = "file://out/web.box"` */
const BOX = /^[^#\n]{0,80}\.vm\.box(?:_url)?[ \t]{0,9}=[ \t]{0,9}["'](?:file:\/\/)?([^"'\n#]{1,200})["']/gm;

export function bootsOfCommands(text: string, naming: Naming): readonly NamedImage[] {
  const found = text.includes('Name=name') ? namedBy(OF_COMMAND, text, 0, naming) : [];
  const patterns = [...(VIRTUAL.test(text) ? [DISK_OF_COMMAND, NAMED_BY_OPTION] : [])];
  return eachOnce([...found, ...patterns.flatMap(pattern => namedBy(pattern, text, 0, naming))]);
}
const VIRTUAL = /qemu-system|virt-|VBoxManage|vagrant|ovftool|kvm|gcloud|\baz\b|openstack|hcloud|doctl|linode|nova/;

/** https://developer.hashicorp.com/vagrant/docs/vagrantfile */
export const isVagrantfile = (path: string): boolean => /(?:^|\/)Vagrantfile[^/]{0,40}$/.test(path);
export const bootsOfVagrant = (text: string, naming: Naming): readonly NamedImage[] => namedBy(BOX, text, 0, naming);

function namedBy(pattern: RegExp, text: string, offset: number, naming: Naming): readonly NamedImage[] {
  return firstOf(text.matchAll(pattern), MOST, ({ index }) => !isShown(text, index)).flatMap(
    ({ 0: whole, 1: quoted, 2: bare, index }) => {
      const written = quoted ?? bare ?? '';
      const start = offset + index + whole.lastIndexOf(written);
      const plain = quoted === undefined ? (reference(written) ?? '') : referring(quoted);
      const name = asPattern(naming.filled(plain));
      return /[A-Za-z]{2}/.test(name)
        ? [
            {
              name,
              certain: !name.includes(UNKNOWN) && !plain.includes('${'),
              span: { start, end: start + written.length },
            },
          ]
        : [];
    },
  );
}

/** Of a regular expression what is known: `^web-.*` */
const asPattern = (written: string): string =>
  withGaps(written).replace(/^\^/, '').replace(/\$$/, '').replaceAll('.*', '*');

function eachOnce(names: readonly NamedImage[]): readonly NamedImage[] {
  const found = new Map(names.map(one => [`${one.span.start} ${one.name}`, one]));
  return [...found.values()];
}
