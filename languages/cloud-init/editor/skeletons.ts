/** What completion writes for modules whose keys are all optional, and for lists whose items have a usual form. */

/** By the path of the key: what follows the colon, as a snippet. A test holds each against the schema and the rules. */
export const SKELETONS: Readonly<Record<string, string>> = {
  apt: `
  sources:
    \${1:docker}:
      source: deb [signed-by=\\$KEY_FILE] \${2:https://download.docker.com/linux/ubuntu} \\$RELEASE \${3:stable}
      keyid: $0`,
  chpasswd: `
  expire: \${1|true,false|}
  users:
    - name: \${2:admin}
      type: RANDOM`,
  disk_setup: `
  \${1:/dev/sdb}:
    table_type: \${2|gpt,mbr|}
    layout: \${3|true,false|}
    overwrite: false`,
  fs_setup: `
  - device: \${1:/dev/sdb1}
    filesystem: \${2|ext4,xfs,btrfs|}
    label: \${3:data}`,
  growpart: `
  mode: \${1|auto,growpart,gpart|}
  devices: [\${2:/}]`,
  mounts: `
  - [\${1:/dev/sdb1}, \${2:/data}, \${3:auto}, \${4:"defaults,nofail"}, "0", "2"]`,
  ntp: `
  enabled: true
  servers:
    - \${1:ntp.example.com}`,
  power_state: `
  mode: \${1|reboot,poweroff,halt|}
  timeout: \${2:30}
  condition: \${3|true,false|}`,
  snap: `
  commands:
    - \${1:snap install hello-world}`,
  swap: `
  filename: \${1:/swapfile}
  size: \${2:2G}
  maxsize: \${3:2G}`,
  users: `
  - default
  - name: \${1:admin}
    groups: \${2:sudo}
    shell: /bin/bash
    ssh_authorized_keys:
      - $0`,
  write_files: `
  - path: \${1:/etc/example.conf}
    permissions: "\${2:0644}"
    content: |
      $0`,
};

/** A whole document, for one that is empty; without its header where that is there. */
export const DOCUMENT = {
  label: 'cloud-config',
  detail: 'updates, an account with a key, a package and a command',
  header: '#cloud-config\n',
  snippet: `package_update: true
package_upgrade: true
packages:
  - \${1:nginx}
users:
  - default
  - name: \${2:admin}
    groups: sudo
    shell: /bin/bash
    ssh_authorized_keys:
      - \${3:ssh-ed25519 AAAA…}
runcmd:
  - [\${4:systemctl, enable, --now, nginx}]
$0`,
} as const;
