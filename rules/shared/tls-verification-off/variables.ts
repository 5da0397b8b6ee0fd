/** Environment variables that keep programs from verifying certificates, each with the page that says so. */
import type { Finding } from '../../../core/finding.ts';

export const HELP = 'Install `ca-certificates`, or add the certificate of your CA';

interface Switch {
  readonly off: RegExp;
  /** Whose checks are off. */
  readonly whom: string;
  /** The variable with the address of the server. */
  readonly address?: string;
}

const YES = /^(?:1|true|yes|on|t)$/i;
const NO = /^(?:0|false|no|off|f)$/i;
const ANY = /^./;

const VARIABLES: Readonly<Record<string, Switch>> = {
  // git looks whether it is set, not what it is: https://git-scm.com/docs/git#Documentation/git.txt-codeGITSSLNOVERIFYcode
  GIT_SSL_NO_VERIFY: { off: /^/, whom: 'Git' },
  NODE_TLS_REJECT_UNAUTHORIZED: { off: /^0$/, whom: 'Node.js' },
  PYTHONHTTPSVERIFY: { off: /^0$/, whom: 'Python' },
  // https://go.dev/ref/mod#environment-variables
  GOINSECURE: { off: ANY, whom: 'Go' },
  // https://developer.hashicorp.com/vault/docs/commands#configure-environment-variables and those of its siblings
  VAULT_SKIP_VERIFY: { off: YES, whom: 'Vault', address: 'VAULT_ADDR' },
  NOMAD_SKIP_VERIFY: { off: YES, whom: 'Nomad', address: 'NOMAD_ADDR' },
  CONSUL_HTTP_SSL_VERIFY: { off: NO, whom: 'Consul', address: 'CONSUL_HTTP_ADDR' },
  // https://bundler.io/man/bundle-config.1.html
  BUNDLE_SSL_VERIFY_MODE: { off: /^(?:0|none)$/i, whom: 'Bundler' },
  // https://docs.conda.io/projects/conda/en/stable/user-guide/configuration/settings.html
  CONDA_SSL_VERIFY: { off: NO, whom: 'conda' },
  // https://getcomposer.org/doc/03-cli.md#environment-variables
  COMPOSER_DISABLE_TLS: { off: YES, whom: 'Composer' },
  // https://hexdocs.pm/hex/Mix.Tasks.Hex.Config.html
  HEX_UNSAFE_HTTPS: { off: YES, whom: 'Hex' },
  // https://docs.ansible.com/ansible/latest/reference_appendices/config.html#galaxy-ignore-certs
  ANSIBLE_GALAXY_IGNORE: { off: YES, whom: '`ansible-galaxy`' },
  // ldap.conf(5)
  LDAPTLS_REQCERT: { off: /^(?:never|allow)$/i, whom: 'LDAP clients' },
  // https://metacpan.org/pod/LWP::UserAgent
  PERL_LWP_SSL_VERIFY_HOSTNAME: { off: /^0$/, whom: 'Perl' },
  // https://learn.microsoft.com/cli/azure/use-azure-cli-successfully-troubleshooting#work-behind-a-proxy
  AZURE_CLI_DISABLE_CONNECTION_VERIFICATION: { off: YES, whom: 'the Azure CLI' },
  ADAL_PYTHON_SSL_NO_VERIFY: { off: YES, whom: 'the Azure CLI' },
  // https://github.com/vmware/govmomi/blob/main/govc/README.md
  GOVC_INSECURE: { off: YES, whom: '`govc`', address: 'GOVC_URL' },
  VSPHERE_ALLOW_UNVERIFIED_SSL: { off: YES, whom: 'the vSphere provider' },
  // https://etcd.io/docs/latest/op-guide/configuration/
  ETCDCTL_INSECURE_SKIP_TLS_VERIFY: { off: YES, whom: '`etcdctl`', address: 'ETCDCTL_ENDPOINTS' },
  // https://www.elastic.co/docs/reference/fleet/agent-environment-variables
  FLEET_INSECURE: { off: YES, whom: 'Elastic Agent' },
  // https://min.io/docs/minio/linux/reference/minio-mc.html
  MC_INSECURE: { off: YES, whom: '`mc`' },
  // https://docs.datadoghq.com/agent/configuration/network/
  DD_SKIP_SSL_VALIDATION: { off: YES, whom: 'the Datadog Agent' },
};

/** Options of a JVM in its variables. https://maven.apache.org/wagon/wagon-providers/wagon-http/ */
const JVM =
  /^(?:MAVEN_OPTS|MAVEN_ARGS|MAVEN_CLI_OPTS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|JAVA_OPTS|SBT_OPTS|GRADLE_OPTS)$/;
export const JVM_INSECURE =
  /(?:^|[\s"'])-D(?:maven\.wagon\.http\.ssl\.(?:insecure|allowall)=true|aether\.connector\.https\.securityMode=insecure|jdk\.internal\.httpclient\.disableHostnameVerification(?:=true|(?=\s|$)))/;

/** Whether a variable of that value turns verification off. */
export function switchesOff(name: string, value: string | undefined): boolean {
  if (value === undefined) return false;
  if (JVM.test(name)) return JVM_INSECURE.test(value);
  return Object.hasOwn(VARIABLES, name) && VARIABLES[name]!.off.test(value);
}

/** The variable that has the address of the server that is meant. */
export function addressVariable(name: string): string | undefined {
  return Object.hasOwn(VARIABLES, name) ? VARIABLES[name]!.address : undefined;
}

export function described(name: string): Pick<Finding, 'message' | 'help'> {
  const whom = Object.hasOwn(VARIABLES, name) ? VARIABLES[name]!.whom : 'Java';
  return { message: `\`${name}\` turns off certificate checks in ${whom}`, help: HELP };
}
