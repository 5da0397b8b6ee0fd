/** Keys of private networks, tunnels and clusters: with one of these a machine becomes a member. */

import { decodePrintable } from '../base64.ts';
import { base62CrcAfterPrefix } from '../checksums.ts';
import { ALNUM, ASSIGN, B64, HEX, keyed, type SecretFormat, token, URL64 } from '../format.ts';

const TAILSCALE = 'https://tailscale.com/kb/1277/key-prefixes';
const K3S = 'https://docs.k3s.io/cli/token';

const tailscale = (id: string, name: string, prefix: string): SecretFormat =>
  token(id, name, prefix, `${ALNUM}{8,24}(?:CNTRL)?-${ALNUM}{16,64}`, TAILSCALE);

export const VPN: readonly SecretFormat[] = [
  tailscale('tailscale-auth-key', 'a Tailscale auth key', 'tskey-auth-'),
  tailscale('tailscale-api-token', 'a Tailscale API access token', 'tskey-api-'),
  tailscale('tailscale-client-secret', 'a Tailscale OAuth client secret', 'tskey-client-'),
  tailscale('tailscale-scim-key', 'a Tailscale SCIM key', 'tskey-scim-'),
  tailscale('tailscale-webhook-secret', 'a Tailscale webhook secret', 'tskey-webhook-'),
  token('tailscale-private-key', 'a Tailscale private key', 'privkey:', `${HEX}{64}`, TAILSCALE),
  token('tailscale-lock-key', 'a Tailscale lock private key', 'nlpriv:', `${HEX}{64}`, TAILSCALE),
  keyed(
    'headscale-key',
    'a Headscale pre-auth key',
    ['HEADSCALE_AUTHKEY', 'TS_AUTHKEY', 'TS_AUTH_KEY'],
    `${HEX}{48}`,
    'https://headscale.net/stable/ref/registration/',
  ),
  token(
    'netbird-token',
    'a NetBird access token',
    'nbp_',
    `${ALNUM}{36}`,
    'https://docs.netbird.io/how-to/access-netbird-public-api',
    { checksum: base62CrcAfterPrefix },
  ),
  keyed(
    'netbird-setup-key',
    'a NetBird setup key',
    ['NB_SETUP_KEY'],
    '[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}',
    'https://docs.netbird.io/how-to/register-machines-using-setup-keys',
  ),
  keyed(
    'zerotier-token',
    'a ZeroTier API token',
    ['ZEROTIER_TOKEN', 'ZEROTIER_CENTRAL_TOKEN', 'ZT_TOKEN'],
    `${ALNUM}{32}`,
    'https://docs.zerotier.com/central/v1/',
  ),
  token(
    'cloudflare-tunnel-token',
    'a Cloudflare Tunnel token',
    'eyJhIjoi',
    `${B64}{120,300}={0,2}`,
    'https://developers.cloudflare.com/cloudflare-one/networks/connectors/cloudflare-tunnel/configure-tunnels/remote-tunnel-permissions/',
    {
      checksum: secret => /"t":"[^"]{8,80}","s":"/.test(decodePrintable(secret) ?? ''),
    },
  ),
  keyed(
    'ngrok-authtoken',
    'an ngrok authtoken',
    ['NGROK_AUTHTOKEN', 'NGROK_AUTH_TOKEN', 'AUTHTOKEN', 'ADD-AUTHTOKEN'],
    `[0-9]${ALNUM}{19,30}_[0-9A-Za-z]{20,24}`,
    'https://ngrok.com/docs/agent/#authtokens',
  ),
  keyed(
    'twingate-token',
    'a Twingate token',
    ['TWINGATE_ACCESS_TOKEN', 'TWINGATE_REFRESH_TOKEN'],
    '[A-Za-z0-9_.-]{80,1200}',
    'https://www.twingate.com/docs/connector-deployment',
  ),
  {
    id: 'kubernetes-bootstrap-token',
    name: 'a Kubernetes bootstrap token',
    anchors: ['--token', 'bootstrapToken', 'token:', 'token=', 'TOKEN='],
    pattern: `(?:--token|tlsBootstrapToken|[Bb]ootstrapToken|token|TOKEN)${ASSIGN}([a-z0-9]{6}\\.[a-z0-9]{16})(?![A-Za-z0-9_.])`,
    boundary: 'none',
    rank: 0,
    checksum: secret => /[0-9]/.test(secret) && /[a-z]/.test(secret),
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/',
  },
  keyed(
    'kubeadm-certificate-key',
    'a kubeadm certificate key',
    ['CERTIFICATE-KEY', 'CERTIFICATEKEY'],
    `${HEX}{64}`,
    'https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-init/',
  ),
  token('k3s-token', 'a K3s cluster token', 'K10', `${HEX}{64}::[a-z0-9:.]{1,40}[A-Za-z0-9]{8,128}`, K3S),
  keyed(
    'k3s-server-secret',
    'a K3s cluster token',
    ['K3S_TOKEN', 'K3S_AGENT_TOKEN', 'RKE2_TOKEN'],
    `${HEX}{32,64}`,
    K3S,
  ),
  token(
    'rancher-token',
    'a Rancher API token',
    'token-',
    `[a-z0-9]{5}:[a-z0-9]{54}`,
    'https://ranchermanager.docs.rancher.com/reference-guides/user-settings/api-keys',
  ),
  token(
    'openshift-token',
    'an OpenShift access token',
    'sha256~',
    `${URL64}{43}`,
    'https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html',
  ),
  keyed(
    'talos-secret',
    'a Talos machine token',
    ['TRUSTDINFO_TOKEN', 'TALOS_TOKEN'],
    '[a-z0-9]{6}\\.[a-z0-9]{16}',
    'https://docs.siderolabs.com/talos/latest/reference/configuration/v1alpha1/config',
  ),
  token('portainer-token', 'a Portainer access token', 'ptr_', `${B64}{43}=`, 'https://docs.portainer.io/api/access', {
    boundary: 'start',
  }),
  token(
    'kong-token',
    'a Konnect access token',
    ['kpat_', 'spat_'],
    `${ALNUM}{48,60}`,
    'https://developer.konghq.com/konnect-api/',
  ),
  keyed(
    'ubuntu-pro-token',
    'an Ubuntu Pro token',
    ['UBUNTU_PRO_TOKEN', 'PRO_TOKEN', 'PRO ATTACH', 'UA ATTACH', 'UA_TOKEN'],
    'C[1-9A-HJ-NP-Za-km-z]{22,31}',
    'https://documentation.ubuntu.com/pro-client/en/latest/howtoguides/how_to_attach/',
  ),
  keyed(
    'erlang-cookie',
    'an Erlang cookie',
    ['ERLANG_COOKIE', 'RABBITMQ_ERLANG_COOKIE'],
    '[A-Z]{20}',
    'https://www.rabbitmq.com/docs/clustering#erlang-cookie',
  ),
];
