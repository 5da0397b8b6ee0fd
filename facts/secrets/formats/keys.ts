/** Private keys and credentials whose shape is a standard, not a provider's. */

import { decodeBase64, decodePrintable } from '../base64.ts';
import { bech32Valid } from '../checksums.ts';
import { readsAsWords } from '../entropy.ts';
import { ASSIGN, B64, HEX, type SecretFormat, URL64 } from '../format.ts';
import { armouredEnd } from '../pem.ts';
import { isPlaceholder } from '../placeholders.ts';
import { isReference } from '../references.ts';

const pem = (id: string, name: string, label: string, docs: string): SecretFormat => ({
  id,
  name,
  anchors: [`-----BEGIN ${label}-----`],
  pattern: `-----BEGIN ${label}-----`,
  boundary: 'none',
  extend: armouredEnd,
  shape: 'private-key',
  docs,
});

const RFC7468 = 'https://www.rfc-editor.org/rfc/rfc7468';

/** Whether the header of a JSON Web Token decodes to JSON that names its algorithm, and not to "none". */
function hasAlgorithm(token: string): boolean {
  const header = decodePrintable(token.slice(0, token.indexOf('.')));
  if (header === undefined || !header.startsWith('{')) return false;
  const algorithm = /"alg"[ \t]{0,4}:[ \t]{0,4}"([A-Za-z0-9-]{1,40})"/.exec(header)?.[1];
  return algorithm !== undefined && algorithm.toLowerCase() !== 'none';
}

/** Whether base64 of a whole PEM file is that of a private key. */
const encodesPrivateKey = (text: string) =>
  /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY/.test(decodeBase64(text.slice(0, 120 - (120 % 4))) ?? '');

