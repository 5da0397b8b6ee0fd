import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { makesImage, sourceUses } from '../../../languages/packer/images.ts';
import { isSet, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { pathNeeds } from '../../../languages/packer/sources/needs.ts';
import type {
  Evaluated,
  PackerBuild,
  PackerBuildSource,
  PackerModule,
  PackerTree,
} from '../../../languages/packer/tree.ts';
import { isVagrant } from '../../../languages/packer/vagrant.ts';
import { piecesOf } from './pieces.ts';

export default definePackerRule({
  id: 'output-name-fixed',
  summary: 'The name of an image does not change between builds',
  policies: ['G3'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  needs: pathNeeds(({ names }) => names),
  since: '2026.11',
  *check(file) {
    const date = file.kind === 'legacy-json' ? '{{timestamp}}' : 'formatdate("YYYYMMDDhhmm", timestamp())';
    const help = `Add a version, or \`${date}\``;
    const seen = new Set<string>();
    for (const { build, source } of sourceUses(file)) {
      const fixed = fixedName(source) ?? fixedFiles(source, build);
      if (!fixed) {
        const latest = latestByDefault(source);
        const same = latest ?? sameInEnvironment(source, file.module);
        if (!same || seen.has(placeOf(same.span))) continue;
        seen.add(placeOf(same.span));
        yield {
          message: latest ? 'Image name ends in `latest` by default' : 'Image name has no version or date',
          help,
          span: same.span,
          severity: 'info',
          preset: 'strict',
          fixes: [datedFix(same, file)],
        };
        continue;
      }
      const { span, text, value } = fixed;
      const place = placeOf(span);
      if (seen.has(place)) continue;
      seen.add(place);
      yield {
        message: source.type.startsWith('amazon-')
          ? `Fixed AMI name ${quoted(text)}: the next build ${replaces(source) ? 'replaces it' : 'fails'}`
          : `Image ${ALIASES.test(source.type) ? 'alias' : 'name'} ${quoted(text)} is the same in every build`,
        help,
        span,
        // There a name is that of an object, which a new build takes the place of.
        ...(PLATFORM_OBJECTS.test(source.type) || ALIASES.test(source.type) ? { severity: 'info' } : {}),
        // `reuse` moves the alias on purpose.
        ...((NAMES_REPEAT.test(source.type) || valuesAt(source, 'reuse').some(one => one.value.bool === true)) && {
          preset: 'strict',
        }),
        ...(LOCAL_FILES.test(source.type) && { severity: 'info', preset: 'strict' }),
        fixes: [datedFix(value, file)],
      };
    }
  },
});

function placeOf({ file, start }: Span): string {
  return `${start} ${file ?? ''}`;
}

/** Variables that differ by environment, place or product, and not from one build to the next. */
const LASTING =
  /^(?:(?:aws|gcp|azure|do)_)?(?:env|environment|stage|region|zone|location|project|product|app|application|service|role|team|org|organi[sz]ation|company|customer|prefix|os|os_name|distro|distribution|arch|architecture)(?:_(?:name|id|prefix))?$/i;

/** A name that is made of such variables only. */
function sameInEnvironment(source: PackerBuildSource, module: PackerModule): Evaluated | undefined {
  const { facts, type } = source;
  if (!facts || NAMED_LATER.test(type) || NAMES_REPEAT.test(type) || ALIASES.test(type) || !makesImage(source))
    return undefined;
  if (type.startsWith('azure-') && isSet(source, 'shared_image_gallery_destination')) return undefined;
  const names = facts.names.flatMap(path => valuesAt(source, path));
  const [first] = names;
  if (!first || names.length > 1) return undefined;
  const { byDefault: text } = first.value;
  const pieces = piecesOf(first.value, module, DEEPEST);
  if (!pieces || pieces.variables.length === 0 || !pieces.variables.every(name => LASTING.test(name))) return undefined;
  if (hasVersion(pieces.text) || /\{\{/.test(pieces.text) || !/[a-z]{2}/i.test(pieces.text)) return undefined;
  return typeof text === 'string' && hasVersion(text) ? undefined : first.value;
}

/** Locals and calls within each other. */
const DEEPEST = 6;

/** A name that says `latest` unless the caller gives a version. */
function latestByDefault(source: PackerBuildSource): Evaluated | undefined {
  const names = (source.facts?.names ?? []).flatMap(path => valuesAt(source, path));
  const [first] = names;
  const text = first?.value.byDefault;
  const isLatest = typeof text === 'string' && /(?:^|[-_.:])latest$/i.test(text);
  return isLatest && names.length === 1 && first?.value.literal === undefined ? first?.value : undefined;
}

/** Types whose name is that of a local machine, which gets its version when it is published. */
const NAMED_LATER = /^(?:lxc|tart-cli|veertu-anka)/;

/** Types whose name is an alias that moves to the image of the next build. */
const ALIASES = /^(?:lxd|incus)$/;

/** Platforms on which templates and snapshots are objects that are looked up by id or replaced. */
const PLATFORM_OBJECTS = /^(?:vsphere|proxmox|hcloud|nutanix|xenserver|ovirt|kubevirt|cloudstack)(?:-|$)/;

/** There the name is a description that many snapshots may have; labels and the date tell them apart. */
const NAMES_REPEAT = /^hcloud$/;

/** Builders that write files below `output_directory`, and fail where it exists: https://developer.hashicorp.com/packer/docs/commands/build#force */
const LOCAL_FILES = /^(?:qemu|virtualbox-(?:iso|ovf)|vmware-(?:iso|vmx)|hyperv-(?:iso|vmcx)|parallels-(?:iso|pvm))$/;
/** Post-processors that do not name or move what was built. */
const KEEPING = new Set(['manifest', 'checksum']);

/** The name of local files that do not differ from one build to the next, when they are the result. */
function fixedFiles(source: PackerBuildSource, build: PackerBuild | undefined) {
  if (!build || !LOCAL_FILES.test(source.type) || isVagrant(build)) return undefined;
  if (!build.postProcessors.flat().every(({ type }) => KEEPING.has(type ?? ''))) return undefined;
  if (valuesAt(source, 'skip_export').some(({ value }) => value.bool !== false)) return undefined;
  const names = ['vm_name', 'output_directory', 'output_filename'].flatMap(path => valuesAt(source, path));
  const first = names[0];
  if (!first || !names.every(({ value }) => isFixed(value))) return undefined;
  return { text: first.value.text!, value: first.value, span: first.value.span };
}

/** The name, when it cannot differ from one build to the next. */
function fixedName(source: PackerBuildSource): { text: string; value: Evaluated; span: Span } | undefined {
  const { facts, type } = source;
  if (!facts || NAMED_LATER.test(type) || !makesImage(source)) return undefined;
  // https://developer.hashicorp.com/packer/integrations/hashicorp/azure/latest/components/builder/arm: an id follows
  if (isSet(source, 'capture_name_prefix')) return undefined;
  // In a gallery a version distinguishes the builds.
  if (type.startsWith('azure-') && isSet(source, 'shared_image_gallery_destination')) return undefined;
  const names = facts.names.flatMap(path => valuesAt(source, path));
  const first = names[0];
  if (!first || !names.every(({ value }) => isFixed(value))) return undefined;
  return { text: first.value.text!, value: first.value, span: first.value.span };
}

/** Whether a build deletes the image that has its name. */
function replaces(source: PackerBuildSource): boolean {
  return (source.facts?.overwrites ?? []).some(
    name => source.attribute(name)?.value.assumingDefaults.bool !== false && isSet(source, name),
  );
}

function isFixed({ text }: Evaluated): boolean {
  return text !== undefined && text !== '' && !hasVersion(text);
}

/** The operating system in a name: its numbers are not a version of the image. */
const SYSTEM =
  /(?:ubuntu|debian|centos(?:-stream)?|rocky(?:-?linux)?|alma(?:linux)?|rhel|fedora|sles|suse|leap|oracle-?linux|ol|amzn|al|amazon-?linux|windows(?:-server)?|win|server|alpine|freebsd|photon)[-_.]?v?\d+(?:[._-]\d{1,2}){0,2}(?:[-_.]?(?:sp\d|r2|\dh2))?|(?:amd|arm|x|x86[-_])64|x86|qcow2|k3s|k8s|s3|ec2|ipv[46]|python3/gi;

function hasVersion(text: string): boolean {
  return text.length > 300 || /\d/.test(text.replace(SYSTEM, ''));
}

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/datetime/formatdate */
function datedFix({ written }: Evaluated, { kind }: PackerTree) {
  const { text } = written;
  const isJson = kind === 'legacy-json';
  if (!(isJson ? /^"?[\w.-]{1,200}"?$/ : /^"[^"\n]*"$/).test(text)) return undefined;
  const name = text.replace(/"$/, '').replace(EXTENSION, '');
  return fix('suggested', 'Add a timestamp to the name', written.insert(name.length, isJson ? '-{{timestamp}}' : DATE));
}

/** Of a disk, which stays at the end. */
const EXTENSION = /\.(?:qcow2|raw|img|vmdk|vdi|vhdx?|ova|ovf|box)$/;
// HCL's own interpolation.
const DATE = '-${formatdate("YYYYMMDDhhmm", timestamp())}';
