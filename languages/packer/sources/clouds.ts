/** Clouds with one builder each. */
import { loginFiles, logins, map, names, type SourceFacts, setting, sourceFacts } from './facts.ts';

const page = (owner: string, plugin: string, name = plugin): string =>
  `https://developer.hashicorp.com/packer/integrations/${owner}/${plugin}/latest/components/builder/${name}`;
const image = { produces: 'image', generalize: true } as const;

/** Names of distributions and of the clouds' own images; others are snapshots, or ids. */
const DISTRIBUTIONS =
  /^(?:alma(?:linux)?|alpine|arch(?:linux)?|centos(?:-stream)?|debian|docker(?:-ce)?|fedora|flatcar|freebsd|kali|opensuse|oracle(?:linux)?|rocky(?:linux)?|ubuntu)(?:[-_]|$)/i;
const imageBySlug = (slugs: RegExp): SourceFacts['bases'] => [
  { attribute: 'image', kind: 'cloud', floats: { when: 'slug', attribute: 'image', slugs } },
];

export const CLOUDS: readonly SourceFacts[] = [
  sourceFacts('hcloud', 'github.com/hetznercloud/hcloud', page('hetznercloud', 'hcloud'), {
    ...image,
    bases: [
      ...imageBySlug(DISTRIBUTIONS),
      {
        attribute: 'image_filter.with_selector',
        kind: 'cloud',
        floats: {
          when: 'filter',
          block: 'image_filter',
          newest: 'image_filter.most_recent',
          exact: [],
          owners: undefined,
        },
      },
    ],
    credentials: logins({ token: 'HCLOUD_TOKEN' }),
    names: ['snapshot_name'],
    labels: [map('snapshot_labels')],
    buildOnlyLabels: ['server_labels', 'ssh_keys_labels'],
  }),
  sourceFacts('digitalocean', 'github.com/digitalocean/digitalocean', page('digitalocean', 'digitalocean'), {
    ...image,
    bases: imageBySlug(DISTRIBUTIONS),
    credentials: logins({ api_token: 'DIGITALOCEAN_TOKEN' }),
    names: ['snapshot_name'],
    labels: [names('snapshot_tags')],
    buildOnlyLabels: ['tags'],
  }),
  sourceFacts('openstack', 'github.com/hashicorp/openstack', page('hashicorp', 'openstack'), {
    ...image,
    bases: [
      { attribute: 'source_image', kind: 'cloud' },
      { attribute: 'source_image_name', kind: 'cloud' },
      { attribute: 'external_source_image_url', kind: 'iso' },
      {
        attribute: 'source_image_filter.filters.name',
        kind: 'cloud',
        floats: {
          when: 'filter',
          block: 'source_image_filter',
          newest: 'source_image_filter.most_recent',
          exact: ['source_image_filter.filters.name'],
          owners: 'source_image_filter.filters.owner',
          // Every project can share images, and call them as it likes.
          anyones: ['source_image_filter.filters.visibility', /^(?:community|shared)$/],
        },
      },
    ],
    credentials: logins({
      password: 'OS_PASSWORD',
      token: 'OS_TOKEN',
      application_credential_secret: 'OS_APPLICATION_CREDENTIAL_SECRET',
    }),
    names: ['image_name'],
    labels: [map('metadata'), names('image_tags')],
    buildOnlyLabels: ['instance_metadata'],
    settings: [setting('image_visibility', 'public', ['public']), setting('insecure', 'tls', [true])],
  }),
  sourceFacts('oracle-oci', 'github.com/hashicorp/oracle', page('hashicorp', 'oracle', 'oci'), {
    ...image,
    bases: [
      { attribute: 'base_image_ocid', kind: 'cloud' },
      {
        attribute: 'base_image_filter.display_name',
        kind: 'cloud',
        release: ['base_image_filter.operating_system', 'base_image_filter.operating_system_version'],
        // The newest image that fits, always; a display name in full fits one.
        floats: {
          when: 'filter',
          block: 'base_image_filter',
          newest: 'always',
          exact: ['base_image_filter.display_name'],
          patterns: ['base_image_filter.display_name_search'],
          owners: undefined,
        },
      },
    ],
    credentials: [...logins({ pass_phrase: undefined, key: undefined }), ...loginFiles('key_file')],
    names: ['image_name'],
    labels: [map('tags')],
    buildOnlyLabels: ['instance_tags', 'instance_defined_tags_json'],
    osHints: ['base_image_filter.operating_system'],
  }),
  sourceFacts('linode', 'github.com/linode/linode', page('linode', 'linode'), {
    ...image,
    bases: imageBySlug(/^linode\//),
    credentials: [...logins({ linode_token: 'LINODE_TOKEN' }), { attribute: 'root_pass', use: 'account' }],
    names: ['image_label'],
    buildOnlyLabels: ['instance_tags'],
    descriptions: ['image_description'],
  }),
  sourceFacts('vultr', 'github.com/vultr/vultr', page('vultr', 'vultr'), {
    ...image,
    bases: [
      { attribute: 'snapshot_id', kind: 'cloud' },
      { attribute: 'image_id', kind: 'cloud' },
      { attribute: 'app_id', kind: 'cloud' },
      { attribute: 'os_id', kind: 'cloud' },
      { attribute: 'iso_url', kind: 'iso' },
    ],
    credentials: logins({ api_key: 'VULTR_API_KEY' }),
    names: ['snapshot_description'],
    buildOnlyLabels: ['tag', 'tags'],
  }),
  sourceFacts('yandex', 'github.com/hashicorp/yandex', page('hashicorp', 'yandex'), {
    ...image,
    bases: [
      { attribute: 'source_image_id', kind: 'cloud' },
      { attribute: 'source_image_name', kind: 'cloud' },
      { attribute: 'source_image_family', kind: 'cloud', floats: { when: 'always', reason: 'family' } },
    ],
    credentials: [...logins({ token: 'YC_TOKEN' }), ...loginFiles('service_account_key_file')],
    names: ['image_name'],
    labels: [map('image_labels')],
    buildOnlyLabels: ['labels'],
    descriptions: ['image_description'],
  }),
  sourceFacts('scaleway', 'github.com/scaleway/scaleway', page('scaleway', 'scaleway'), {
    ...image,
    bases: imageBySlug(DISTRIBUTIONS),
    credentials: logins({ access_key: 'SCW_ACCESS_KEY', secret_key: 'SCW_SECRET_KEY' }),
    names: ['image_name', 'snapshot_name'],
    labels: [names('tags')],
  }),
  sourceFacts('alicloud-ecs', 'github.com/hashicorp/alicloud', page('hashicorp', 'alicloud', 'alicloud-ecs'), {
    ...image,
    bases: [
      { attribute: 'source_image', kind: 'cloud' },
      { attribute: 'image_family', kind: 'cloud', floats: { when: 'always', reason: 'family' } },
    ],
    credentials: logins({
      access_key: 'ALICLOUD_ACCESS_KEY',
      secret_key: 'ALICLOUD_SECRET_KEY',
      security_token: undefined,
    }),
    names: ['image_name'],
    labels: [map('tags')],
    buildOnlyLabels: ['run_tags'],
    descriptions: ['image_description'],
    overwrites: ['image_force_delete', 'image_force_delete_snapshots'],
    settings: [
      setting('image_encrypted', 'encryption', [false], 'true'),
      setting('system_disk_mapping.disk_encrypted', 'encryption', [false], 'true'),
      setting('image_disk_mappings.disk_encrypted', 'encryption', [false], 'true'),
    ],
  }),
];
