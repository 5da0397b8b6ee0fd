/** Builders that install from an ISO or start from a disk or machine, on a local hypervisor or a private cloud. */
import {
  type BaseFacts,
  type CredentialAttribute,
  logins,
  type SettingFacts,
  type SourceFacts,
  setting,
  sourceFacts,
} from './facts.ts';

const page = (owner: string, plugin: string, name: string): string =>
  `https://developer.hashicorp.com/packer/integrations/${owner}/${plugin}/latest/components/builder/${name}`;

/** Attributes from the SDK that every builder with an ISO has: https://developer.hashicorp.com/packer/integrations/hashicorp/qemu */
const ISO: readonly BaseFacts[] = [
  { attribute: 'iso_url', kind: 'iso', checksum: 'iso_checksum' },
  { attribute: 'iso_urls', kind: 'iso', checksum: 'iso_checksum' },
];
const vnc = (attribute: string): SettingFacts => setting(attribute, 'console', ['0.0.0.0', '::'], '"127.0.0.1"');
const file = (attribute: string): BaseFacts => ({ attribute, kind: 'file' });
const disk = { produces: 'disk', generalize: true } as const;
const image = { produces: 'image', generalize: true } as const;

const QEMU = 'github.com/hashicorp/qemu';
const VIRTUALBOX = 'github.com/hashicorp/virtualbox';
const VMWARE = 'github.com/vmware/vmware';
const VSPHERE = 'github.com/vmware/vsphere';
const PROXMOX = 'github.com/hashicorp/proxmox';
const PARALLELS = 'github.com/Parallels/parallels';
const HYPERV = 'github.com/hashicorp/hyperv';
const UTM = 'github.com/naveenrajm7/utm';
const XENSERVER = 'github.com/vatesfr/xenserver';

const virtualbox = {
  ...disk,
  names: ['vm_name', 'output_directory'],
  osHints: ['guest_os_type'],
  settings: [vnc('vrdp_bind_address')],
} as const;
const vmware = {
  ...disk,
  names: ['vm_name', 'display_name', 'output_directory'],
  credentials: logins({ remote_password: undefined, vnc_password: undefined }),
  osHints: ['guest_os_type'],
  settings: [
    vnc('vnc_bind_address'),
    setting('vnc_disable_password', 'console', [true]),
    setting('insecure_connection', 'tls', [true]),
  ],
} as const;
const vsphereLogins: readonly CredentialAttribute[] = [
  ...logins({ password: 'VSPHERE_PASSWORD', 'customize.windows_options.admin_password': undefined }),
  { attribute: 'customize.windows_options.product_key', use: 'service' },
];
const vsphere = {
  ...image,
  credentials: vsphereLogins,
  names: ['vm_name', 'content_library_destination.name'],
  descriptions: ['notes', 'content_library_destination.description'],
  osHints: ['guest_os_type'],
  settings: [setting('insecure_connection', 'tls', [true])],
} as const;
const proxmox = {
  ...image,
  credentials: logins({ password: 'PROXMOX_PASSWORD', token: 'PROXMOX_TOKEN' }),
  names: ['template_name', 'vm_name'],
  labels: [{ attribute: 'tags', form: 'semicolons' }],
  descriptions: ['template_description'],
  osHints: ['os'],
  settings: [setting('insecure_skip_tls_verify', 'tls', [true])],
} as const;
const PROXMOX_ISO: readonly BaseFacts[] = [
  { attribute: 'boot_iso.iso_url', kind: 'iso', checksum: 'boot_iso.iso_checksum' },
  { attribute: 'boot_iso.iso_urls', kind: 'iso', checksum: 'boot_iso.iso_checksum' },
  ...ISO,
  file('boot_iso.iso_file'),
  file('iso_file'),
];
const parallels = { ...disk, names: ['vm_name', 'output_directory'], osHints: ['guest_os_type'] } as const;
const hyperv = {
  ...disk,
  names: ['vm_name', 'output_directory'],
  settings: [setting('enable_secure_boot', 'boot-integrity', [false], 'true')],
} as const;
const xenserver = {
  ...disk,
  credentials: logins({ remote_password: undefined }),
  names: ['vm_name'],
  descriptions: ['vm_description'],
} as const;

