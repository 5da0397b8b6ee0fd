/** Amazon EC2. https://developer.hashicorp.com/packer/integrations/hashicorp/amazon */
import { blocks, type FloatFacts, logins, map, type SourceFacts, setting, sourceFacts } from './facts.ts';

const PLUGIN = 'github.com/hashicorp/amazon';
const page = (name: string): string =>
  `https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/${name}`;

const common = {
  generalize: true,
  bases: [
    // An id given beside a filter is looked up within it: it pins the image.
    { attribute: 'source_ami', kind: 'cloud' },
    {
      attribute: 'source_ami_filter.filters.name',
      kind: 'cloud',
      floats: {
        when: 'filter',
        block: 'source_ami_filter',
        newest: 'source_ami_filter.most_recent',
        exact: ['source_ami_filter.filters.name', 'source_ami_filter.filters.image-id'],
        owners: 'source_ami_filter.owners',
      },
    },
  ],
  credentials: logins({
    access_key: 'AWS_ACCESS_KEY_ID',
    secret_key: 'AWS_SECRET_ACCESS_KEY',
    token: 'AWS_SESSION_TOKEN',
    mfa_code: undefined,
  }),
  names: ['ami_name'],
  // The image inherits the tags of the machine that it is made from.
  labels: [map('tags'), blocks('tag'), map('run_tags'), blocks('run_tag')],
  buildOnlyLabels: ['run_volume_tags', 'run_volume_tag', 'spot_tags', 'spot_tag', 'fleet_tags', 'fleet_tag'],
  descriptions: ['ami_description'],
  retirement: ['deprecate_at'],
  overwrites: ['force_deregister', 'force_delete_snapshot'],
  osHints: ['source_ami_filter.filters.platform'],
  settings: [
    setting('ami_groups', 'public', ['all']),
    setting('snapshot_groups', 'public', ['all']),
    setting('encrypt_boot', 'encryption', [false], 'true', true),
    setting('launch_block_device_mappings.encrypted', 'encryption', [false], 'true'),
    setting('ami_block_device_mappings.encrypted', 'encryption', [false], 'true'),
    setting('imds_support', 'metadata-service', [], '"v2.0"', true),
    setting('metadata_options.http_tokens', 'metadata-service', ['optional'], '"required"'),
    setting('temporary_security_group_source_cidrs', 'network', ['0.0.0.0/0', '::/0'], undefined, true),
    setting('insecure_skip_tls_verify', 'tls', [true]),
  ],
} as const satisfies Partial<SourceFacts>;

export const AMAZON: readonly SourceFacts[] = [
  sourceFacts('amazon-ebs', PLUGIN, page('ebs'), { ...common, produces: 'image' }),
  sourceFacts('amazon-ebssurrogate', PLUGIN, page('ebssurrogate'), {
    ...common,
    produces: 'image',
    // Only volumes of `launch_block_device_mappings` are kept, not the disk that the machine starts from.
    surrogate: true,
    generalize: false,
    bases: [],
  }),
  sourceFacts('amazon-instance', PLUGIN, page('instance'), {
    ...common,
    produces: 'image',
    credentials: [...common.credentials, { attribute: 'x509_key_path', use: 'build', path: true }],
  }),
  sourceFacts('amazon-chroot', PLUGIN, page('chroot'), {
    ...common,
    produces: 'image',
    // Nothing is started: the image is built in a mounted volume.
    labels: [map('tags'), blocks('tag')],
    buildOnlyLabels: ['root_volume_tags', 'root_volume_tag'],
    settings: common.settings.filter(({ concern }) => concern !== 'network'),
  }),
  sourceFacts('amazon-ebsvolume', PLUGIN, page('ebsvolume'), {
    ...common,
    produces: 'disk',
    generalize: false,
    names: [],
    labels: [],
    descriptions: [],
    retirement: [],
    overwrites: [],
    settings: common.settings.filter(({ concern }) => concern === 'network' || concern === 'tls'),
  }),
];

/** https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/data-source/ami */
export const AMAZON_DATA: Readonly<Record<string, FloatFacts>> = {
  'amazon-ami': {
    when: 'filter',
    block: '',
    newest: 'most_recent',
    exact: ['filters.name', 'filters.image-id'],
    owners: 'owners',
  },
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
  'amazon-parameterstore': {
    when: 'slug',
    attribute: 'name',
    slugs: /^\/aws\/service\/[^ ]{0,200}(?:latest|recommended|current)(?:[-/]|$)/,
    reason: 'parameter',
  },
};