export const KEYS: readonly SecretFormat[] = [
  pem('private-key', 'a private key', 'PRIVATE KEY', RFC7468),
  pem('encrypted-private-key', 'an encrypted private key', 'ENCRYPTED PRIVATE KEY', RFC7468),
  pem('rsa-private-key', 'an RSA private key', 'RSA PRIVATE KEY', 'https://www.rfc-editor.org/rfc/rfc8017'),
  pem('ec-private-key', 'an EC private key', 'EC PRIVATE KEY', 'https://www.rfc-editor.org/rfc/rfc5915'),
  pem('dsa-private-key', 'a DSA private key', 'DSA PRIVATE KEY', 'https://docs.openssl.org/master/man1/openssl-dsa/'),
  pem('openssh-private-key', 'an OpenSSH private key', 'OPENSSH PRIVATE KEY', 'https://man.openbsd.org/ssh-keygen.1'),
  pem('ssh2-private-key', 'an SSH private key', 'SSH2 ENCRYPTED PRIVATE KEY', 'https://man.openbsd.org/ssh-keygen.1'),
  pem('pgp-private-key', 'a PGP private key', 'PGP PRIVATE KEY BLOCK', 'https://www.rfc-editor.org/rfc/rfc9580'),
  {
    id: 'openvpn-static-key',
    name: 'an OpenVPN static key',
    anchors: ['-----BEGIN OpenVPN Static key V1-----', '-----BEGIN OpenVPN tls-crypt-v2'],
    pattern: '-----BEGIN OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key)-----',
    boundary: 'none',
    extend: armouredEnd,
    shape: 'private-key',
    docs: 'https://openvpn.net/community-resources/reference-manual-for-openvpn-2-6/',
  },
  {
    id: 'putty-private-key',
    name: 'a PuTTY private key',
    anchors: ['Private-Lines:'],
    pattern: 'Private-Lines: [0-9]{1,3}',
    boundary: 'start',
    extend: armouredEnd,
    shape: 'private-key',
    docs: 'https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html',
  },
  {
    id: 'base64-private-key',
    name: 'a private key in base64',
    anchors: ['LS0tLS1CRUdJTi'],
    pattern: `LS0tLS1CRUdJTi${B64}{100,8000}={0,2}`,
    checksum: encodesPrivateKey,
    shape: 'private-key',
    docs: RFC7468,
  },
  {
    id: 'json-web-key',
    name: 'a private JSON Web Key',
    anchors: ['"kty"'],
    pattern: `"kty"[ ]{0,2}:[ ]{0,2}"(?:RSA|EC|OKP)"[^{}]{0,900}"d"[ ]{0,2}:[ ]{0,2}"(${URL64}{40,800})"`,
    boundary: 'none',
    docs: 'https://www.rfc-editor.org/rfc/rfc7517',
  },
  {
    id: 'age-secret-key',
    name: 'an age secret key',
    anchors: ['AGE-SECRET-KEY-1'],
    pattern: 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
    checksum: bech32Valid,
    docs: 'https://github.com/C2SP/C2SP/blob/main/age.md',
  },
  {
    id: 'json-web-token',
    name: 'a signed JSON Web Token',
    anchors: ['eyJ'],
    pattern: `eyJ${URL64}{10,1200}\\.eyJ${URL64}{10,4000}\\.${URL64}{20,1400}`,
    checksum: hasAlgorithm,
    rank: 0,
    docs: 'https://www.rfc-editor.org/rfc/rfc7519',
  },
  {
    id: 'url-credentials',
    name: 'credentials in a URL',
    anchors: ['://'],
    // The user may be empty (redis://:password@host). What follows the last @ must look like a host.
    pattern: `://[^\\s/?#:@'"\`<>{}()]{0,128}:([^\\s/?#'"\`<>\\\\]{1,256})@[A-Za-z0-9_$%[{]`,
    boundary: 'none',
    checksum: password => !isReference(password) && !isPlaceholder(password),
    rank: 0,
    shape: 'url-credentials',
    docs: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  },
  {
    id: 'url-user-token',
    name: 'a token in a URL',
    anchors: ['://'],
    // The key in a Sentry DSN is published with every web page that reports errors.
    pattern: '://([A-Za-z0-9_-]{20,255})@(?!o[0-9]{1,20}\\.ingest\\.|sentry\\.)[A-Za-z0-9]',
    boundary: 'none',
    checksum: user => /[0-9]/.test(user) && /[A-Za-z]/.test(user) && !readsAsWords(user),
    rank: 0,
    docs: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  },
  {
    id: 'connection-string-password',
    name: 'a password in a connection string',
    anchors: [';password=', ';pwd='],
    pattern: `;(?:[Pp]assword|PASSWORD|[Pp]wd|PWD)=([^\\s;"'\`<>{}$%]{6,128})(?=[;"'\\s]|$)`,
    boundary: 'none',
    checksum: password => !isReference(password) && !isPlaceholder(password),
    rank: 0,
    shape: 'url-credentials',
    docs: 'https://learn.microsoft.com/en-us/dotnet/framework/data/adonet/connection-string-syntax',
  },
  {
    id: 'wireguard-private-key',
    name: 'a WireGuard private key',
    anchors: ['PrivateKey', 'private_key', 'WG_PRIVATE_KEY', 'private-key'],
    pattern: `(?:[Pp]rivate_?-?[Kk]ey|PRIVATE_KEY)${ASSIGN}(${B64}{42}[AEIMQUYcgkosw048]=)`,
    boundary: 'none',
    docs: 'https://man7.org/linux/man-pages/man8/wg.8.html',
  },
  {
    id: 'wireguard-preshared-key',
    name: 'a WireGuard preshared key',
    anchors: ['PresharedKey', 'preshared_key', 'preshared-key'],
    pattern: `(?:[Pp]reshared_?-?[Kk]ey|PRESHARED_KEY)${ASSIGN}(${B64}{42}[AEIMQUYcgkosw048]=)`,
    boundary: 'none',
    docs: 'https://man7.org/linux/man-pages/man8/wg.8.html',
  },
  {
    id: 'secret-token-uri',
    name: 'a secret-token URI',
    anchors: ['secret-token:'],
    pattern: `secret-token:[A-Za-z0-9_.~%+/=-]{16,300}`,
    docs: 'https://www.rfc-editor.org/rfc/rfc8959',
  },
  {
    id: 'bip32-private-key',
    name: 'an extended private key',
    anchors: ['xprv9', 'xprvA', 'tprv8'],
    pattern: '(?:xprv[9A]|tprv8)[1-9A-HJ-NP-Za-km-z]{106}',
    docs: 'https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki',
  },
  {
    id: 'http-basic-authorization',
    name: 'HTTP basic credentials',
    anchors: ['Authorization: Basic ', 'Authorization:Basic '],
    pattern: `[Aa]uthorization:[ ]?[Bb]asic (${B64}{8,400}={0,2})`,
    checksum: credentials => {
      const [user, password] = decodePrintable(credentials)?.split(':', 2) ?? [];
      return !!user && !!password && !isReference(password) && !isPlaceholder(password);
    },
    rank: 0,
    docs: 'https://www.rfc-editor.org/rfc/rfc7617',
  },
  {
    id: 'netrc-password',
    name: 'a password in a netrc line',
    anchors: ['machine '],
    pattern: `machine [A-Za-z0-9._-]{1,253}[ \\t\\r\\n\\\\n]{1,8}login [^\\s"'\\\\]{1,128}[ \\t\\r\\n\\\\n]{1,8}password ([^\\s"'$\\\\<>{}()]{4,256})`,
    boundary: 'start',
    checksum: password => !isReference(password) && !isPlaceholder(password),
    rank: 0,
    shape: 'url-credentials',
    docs: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
  },
  {
    id: 'hex-private-key',
    name: 'an Ethereum private key',
    anchors: ['private_key', 'privatekey'],
    pattern: `(?:[Pp]rivate_?[Kk]ey|PRIVATE_KEY)${ASSIGN}(0x${HEX}{64})`,
    boundary: 'none',
    docs: 'https://ethereum.org/en/developers/docs/accounts/',
  },
];
