/** Containers, local virtual machines of other kinds, and builders without a machine. */
import { logins, map, type SourceFacts, setting, sourceFacts } from './facts.ts';

const DOCKER = 'https://developer.hashicorp.com/packer/integrations/hashicorp/docker/latest/components/builder/docker';
const LXD = 'https://developer.hashicorp.com/packer/integrations/hashicorp/lxd/latest/components/builder/lxd';
const INCUS = 'https://developer.hashicorp.com/packer/integrations/bketelsen/incus';
const TART = 'https://developer.hashicorp.com/packer/integrations/cirruslabs/tart/latest/components/builder/tart';
const ANKA = 'https://developer.hashicorp.com/packer/integrations/veertuinc/veertu-anka';
const CORE = 'https://developer.hashicorp.com/packer/docs/builders';

/** `publish_properties = { description = … }` becomes the image's properties. */
const system = {
  produces: 'image',
  generalize: true,
  bases: [
    {
      attribute: 'image',
      kind: 'cloud',
      // Remotes of publishers; a name without a remote is an image of this computer.
      floats: {
        when: 'slug',
        attribute: 'image',
        slugs: /^(?:images|debian|ubuntu(?:-minimal)?):(?![0-9a-f]{12,64}$)/,
      },
    },
  ],
  names: ['output_image'],
  labels: [map('publish_properties')],
  descriptions: ['publish_properties.description'],
} as const;

export const CONTAINERS: readonly SourceFacts[] = [
  sourceFacts('docker', 'github.com/hashicorp/docker', DOCKER, {
    produces: 'container',
    generalize: false,
    bases: [{ attribute: 'image', kind: 'registry' }],
    credentials: logins({
      login_password: undefined,
      aws_access_key: 'AWS_ACCESS_KEY_ID',
      aws_secret_key: 'AWS_SECRET_ACCESS_KEY',
      aws_token: 'AWS_SESSION_TOKEN',
    }),
    descriptions: ['message'],
    settings: [setting('privileged', 'privileged', [true]), setting('cap_add', 'privileged', ['ALL', 'SYS_ADMIN'])],
  }),
  sourceFacts('podman', 'github.com/polpetta/podman', 'https://developer.hashicorp.com/packer/integrations', {
    produces: 'container',
    generalize: false,
    bases: [{ attribute: 'image', kind: 'registry' }],
    descriptions: ['message'],
  }),
  sourceFacts('lxd', 'github.com/hashicorp/lxd', LXD, system),
  sourceFacts('lxc', 'github.com/hashicorp/lxc', 'https://developer.hashicorp.com/packer/integrations/hashicorp/lxc', {
    produces: 'image',
    generalize: true,
    names: ['container_name', 'output_directory'],
  }),
  sourceFacts('incus', 'github.com/bketelsen/incus', INCUS, system),
  // macOS machines have no machine ID.
  sourceFacts('tart-cli', 'github.com/cirruslabs/tart', TART, {
    produces: 'image',
    generalize: false,
    bases: [
      { attribute: 'vm_base_name', kind: 'registry' },
      { attribute: 'from_ipsw', kind: 'iso' },
      { attribute: 'from_iso', kind: 'iso' },
    ],
    names: ['vm_name'],
  }),
  sourceFacts('veertu-anka-vm-clone', 'github.com/veertuinc/veertu-anka', ANKA, {
    produces: 'image',
    generalize: false,
    bases: [{ attribute: 'source_vm_name', kind: 'cloud' }],
    names: ['vm_name'],
  }),
  sourceFacts('null', 'github.com/hashicorp/packer', `${CORE}/null`, { produces: 'none', generalize: false }),
  sourceFacts('file', 'github.com/hashicorp/packer', `${CORE}/file`, { produces: 'none', generalize: false }),
];
