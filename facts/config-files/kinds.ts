/** What kind of configuration a file holds, by its path. Each pattern has the manual of its format. */

export type ConfigKind =
  | 'docker-daemon'
  | 'registries'
  | 'containers'
  | 'lxd'
  | 'registry-hosts'
  | 'kubernetes-registries'
  | 'unit'
  | 'quadlet'
  | 'cron'
  | 'compose'
  | 'pod'
  | 'chef'
  | 'gitlab-runner'
  | 'apt-conf'
  | 'curl'
  | 'wget'
  | 'git'
  | 'ldap'
  | 'sssd'
  | 'environment';

const KINDS: readonly (readonly [ConfigKind, RegExp])[] = [
  // https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file
  ['docker-daemon', /(?:^|\/)docker\/daemon\.json$/],
  // containers.conf(5)
  ['containers', /(?:^|\/)containers\/containers\.conf(?:\.d\/[^/]{1,100}\.conf)?$/],
  // https://documentation.ubuntu.com/lxd/latest/howto/initialize/, the file that `lxd.preseed` of cloud-init stands for
  ['lxd', /(?:^|\/)(?:lxd|incus)[\w./-]{0,40}preseed[\w.-]{0,20}\.ya?ml$|(?:^|\/)preseed\.(?:lxd|incus)\.ya?ml$/],
  // containers-registries.conf(5)
  ['registries', /(?:^|\/)containers\/registries\.conf(?:\.d\/[^/]{1,100}\.conf)?$/],
  // https://github.com/containerd/containerd/blob/main/docs/hosts.md
  ['registry-hosts', /\/certs\.d\/[^/]{1,100}\/hosts\.toml$|(?:^|\/)containerd\/[\w./-]{0,60}\.toml(?:\.tmpl)?$/],
  // https://docs.k3s.io/installation/private-registry
  ['kubernetes-registries', /(?:^|\/)rancher\/(?:k3s|rke2)\/registries\.yaml$/],
  // systemd.unit(5)
  ['unit', /(?:^|\/)[^/]{1,100}\.service$|\.service\.d\/[^/]{1,100}\.conf$/],
  // podman-systemd.unit(5)
  ['quadlet', /(?:^|\/)containers\/systemd\/[\w./-]{0,60}\.(?:container|image)$/],
  // crontab(5)
  ['cron', /(?:^|\/)cron\.d\/[^/]{1,100}$|(?:^|\/)etc\/crontab$|\/spool\/cron\//],
  // https://docs.docker.com/reference/compose-file/
  ['compose', /(?:^|\/)(?:docker-|podman-)?compose(?:\.[\w-]{1,40})?\.ya?ml$/i],
  // https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/, https://docs.k3s.io/installation/packaged-components
  ['pod', /(?:^|\/)manifests\/[\w./-]{0,60}\.(?:ya?ml|json)$/],
  // https://docs.chef.io/config_rb_client/
  ['chef', /(?:^|\/)chef\/(?:client\.d\/[^/]{1,100}|client|solo|knife)\.rb$/],
  // https://docs.gitlab.com/runner/configuration/advanced-configuration/
  ['gitlab-runner', /(?:^|\/)[.\w-]{0,40}gitlab-runner\/(?:config\/)?config\.toml$/],
  // apt.conf(5)
  ['apt-conf', /(?:^|\/)apt\/apt\.conf(?:\.d\/[^/]{1,100})?$/],
  // curl(1)
  ['curl', /(?:^|\/)[._]?curlrc$/],
  // https://www.gnu.org/software/wget/manual/html_node/Wgetrc-Commands.html
  ['wget', /(?:^|\/)\.?wgetrc$/],
  // ldap.conf(5)
  ['ldap', /(?:^|\/)(?:open)?ldap\/ldap\.conf$|(?:^|\/)\.?ldaprc$/],
  // sssd-ldap(5)
  ['sssd', /(?:^|\/)sssd\/(?:sssd\.conf|conf\.d\/[^/]{1,100}\.conf)$/],
  // git-config(1)
  ['git', /(?:^|\/)\.?gitconfig$|(?:^|\/)git\/config$/],
  // pam_env(8), environment.d(5), and files of variables that units and Compose read
  [
    'environment',
    /(?:^|\/)etc\/environment$|\/environment\.d\/[^/]{1,100}\.conf$|(?:^|\/)etc\/(?:default|sysconfig)\/[\w.-]{1,60}$|(?:^|\/)[\w.-]{0,40}\.env$|\/profile\.d\/[^/]{1,100}$/,
  ],
];

/** The kind of a file; Compose files and manifests may have another name and show what they are by a key. */
export function kindOfPath(path: string, text: string): ConfigKind | undefined {
  const plain = path.replace(/^["']|["']$/g, '');
  const known = KINDS.find(([, pattern]) => pattern.test(plain))?.[0];
  if (known) return known;
  if (!/\.ya?ml$/i.test(plain)) return undefined;
  // In pipelines of GitLab it is a list.
  if (/^services:[ \t]{0,20}(?:#[^\n]{0,500})?$(?!\s{0,40}- )/m.test(text)) return 'compose';
  // `podman kube play` takes them from anywhere.
  return /^kind:[ \t]{1,8}["']?(?:Pod|Deployment|DaemonSet|StatefulSet|ReplicaSet|Job|CronJob)\b/m.test(text)
    ? 'pod'
    : undefined;
}
