/** Google Compute Engine. https://developer.hashicorp.com/packer/integrations/hashicorp/googlecompute */
import { type FloatFacts, loginFiles, logins, map, type SourceFacts, setting, sourceFacts } from './facts.ts';

const PLUGIN = 'github.com/hashicorp/googlecompute';
const BASE = 'https://developer.hashicorp.com/packer/integrations/hashicorp/googlecompute/latest/components';

export const GOOGLE: readonly SourceFacts[] = [
  sourceFacts('googlecompute', PLUGIN, `${BASE}/builder/googlecompute`, {
    produces: 'image',
    generalize: true,
    bases: [
      { attribute: 'source_image', kind: 'cloud' },
      { attribute: 'source_image_family', kind: 'cloud', floats: { when: 'always', reason: 'family' } },
    ],
    credentials: [
      ...logins({
        credentials_json: 'GOOGLE_CREDENTIALS',
        access_token: 'GOOGLE_OAUTH_ACCESS_TOKEN',
        'disk_encryption_key.rawKey': undefined,
        'image_encryption_key.rawKey': undefined,
      }),
      ...loginFiles('account_file', 'credentials_file'),
    ],
    names: ['image_name'],
    labels: [map('image_labels')],
    // `tags` are network tags.
    buildOnlyLabels: ['labels', 'tags'],
    descriptions: ['image_description'],
    retirement: ['deprecate_at', 'obsolete_at', 'delete_at'],
    osHints: ['source_image_family', 'source_image', 'image_guest_os_features'],
    settings: [
      setting('omit_external_ip', 'network', [false], 'true', true),
      setting('enable_secure_boot', 'boot-integrity', [false], 'true'),
      setting('enable_vtpm', 'boot-integrity', [false], 'true'),
      setting('enable_integrity_monitoring', 'boot-integrity', [false], 'true'),
    ],
  }),
];

/** https://developer.hashicorp.com/packer/integrations/hashicorp/googlecompute/latest/components/data-source/image */
export const GOOGLE_DATA: Readonly<Record<string, FloatFacts>> = {
  'googlecompute-image': {
    when: 'filter',
    block: '',
    newest: 'most_recent',
    exact: [],
    owners: undefined,
  },
};
