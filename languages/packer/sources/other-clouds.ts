/** Further clouds and platforms with one builder each. */
import { blocks, logins, map, names, type SourceFacts, setting, sourceFacts } from './facts.ts';

const page = (owner: string, plugin: string, name = plugin): string =>
  `https://developer.hashicorp.com/packer/integrations/${owner}/${plugin}/latest/components/builder/${name}`;
const image = { produces: 'image', generalize: true } as const;

const outscale = {
  ...image,
  bases: [
    { attribute: 'source_omi', kind: 'cloud' },
    {
      attribute: 'source_omi_filter.filters.image-name',
      kind: 'cloud',
      floats: {
        when: 'filter',
        block: 'source_omi_filter',
        newest: 'source_omi_filter.most_recent',
        exact: ['source_omi_filter.filters.image-name', 'source_omi_filter.filters.image-id'],
        owners: 'source_omi_filter.owners',
      },
    },
  ],
  credentials: logins({ access_key: 'OSC_ACCESS_KEY', secret_key: 'OSC_SECRET_KEY', token: undefined }),
  names: ['omi_name'],
  labels: [map('tags')],
  buildOnlyLabels: ['run_tags', 'run_volume_tags'],
  descriptions: ['omi_description'],
  overwrites: ['force_deregister', 'force_delete_snapshot'],
  settings: [setting('global_permission', 'public', [true]), setting('insecure_skip_tls_verify', 'tls', [true])],
} as const satisfies Partial<SourceFacts>;
const OUTSCALE = 'github.com/outscale/outscale';

