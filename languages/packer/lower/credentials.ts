/** Attributes that are credentials by their meaning. */
import type { CredentialStep } from '../../../core/build.ts';
import { valuesAt } from '../attributes.ts';
import type { Answer } from '../installer/installation.ts';
import type { CredentialAttribute } from '../sources/facts.ts';
import { COMMUNICATOR_CREDENTIALS, STEP_CREDENTIALS } from '../sources/index.ts';
import type { PackerBlock, PackerBuildSource } from '../tree.ts';

/** The credentials of a source and its communicator, those that are names of files left out. */
export function sourceCredentials(source: PackerBuildSource): readonly CredentialStep[] {
  const known = [...COMMUNICATOR_CREDENTIALS, ...(source.facts?.credentials ?? [])];
  return known.flatMap(credential => steps(credential, source, account(credential, source)));
}

/** The account that the builder logs in to with its password, where the files say it. */
function account({ attribute }: CredentialAttribute, source: PackerBuildSource): string | undefined {
  const user = LOGINS.get(attribute);
  const value = user === undefined ? undefined : source.attribute(user)?.value.byDefault;
  return typeof value === 'string' ? value : undefined;
}
const LOGINS: ReadonlyMap<string, string> = new Map([
  ['ssh_password', 'ssh_username'],
  ['winrm_password', 'winrm_username'],
]);

/** The credentials of a provisioner or post-processor. */
export function stepCredentials(block: PackerBlock): readonly CredentialStep[] {
  const account = block.attribute('elevated_user')?.value.asValue().literal;
  return STEP_CREDENTIALS.flatMap(credential => steps(credential, block, account));
}

function steps(
  { attribute, path, use }: CredentialAttribute,
  from: PackerBuildSource | PackerBlock,
  account?: string,
): CredentialStep[] {
  if (path) return [];
  return valuesAt(from, attribute).map(({ span, value }) => ({
    kind: 'credential',
    use,
    name: attribute,
    value: value.asValue(),
    span,
    ...(account !== undefined && { syntax: { account } satisfies Pick<Answer, 'account'> }),
  }));
}