export const HYPERVISORS: readonly SourceFacts[] = [
  sourceFacts('qemu', QEMU, page('hashicorp', 'qemu', 'qemu'), {
    ...disk,
    bases: ISO,
    credentials: logins({ vnc_password: undefined }),
    names: ['vm_name', 'output_directory'],
    settings: [vnc('vnc_bind_address')],
  }),
  sourceFacts('virtualbox-iso', VIRTUALBOX, page('hashicorp', 'virtualbox', 'iso'), { ...virtualbox, bases: ISO }),
  sourceFacts('virtualbox-ovf', VIRTUALBOX, page('hashicorp', 'virtualbox', 'ovf'), {
    ...virtualbox,
    bases: [{ attribute: 'source_path', kind: 'iso', checksum: 'checksum' }],
  }),
  sourceFacts('virtualbox-vm', VIRTUALBOX, page('hashicorp', 'virtualbox', 'vm'), {
    ...virtualbox,
    bases: [file('vm_name')],
    names: ['target_snapshot', 'output_directory'],
  }),
  sourceFacts('vmware-iso', VMWARE, page('hashicorp', 'vmware', 'iso'), { ...vmware, bases: ISO }),
  sourceFacts('vmware-vmx', VMWARE, page('hashicorp', 'vmware', 'vmx'), { ...vmware, bases: [file('source_path')] }),
  sourceFacts('vsphere-iso', VSPHERE, page('hashicorp', 'vsphere', 'vsphere-iso'), {
    ...vsphere,
    // Files in a datastore have no checksum to be given.
    bases: [...ISO, file('iso_paths')],
  }),
  sourceFacts('vsphere-clone', VSPHERE, page('hashicorp', 'vsphere', 'vsphere-clone'), {
    ...vsphere,
    bases: [{ attribute: 'template', kind: 'cloud' }],
  }),
  sourceFacts('vsphere-supervisor', VSPHERE, page('hashicorp', 'vsphere', 'vsphere-supervisor'), {
    ...image,
    bases: [{ attribute: 'image_name', kind: 'cloud' }],
    names: ['publish_image_name'],
  }),
  // `proxmox` is the old name of `proxmox-iso`.
  ...['proxmox-iso', 'proxmox'].map(type =>
    sourceFacts(type, PROXMOX, page('hashicorp', 'proxmox', 'iso'), { ...proxmox, bases: PROXMOX_ISO }),
  ),
  sourceFacts('proxmox-clone', PROXMOX, page('hashicorp', 'proxmox', 'clone'), {
    ...proxmox,
    bases: [
      { attribute: 'clone_vm', kind: 'cloud' },
      { attribute: 'clone_vm_id', kind: 'cloud' },
    ],
  }),
  sourceFacts('parallels-iso', PARALLELS, page('Parallels', 'parallels', 'iso'), { ...parallels, bases: ISO }),
  sourceFacts('parallels-pvm', PARALLELS, page('Parallels', 'parallels', 'pvm'), {
    ...parallels,
    bases: [file('source_path')],
  }),
  sourceFacts('parallels-macvm', PARALLELS, page('Parallels', 'parallels', 'macvm'), {
    ...parallels,
    generalize: false,
    bases: [file('source_path')],
  }),
  sourceFacts('parallels-ipsw', PARALLELS, page('Parallels', 'parallels', 'ipsw'), {
    ...parallels,
    generalize: false,
    bases: [
      { attribute: 'ipsw_url', kind: 'iso', checksum: 'ipsw_checksum' },
      { attribute: 'ipsw_urls', kind: 'iso', checksum: 'ipsw_checksum' },
    ],
  }),
  sourceFacts('hyperv-iso', HYPERV, page('hashicorp', 'hyperv', 'iso'), { ...hyperv, bases: ISO }),
  sourceFacts('hyperv-vmcx', HYPERV, page('hashicorp', 'hyperv', 'vmcx'), {
    ...hyperv,
    bases: [file('clone_from_vmcx_path'), { attribute: 'clone_from_vm_name', kind: 'cloud' }],
  }),
  sourceFacts('utm-iso', UTM, page('naveenrajm7', 'utm', 'iso'), { ...disk, bases: ISO, names: ['vm_name'] }),
  sourceFacts('xenserver-iso', XENSERVER, page('vatesfr', 'xenserver', 'iso'), { ...xenserver, bases: ISO }),
  sourceFacts('xenserver-xva', XENSERVER, page('vatesfr', 'xenserver', 'xva'), {
    ...xenserver,
    bases: [file('source_path')],
  }),
];
