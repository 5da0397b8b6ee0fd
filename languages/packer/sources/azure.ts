/** Azure. https://developer.hashicorp.com/packer/integrations/hashicorp/azure */
import { blocks, loginFiles, logins, map, type SourceFacts, setting, sourceFacts } from './facts.ts';

const PLUGIN = 'github.com/hashicorp/azure';
const page = (name: string): string =>
  `https://developer.hashicorp.com/packer/integrations/hashicorp/azure/latest/components/builder/${name}`;

const credentials = [
  ...logins({
    client_secret: 'ARM_CLIENT_SECRET',
    client_cert_password: undefined,
    client_jwt: undefined,
    oidc_request_token: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  }),
  ...loginFiles('client_cert_path'),
];

export const AZURE: readonly SourceFacts[] = [
  sourceFacts('azure-arm', PLUGIN, page('arm'), {
    produces: 'image',
    generalize: true,
    bases: [
      { attribute: 'image_url', kind: 'cloud' },
      { attribute: 'custom_managed_image_name', kind: 'cloud' },
      {
        attribute: 'shared_image_gallery.image_name',
        kind: 'cloud',
        floats: { when: 'version', version: 'shared_image_gallery.image_version' },
      },
      { attribute: 'shared_image_gallery.community_gallery_image_id', kind: 'cloud' },
      { attribute: 'shared_image_gallery.direct_shared_gallery_image_id', kind: 'cloud' },
      // Left out, the version is `latest`.
      {
        attribute: 'image_sku',
        kind: 'cloud',
        offer: 'image_offer',
        floats: { when: 'version', version: 'image_version' },
      },
    ],
    credentials,
    names: [
      'managed_image_name',
      'shared_image_gallery_destination.image_version',
      'shared_image_gallery_destination.image_name',
      'capture_name_prefix',
    ],
    labels: [map('azure_tags'), blocks('azure_tag', 'name')],
    retirement: ['shared_gallery_image_version_end_of_life_date'],
    osHints: ['os_type', 'image_publisher', 'image_offer'],
    settings: [
      setting('allowed_inbound_ip_addresses', 'network', ['0.0.0.0/0', '*'], undefined, true),
      setting('private_virtual_network_with_public_ip', 'network', [true]),
      setting('secure_boot_enabled', 'boot-integrity', [false], 'true'),
      setting('vtpm_enabled', 'boot-integrity', [false], 'true'),
      setting('encryption_at_host', 'encryption', [false], 'true'),
    ],
  }),
  sourceFacts('azure-chroot', PLUGIN, page('chroot'), {
    produces: 'image',
    generalize: true,
    bases: [{ attribute: 'source', kind: 'cloud' }],
    credentials,
    names: ['image_resource_id', 'shared_image_destination.image_version'],
    labels: [],
  }),
];