export const OTHER_CLOUDS: readonly SourceFacts[] = [
  sourceFacts('nutanix', 'github.com/nutanix-cloud-native/nutanix', page('nutanix-cloud-native', 'nutanix'), {
    ...image,
    bases: [
      { attribute: 'vm_disks.source_image_uri', kind: 'iso', checksum: 'vm_disks.source_image_checksum' },
      { attribute: 'vm_disks.source_image_name', kind: 'cloud' },
      { attribute: 'vm_disks.source_image_uuid', kind: 'cloud' },
    ],
    credentials: logins({ nutanix_password: 'NUTANIX_PASSWORD' }),
    names: ['image_name'],
    labels: [blocks('image_categories')],
    buildOnlyLabels: ['vm_categories'],
    descriptions: ['image_description'],
    overwrites: ['force_deregister'],
    osHints: ['os_type'],
    settings: [setting('nutanix_insecure', 'tls', [true])],
  }),
  sourceFacts('cloudstack', 'github.com/hashicorp/cloudstack', page('hashicorp', 'cloudstack'), {
    ...image,
    bases: [
      { attribute: 'source_template', kind: 'cloud' },
      { attribute: 'source_iso', kind: 'cloud' },
    ],
    credentials: logins({ api_key: 'CLOUDSTACK_API_KEY', secret_key: 'CLOUDSTACK_SECRET_KEY' }),
    names: ['template_name'],
    descriptions: ['template_display_text'],
    osHints: ['template_os'],
    settings: [setting('template_public', 'public', [true]), setting('ssl_no_verify', 'tls', [true])],
  }),
  ...['outscale-bsu', 'outscale-bsusurrogate'].map(type =>
    sourceFacts(type, OUTSCALE, page('outscale', 'outscale', type.slice('outscale-'.length)), {
      ...outscale,
      ...(type === 'outscale-bsusurrogate' && { surrogate: true, generalize: false, bases: [] }),
    }),
  ),
  sourceFacts('tencentcloud-cvm', 'github.com/hashicorp/tencentcloud', page('hashicorp', 'tencentcloud', 'cvm'), {
    ...image,
    bases: [
      { attribute: 'source_image_id', kind: 'cloud' },
      { attribute: 'source_image_name', kind: 'cloud' },
    ],
    credentials: logins({
      secret_id: 'TENCENTCLOUD_SECRET_ID',
      secret_key: 'TENCENTCLOUD_SECRET_KEY',
      security_token: undefined,
    }),
    names: ['image_name'],
    labels: [map('image_tags')],
    buildOnlyLabels: ['run_tags', 'run_tag'],
    descriptions: ['image_description'],
  }),
  sourceFacts('huaweicloud-ecs', 'github.com/huaweicloud/huaweicloud', page('huaweicloud', 'huaweicloud', 'ecs'), {
    ...image,
    bases: [
      { attribute: 'source_image', kind: 'cloud' },
      { attribute: 'source_image_name', kind: 'cloud' },
      {
        attribute: 'source_image_filter.filters.name',
        kind: 'cloud',
        floats: {
          when: 'filter',
          block: 'source_image_filter',
          newest: 'source_image_filter.most_recent',
          exact: ['source_image_filter.filters.name'],
          owners: undefined,
        },
      },
    ],
    credentials: logins({ access_key: 'HW_ACCESS_KEY', secret_key: 'HW_SECRET_KEY', security_token: undefined }),
    names: ['image_name'],
    labels: [map('image_tags')],
    descriptions: ['image_description'],
    settings: [setting('insecure', 'tls', [true])],
  }),
  sourceFacts('ibmcloud-vpc', 'github.com/IBM/ibmcloud', page('IBM', 'ibmcloud', 'vpc'), {
    ...image,
    bases: [
      { attribute: 'vsi_base_image_id', kind: 'cloud' },
      { attribute: 'vsi_base_image_name', kind: 'cloud' },
    ],
    credentials: logins({ api_key: 'IC_API_KEY' }),
    names: ['image_name'],
    labels: [names('tags')],
  }),
  sourceFacts('exoscale', 'github.com/exoscale/exoscale', page('exoscale', 'exoscale'), {
    ...image,
    bases: [{ attribute: 'instance_template', kind: 'cloud' }],
    credentials: logins({ api_key: 'EXOSCALE_API_KEY', api_secret: 'EXOSCALE_API_SECRET' }),
    names: ['template_name', 'template_version', 'template_build'],
    descriptions: ['template_description', 'template_maintainer'],
  }),
  sourceFacts('upcloud', 'github.com/UpCloudLtd/upcloud', page('UpCloudLtd', 'upcloud'), {
    ...image,
    bases: [
      { attribute: 'storage_name', kind: 'cloud' },
      { attribute: 'storage_uuid', kind: 'cloud' },
    ],
    credentials: logins({ password: 'UPCLOUD_PASSWORD', token: 'UPCLOUD_TOKEN' }),
    names: ['template_name'],
  }),
  sourceFacts('ionoscloud', 'github.com/ionos-cloud/ionoscloud', page('ionos-cloud', 'ionoscloud'), {
    ...image,
    bases: [{ attribute: 'image', kind: 'cloud' }],
    credentials: logins({ password: 'IONOS_PASSWORD' }),
    names: ['snapshot_name'],
  }),
  sourceFacts('volcengine-ecs', 'github.com/volcengine/volcengine', page('volcengine', 'volcengine', 'ecs'), {
    ...image,
    bases: [{ attribute: 'source_image_id', kind: 'cloud' }],
    credentials: logins({ access_key: undefined, secret_key: undefined, session_key: undefined }),
    names: ['target_image_name'],
    settings: [setting('disable_ssl', 'tls', [true])],
  }),
  sourceFacts('oxide-instance', 'github.com/oxidecomputer/oxide', page('oxidecomputer', 'oxide', 'instance'), {
    ...image,
    bases: [{ attribute: 'boot_disk_image_id', kind: 'cloud' }],
    credentials: logins({ token: 'OXIDE_TOKEN' }),
    names: ['artifact_name', 'artifact_version'],
    descriptions: ['artifact_description'],
    settings: [setting('insecure_skip_verify', 'tls', [true])],
  }),
  // A box of a registry, by its name, without a version is the newest; `output-base/package.box` is a file.
  sourceFacts('vagrant', 'github.com/hashicorp/vagrant', page('hashicorp', 'vagrant'), {
    produces: 'disk',
    generalize: false,
    bases: [
      {
        attribute: 'source_path',
        kind: 'cloud',
        floats: {
          when: 'version',
          version: 'box_version',
          of: ['source_path', /^\w[\w.-]{0,79}\/\w[\w.-]{0,79}(?<!\.box)$/],
        },
      },
    ],
    settings: [setting('add_insecure', 'tls', [true])],
  }),
];
