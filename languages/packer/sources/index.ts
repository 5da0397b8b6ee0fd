/** The table of source types, and the credentials that any block may have. */
import { AMAZON, AMAZON_DATA } from './amazon.ts';
import { AZURE } from './azure.ts';
import { CLOUDS } from './clouds.ts';
import { CONTAINERS } from './containers.ts';
import { type CredentialAttribute, type FloatFacts, loginFiles, logins, type SourceFacts } from './facts.ts';
import { GOOGLE, GOOGLE_DATA } from './google.ts';
import { HYPERVISORS } from './hypervisors.ts';
import { OTHER_CLOUDS } from './other-clouds.ts';

/** Every row. */
export const SOURCE_FACTS: readonly SourceFacts[] = [
  ...AMAZON,
  ...AZURE,
  ...GOOGLE,
  ...HYPERVISORS,
  ...CLOUDS,
  ...OTHER_CLOUDS,
  ...CONTAINERS,
];
const BY_TYPE: ReadonlyMap<string, SourceFacts> = new Map(SOURCE_FACTS.map(facts => [facts.type, facts]));
const DATA: ReadonlyMap<string, FloatFacts> = new Map(Object.entries({ ...AMAZON_DATA, ...GOOGLE_DATA }));

/** What is known about a type of source; `undefined` for one that is not in the table. */
export function factsOf(type: string): SourceFacts | undefined {
  return BY_TYPE.get(type);
}

/** When a data source that looks up an image may return a different one later; `undefined` for other data sources. */
export function dataFloats(type: string): FloatFacts | undefined {
  return DATA.get(type);
}

/** Attributes of every builder for its connection. https://developer.hashicorp.com/packer/docs/communicators/ssh and …/winrm */
export const COMMUNICATOR_CREDENTIALS: readonly CredentialAttribute[] = [
  ...logins({
    ssh_password: undefined,
    ssh_bastion_password: undefined,
    ssh_proxy_password: undefined,
    winrm_password: undefined,
  }),
  ...loginFiles(
    'ssh_private_key_file',
    'ssh_certificate_file',
    'ssh_bastion_private_key_file',
    'ssh_bastion_certificate_file',
  ),
];

/** What provisioners and post-processors log in with, under the names that they share. */
export const STEP_CREDENTIALS: readonly CredentialAttribute[] = logins({
  access_key: 'AWS_ACCESS_KEY_ID',
  access_token: undefined,
  api_token: undefined,
  aws_access_key: 'AWS_ACCESS_KEY_ID',
  aws_secret_key: 'AWS_SECRET_ACCESS_KEY',
  aws_token: 'AWS_SESSION_TOKEN',
  client_secret: 'ARM_CLIENT_SECRET',
  elevated_password: undefined,
  login_password: undefined,
  password: undefined,
  secret_key: 'AWS_SECRET_ACCESS_KEY',
  spaces_key: undefined,
  spaces_secret: undefined,
  token: undefined,
});
