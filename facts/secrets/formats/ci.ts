/** Tokens of build services, code quality, feature flags and secret managers. */

import { ALNUM, B64, HEX, keyed, type SecretFormat, token, URL64, UUID } from '../format.ts';

const BUILDKITE = 'https://buildkite.com/docs/platform/security/tokens';
const DOPPLER = 'https://docs.doppler.com/reference/auth-token-formats';
const SONAR = 'https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/';
const LAUNCHDARKLY = 'https://launchdarkly.com/docs/home/account/environment/keys';
const VAULT = 'https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes';

const doppler = (id: string, name: string, prefix: string): SecretFormat =>
  token(id, name, prefix, `${ALNUM}{40,44}`, DOPPLER);

export const CI: readonly SecretFormat[] = [
  token(
    'circleci-personal-token',
    'a CircleCI personal API token',
    'CCIPAT_',
    `${ALNUM}{22}_${HEX}{40}`,
    'https://circleci.com/docs/managing-api-tokens/',
  ),
  token(
    'circleci-project-token',
    'a CircleCI project API token',
    'CCIPRJ_',
    `${ALNUM}{22}_${HEX}{40}`,
    'https://circleci.com/docs/managing-api-tokens/',
  ),
  token('buildkite-api-token', 'a Buildkite API access token', 'bkua_', `${HEX}{40,60}`, BUILDKITE),
  token(
    'buildkite-agent-token',
    'a Buildkite agent token',
    ['bkct_', 'bkaa_', 'bkaj_'],
    '[A-Za-z0-9_.-]{40,600}',
    BUILDKITE,
  ),
  token('buildkite-package-token', 'a Buildkite package registry token', 'bkpt_', '[A-Za-z0-9_.-]{40,120}', BUILDKITE),
  token('sonarqube-token', 'a SonarQube token', ['sqp_', 'squ_', 'sqa_'], `${HEX}{40}`, SONAR),
  token(
    'snyk-token',
    'a Snyk access token',
    'snyk_uat.',
    `${HEX}{8}\\.${URL64}{20,200}(?:\\.${URL64}{20,400}){0,2}`,
    'https://docs.snyk.io/snyk-api/authentication-for-api',
  ),
  keyed(
    'snyk-token-legacy',
    'a Snyk API token',
    ['SNYK_TOKEN'],
    UUID,
    'https://docs.snyk.io/snyk-api/authentication-for-api',
  ),
  token(
    'postman-api-key',
    'a Postman API key',
    'PMAK-',
    `${HEX}{24}-${HEX}{34}`,
    'https://learning.postman.com/docs/developer/postman-api/authentication/',
  ),
  token(
    'readme-api-key',
    'a ReadMe API key',
    'rdme_',
    '[a-z0-9]{70}',
    'https://docs.readme.com/main/reference/intro/authentication',
  ),
  token(
    'octopus-api-key',
    'an Octopus Deploy API key',
    'API-',
    '[A-Z0-9]{26,32}',
    'https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key',
  ),
  token(
    'harness-token',
    'a Harness API key',
    ['pat.', 'sat.'],
    `${URL64}{22}\\.${HEX}{24}\\.${ALNUM}{20}`,
    'https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/',
  ),
  token(
    'launchdarkly-sdk-key',
    'a LaunchDarkly SDK key',
    'sdk-',
    `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`,
    LAUNCHDARKLY,
  ),
  token(
    'launchdarkly-api-key',
    'a LaunchDarkly access token',
    'api-',
    `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`,
    LAUNCHDARKLY,
  ),
  keyed(
    'jenkins-api-token',
    'a Jenkins API token',
    ['JENKINS_API_TOKEN', 'JENKINS_TOKEN'],
    `11${HEX}{32}`,
    'https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/',
  ),
  keyed(
    'travis-token',
    'a Travis CI token',
    ['TRAVIS_TOKEN', 'TRAVIS_API_TOKEN'],
    `${URL64}{22}`,
    'https://docs.travis-ci.com/user/triggering-builds/',
  ),
  keyed(
    'codecov-token',
    'a Codecov upload token',
    ['CODECOV_TOKEN'],
    UUID,
    'https://docs.codecov.com/docs/codecov-tokens',
  ),
  keyed(
    'coveralls-token',
    'a Coveralls repository token',
    ['COVERALLS_REPO_TOKEN'],
    `${ALNUM}{32,33}`,
    'https://docs.coveralls.io/api-introduction',
  ),
  doppler('doppler-personal-token', 'a Doppler personal token', 'dp.pt.'),
  doppler('doppler-cli-token', 'a Doppler CLI token', 'dp.ct.'),
  doppler('doppler-service-account-token', 'a Doppler service account token', 'dp.sa.'),
  doppler('doppler-scim-token', 'a Doppler SCIM token', 'dp.scim.'),
  doppler('doppler-audit-token', 'a Doppler audit token', 'dp.audit.'),
  token(
    'doppler-service-token',
    'a Doppler service token',
    'dp.st.',
    `(?:[a-z0-9_-]{2,35}\\.)?${ALNUM}{40,44}`,
    DOPPLER,
  ),
  token(
    'onepassword-service-token',
    'a 1Password service account token',
    'ops_eyJ',
    `${URL64}{200,2000}={0,2}`,
    'https://developer.1password.com/docs/service-accounts/security/',
  ),
  token(
    'onepassword-secret-key',
    'a 1Password secret key',
    'A3-',
    '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
    'https://support.1password.com/secret-key-security/',
  ),
  keyed(
    'bitwarden-access-token',
    'a Bitwarden Secrets Manager access token',
    ['BWS_ACCESS_TOKEN'],
    `0\\.${UUID}\\.${ALNUM}{30}:${B64}{22}==`,
    'https://bitwarden.com/help/access-tokens/',
  ),
  token(
    'infisical-service-token',
    'an Infisical service token',
    'st.',
    `${HEX}{24}\\.${HEX}{32}\\.${HEX}{32}`,
    'https://infisical.com/docs/documentation/platform/token',
  ),
  token('vault-service-token', 'a Vault token', 'hvs.', `${URL64}{24,200}`, VAULT),
  token('vault-batch-token', 'a Vault batch token', ['hvb.', 'hvr.'], `${URL64}{100,400}`, VAULT),
  keyed(
    'vault-legacy-token',
    'a Vault token',
    ['VAULT_TOKEN', 'VAULT_DEV_ROOT_TOKEN_ID'],
    `[sbr]\\.${ALNUM}{24}(?:\\.${ALNUM}{5})?`,
    VAULT,
  ),
  keyed(
    'consul-token',
    'a Consul ACL token',
    ['CONSUL_HTTP_TOKEN'],
    UUID,
    'https://developer.hashicorp.com/consul/docs/security/acl/tokens',
  ),
  keyed(
    'nomad-token',
    'a Nomad ACL token',
    ['NOMAD_TOKEN'],
    UUID,
    'https://developer.hashicorp.com/nomad/docs/concepts/acl',
  ),
  keyed(
    'hcp-client-secret',
    'an HCP client secret',
    ['HCP_CLIENT_SECRET'],
    `${URL64}{64}`,
    'https://developer.hashicorp.com/hcp/docs/hcp/iam/service-principal',
  ),
  token(
    'prefect-api-key',
    'a Prefect API key',
    ['pnu_', 'pnb_'],
    `${ALNUM}{36}`,
    'https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys',
  ),
  token(
    'trigger-dev-key',
    'a Trigger.dev secret key',
    ['tr_prod_', 'tr_stg_', 'tr_pat_'],
    `${ALNUM}{20,48}`,
    'https://trigger.dev/docs/apikeys',
  ),
  token(
    'inngest-signing-key',
    'an Inngest signing key',
    'signkey-prod-',
    `${HEX}{32,64}`,
    'https://www.inngest.com/docs/platform/signing-keys',
  ),
];
