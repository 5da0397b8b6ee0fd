/** Tokens of the hosts of Git repositories. */

import { base62CrcAfterPrefix } from '../checksums.ts';
import { ALNUM, HEX, type SecretFormat, URL64 } from '../format.ts';

const GITHUB =
  'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github';
const GITLAB = 'https://docs.gitlab.com/security/tokens/';
const BITBUCKET = 'https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/';

const github = (id: string, name: string, prefix: string): SecretFormat => ({
  id,
  name,
  anchors: [prefix],
  pattern: `${prefix}${ALNUM}{36}`,
  checksum: base62CrcAfterPrefix,
  docs: GITHUB,
});

// GitLab's "routable" tokens are longer and end with `.`, a length and a check value.
const gitlab = (
  id: string,
  name: string,
  prefix: string,
  body = `${URL64}{20,300}(?:\\.[0-9a-z]{2}\\.?[0-9a-z]{7})?`,
): SecretFormat => ({
  id,
  name,
  anchors: [prefix],
  pattern: `${prefix}${body}`,
  docs: GITLAB,
});

export const GIT_HOSTS: readonly SecretFormat[] = [
  github('github-personal-access-token', 'a GitHub personal access token', 'ghp_'),
  github('github-oauth-token', 'a GitHub OAuth access token', 'gho_'),
  github('github-user-token', 'a GitHub App user token', 'ghu_'),
  github('github-installation-token', 'a GitHub App installation token', 'ghs_'),
  github('github-refresh-token', 'a GitHub App refresh token', 'ghr_'),
  {
    id: 'github-long-refresh-token',
    name: 'a GitHub App refresh token',
    anchors: ['ghr_'],
    pattern: `ghr_${ALNUM}{76}`,
    docs: 'https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
  },
  {
    id: 'github-stateless-installation-token',
    name: 'a GitHub App installation token',
    anchors: ['ghs_'],
    pattern: `ghs_[0-9]{1,12}_eyJ${URL64}{10,600}\\.eyJ${URL64}{10,1200}\\.${URL64}{40,700}`,
    docs: GITHUB,
  },
  {
    id: 'github-fine-grained-token',
    name: 'a fine-grained GitHub personal access token',
    anchors: ['github_pat_'],
    pattern: `github_pat_${ALNUM}{22}_${ALNUM}{59}`,
    docs: GITHUB,
  },
  gitlab('gitlab-personal-access-token', 'a GitLab access token', 'glpat-'),
  gitlab('gitlab-oauth-secret', 'a GitLab OAuth application secret', 'gloas-', `${URL64}{40,128}`),
  gitlab('gitlab-deploy-token', 'a GitLab deploy token', 'gldt-'),
  gitlab('gitlab-runner-token', 'a GitLab runner authentication token', 'glrt-'),
  gitlab('gitlab-runner-token-legacy', 'a GitLab runner authentication token', 'glrtr-'),
  gitlab('gitlab-ci-job-token', 'a GitLab CI/CD job token', 'glcbt-', `(?:[0-9a-f]{1,5}_)?${URL64}{20,300}`),
  gitlab('gitlab-trigger-token', 'a GitLab pipeline trigger token', 'glptt-'),
  gitlab('gitlab-feed-token', 'a GitLab feed token', 'glft-'),
  gitlab('gitlab-incoming-mail-token', 'a GitLab incoming mail token', 'glimt-'),
  gitlab('gitlab-agent-token', 'a GitLab agent for Kubernetes token', 'glagent-'),
  gitlab('gitlab-scim-token', 'a GitLab SCIM token', 'glsoat-'),
  gitlab('gitlab-feature-flag-token', 'a GitLab feature flags client token', 'glffct-'),
  gitlab('gitlab-workspace-token', 'a GitLab workspace token', 'glwt-'),
  gitlab('gitlab-runner-registration-token', 'a GitLab runner registration token', 'GR1348941', `${URL64}{20,40}`),
  {
    id: 'bitbucket-app-password',
    name: 'a Bitbucket app password',
    anchors: ['ATBB'],
    pattern: `ATBB${ALNUM}{24}[0-9A-F]{8}`,
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/',
  },
  {
    id: 'bitbucket-access-token',
    name: 'a Bitbucket access token',
    anchors: ['ATCTT3xFfGN0'],
    pattern: `ATCTT3xFfGN0[A-Za-z0-9_=-]{100,300}`,
    docs: BITBUCKET,
  },
  {
    id: 'atlassian-api-token',
    name: 'an Atlassian API token',
    anchors: ['ATATT3xFfGF0'],
    pattern: `ATATT3xFfGF0[A-Za-z0-9_=-]{100,300}`,
    docs: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
  },
  {
    id: 'atlassian-admin-key',
    name: 'an Atlassian organisation API key',
    anchors: ['ATCTT3xFfGF0'],
    pattern: `ATCTT3xFfGF0[A-Za-z0-9_=-]{100,300}`,
    docs: 'https://support.atlassian.com/organization-administration/docs/manage-an-organization-with-the-admin-apis/',
  },
  {
    id: 'azure-devops-token',
    name: 'an Azure DevOps personal access token',
    anchors: ['AZDO'],
    lead: [76],
    pattern: `${ALNUM}{76}AZDO${ALNUM}{4}`,
    docs: 'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
  },
  {
    id: 'azure-devops-token-legacy',
    name: 'an Azure DevOps personal access token',
    anchors: ['azure_devops_ext_pat', 'azp_token', 'vss_nuget_external_feed'],
    pattern: `(?:azure_devops_ext_pat|AZURE_DEVOPS_EXT_PAT|azp_token|AZP_TOKEN)["']?[ =:]{1,3}["']?([a-z2-7]{52})`,
    docs: 'https://learn.microsoft.com/en-us/azure/devops/cli/log-in-via-pat',
  },
  {
    id: 'gitea-token',
    name: 'a Gitea access token',
    anchors: ['gitea_token', 'forgejo_token', 'codeberg_token'],
    pattern: `(?:[Gg][Ii][Tt][Ee][Aa]|[Ff][Oo][Rr][Gg][Ee][Jj][Oo]|[Cc][Oo][Dd][Ee][Bb][Ee][Rr][Gg])_(?:token|TOKEN)["']?[ =:]{1,3}["']?(${HEX}{40})`,
    docs: 'https://docs.gitea.com/development/api-usage',
  },
  {
    id: 'sourcegraph-token',
    name: 'a Sourcegraph access token',
    anchors: ['sgp_'],
    pattern: `sgp_(?:(?:${HEX}{16}|local)_)?${HEX}{40}`,
    docs: 'https://sourcegraph.com/docs/cli/how-tos/creating-an-access-token',
  },
];
