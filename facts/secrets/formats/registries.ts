/** Tokens of package and image registries. */

import { base62CrcAfterPrefix } from '../checksums.ts';
import { ALNUM, ASSIGN, B64, HEX, keyed, type SecretFormat, token, URL64, UUID } from '../format.ts';
import { isPlaceholder } from '../placeholders.ts';

const PYPI = 'https://docs.pypi.org/api/secrets/';
const NPM = 'https://github.blog/security/announcing-npms-new-access-token-format/';

export const REGISTRIES: readonly SecretFormat[] = [
  token('npm-access-token', 'an npm access token', 'npm_', `${ALNUM}{36}`, NPM, { checksum: base62CrcAfterPrefix }),
  token(
    'npm-auth-token',
    'an npm registry token',
    ':_authToken',
    `${ASSIGN}(${UUID}|[A-Za-z0-9_./+=-]{20,400})`,
    'https://docs.npmjs.com/cli/configuring-npm/npmrc',
    {
      boundary: 'none',
      rank: 0,
      checksum: secret => !isPlaceholder(secret),
    },
  ),
  token(
    'npm-basic-auth',
    'npm registry credentials',
    [':_auth', ':_password'],
    `${ASSIGN}([A-Za-z0-9+/_-]{12,300}={0,2})`,
    'https://docs.npmjs.com/cli/configuring-npm/npmrc',
    {
      boundary: 'none',
      rank: 0,
      checksum: secret => !isPlaceholder(secret),
    },
  ),
  token('pypi-token', 'a PyPI API token', 'pypi-AgEIcHlwaS5vcmc', `${URL64}{50,1000}`, PYPI),
  token('pypi-test-token', 'a TestPyPI API token', 'pypi-AgENdGVzdC5weXBpLm9yZw', `${URL64}{50,1000}`, PYPI),
  token(
    'rubygems-api-key',
    'a RubyGems API key',
    'rubygems_',
    `${HEX}{48}`,
    'https://guides.rubygems.org/api-key-scopes/',
  ),
  token(
    'crates-io-token',
    'a crates.io API token',
    'cio',
    `${ALNUM}{32}`,
    'https://doc.rust-lang.org/cargo/reference/publishing.html',
  ),
  token(
    'nuget-api-key',
    'a NuGet API key',
    'oy2',
    '[a-z0-9]{43}',
    'https://learn.microsoft.com/en-us/nuget/nuget-org/scoped-api-keys',
  ),
  token(
    'docker-personal-token',
    'a Docker personal access token',
    'dckr_pat_',
    `${URL64}{27}`,
    'https://docs.docker.com/security/access-tokens/',
  ),
  token(
    'docker-organization-token',
    'a Docker organisation access token',
    'dckr_oat_',
    `${URL64}{27,32}`,
    'https://docs.docker.com/enterprise/security/access-tokens/',
  ),
  token(
    'docker-swarm-join-token',
    'a Docker Swarm join token',
    'SWMTKN-1-',
    '[a-z0-9]{50}-[a-z0-9]{25}',
    'https://docs.docker.com/reference/cli/docker/swarm/join-token/',
  ),
  token(
    'docker-swarm-unlock-key',
    'a Docker Swarm unlock key',
    'SWMKEY-1-',
    `${B64}{43}`,
    'https://docs.docker.com/engine/swarm/swarm_manager_locking/',
  ),
  {
    id: 'docker-config-auth',
    name: 'registry credentials in a Docker configuration',
    anchors: ['"auth"', '\\"auth\\"'],
    pattern: `\\\\?"auth\\\\?"[ \\t]{0,4}:[ \\t]{0,4}\\\\?"(${B64}{12,600}={0,2})\\\\?"`,
    boundary: 'none',
    rank: 0,
    checksum: secret => !isPlaceholder(secret),
    docs: 'https://docs.docker.com/reference/cli/docker/login/',
  },
  token(
    'clojars-token',
    'a Clojars deploy token',
    'CLOJARS_',
    `${HEX}{60}`,
    'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens',
  ),
  token(
    'packagist-token',
    'a Packagist token',
    ['packagist_uut_', 'packagist_out_', 'packagist_ort_', 'packagist_ork_', 'packagist_ors_'],
    `${HEX}{64,72}`,
    'https://packagist.com/docs/composer-authentication',
  ),
  token(
    'jfrog-api-key',
    'a JFrog API key',
    'AKCp',
    `${ALNUM}{69}`,
    'https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key',
  ),
  token(
    'jfrog-reference-token',
    'a JFrog reference token',
    'cmVmdGtu',
    `${ALNUM}{56}`,
    'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens',
  ),
  token('jsr-token', 'a JSR token', 'jsrp_', `${ALNUM}{32,48}`, 'https://jsr.io/docs/publishing-packages'),
  token(
    'deno-deploy-token',
    'a Deno Deploy token',
    ['ddp_', 'ddo_', 'ddw_'],
    `${ALNUM}{36}`,
    'https://docs.deno.com/deploy/classic/deployctl/',
  ),
  token(
    'openvsx-token',
    'an Open VSX access token',
    'ovsxat_',
    `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`,
    'https://github.com/eclipse/openvsx/wiki/Publishing-Extensions',
  ),
  keyed(
    'quay-robot-token',
    'a Quay robot token',
    ['QUAY_PASSWORD', 'QUAY_TOKEN', 'QUAY_ROBOT_TOKEN'],
    '[A-Z0-9]{64}',
    'https://docs.quay.io/glossary/robot-accounts.html',
  ),
  keyed(
    'cloudsmith-api-key',
    'a Cloudsmith API key',
    ['CLOUDSMITH_API_KEY', 'CLOUDSMITH_TOKEN'],
    `${HEX}{40}`,
    'https://help.cloudsmith.io/docs/api-key',
  ),
  keyed(
    'poetry-pypi-token',
    'a package index password',
    ['POETRY_PYPI_TOKEN_PYPI', 'TWINE_PASSWORD', 'UV_PUBLISH_TOKEN'],
    'pypi-[A-Za-z0-9_-]{20,1000}',
    PYPI,
  ),
];
