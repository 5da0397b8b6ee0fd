/**
 * systemctl(1), service(8), rc-service(8), rc-update(8), update-rc.d(8), chkconfig(8), initctl(8), and programs that set up the
 * system: ufw(8), iptables(8), nft(8), firewall-cmd(1), sysctl(8), setenforce(8), cron(8), visudo(8)
 */
import type { Program } from './grammar.ts';

const SYSTEMCTL: Program = {
  names: ['systemctl'],
  abbreviates: true,
  everywhere: `
    -t,--type=TYPE  --state=STATE  -p,--property=NAME  -P=NAME  -a,--all  -r,--recursive  --reverse  --after  --before
    --with-dependencies  -l,--full  --value  --show-types  --job-mode=MODE  -T,--show-transaction  --fail
    --check-inhibitors=MODE  -i  --dry-run  -q,--quiet  --no-block  --wait  --user  --system  --failed  --no-wall
    --global  --no-reload  --no-ask-password  --kill-whom,--kill-who=WHOM  -s,--signal=SIGNAL  --what=RESOURCES
    -f,--force  --message=TEXT  --now  --root=FOLDER  --image=FILE  --runtime  --preset-mode=MODE  -n,--lines=N
    -o,--output=MODE  --firmware-setup  --boot-loader-menu=TIMEOUT  --boot-loader-entry=ID  --reboot-argument=TEXT
    --plain  --timestamp=FORMAT  --mkdir  --marked  --read-only  --drop-in=NAME  --when=TIME  -H,--host=HOST
    -M,--machine=NAME  --no-pager  --no-legend  --legend=BOOL  -h,--help  --version
  `,
  subcommands: {},
};
const SERVICE: Program = {
  names: ['service'],
  stopsAtOperand: true,
  options: '--status-all  --full-restart  -h,--help  --version',
};
const RC_SERVICE: Program = {
  names: ['rc-service'],
  options: `
    -e,--exists  -r,--resolve  -l,--list  -d,--debug  -D,--nodeps  -Z,--dry-run  -i,--ifexists  -I,--ifinactive
    -N,--ifnotstarted  -s,--ifstarted  -S,--ifstopped  -c,--ifcrashed  -q,--quiet
  `,
};
const RC_UPDATE: Program = {
  names: ['rc-update'],
  options: '-a,--all  -s,--stack  -u,--update  -v,--verbose  -q,--quiet  -C,--nocolor',
};
const UPDATE_RC: Program = { names: ['update-rc.d'], options: '-f,--force  -n' };
const CHKCONFIG: Program = {
  names: ['chkconfig'],
  options: '--list  --add  --del  --override  --level,--levels=LEVELS  --type=TYPE  --no-redirect',
};
const INITCTL: Program = {
  names: ['initctl'],
  options: '--user  --session  --system  --dest=NAME  -n,--no-wait  -q,--quiet',
};

const UFW: Program = { names: ['ufw'], options: '--version  -h,--help  --dry-run  --force' };
const IPTABLES: Program = {
  names: ['iptables', 'ip6tables', 'iptables-legacy', 'iptables-nft'],
  abbreviates: true,
  options: `
    -t,--table=TABLE  -A,--append=CHAIN  -C,--check=CHAIN  -D,--delete=CHAIN  -I,--insert=CHAIN  -R,--replace=CHAIN
    -L,--list  -S,--list-rules  -F,--flush  -Z,--zero  -N,--new-chain=CHAIN  -X,--delete-chain  -P,--policy=CHAIN
    -E,--rename-chain=CHAIN  -h  -4,--ipv4  -6,--ipv6  -p,--protocol,--proto=PROTOCOL  -s,--source,--src=ADDRESS
    -d,--destination,--dst=ADDRESS  -m,--match=MATCH  -j,--jump=TARGET  -g,--goto=CHAIN  -i,--in-interface=NAME
    -o,--out-interface=NAME  -f,--fragment  -c,--set-counters=N  -v,--verbose  -V,--version  -w,--wait=[N]
    -n,--numeric  -x,--exact  --line-numbers  --modprobe=COMMAND  --dport,--destination-port=PORT
    --sport,--source-port=PORT  --dports=PORTS  --state=STATES  --ctstate=STATES  --to-destination=ADDRESS
    --to-source=ADDRESS  --to-ports=PORTS  --icmp-type=TYPE  --limit=RATE  --limit-burst=N  --comment=TEXT
    --reject-with=TYPE
  `,
};
const NFT: Program = {
  names: ['nft'],
  stopsAtOperand: true,
  options: `
    -h,--help  -v,--version  -V  -f,--file=FILE  -D,--define=PAIR  -i,--interactive  -I,--includepath=FOLDER
    -c,--check  -o,--optimize  -a,--handle  -s,--stateless  -t,--terse  -S,--service  -N,--reversedns  -u,--guid
    -n,--numeric  -y,--numeric-priority  -p,--numeric-protocol  -T,--numeric-time  -e,--echo  -j,--json
    -d,--debug=LEVEL
  `,
};
const FIREWALL_CMD: Program = {
  names: ['firewall-cmd', 'firewall-offline-cmd'],
  abbreviates: true,
  options: `
    -h,--help  -V,--version  -q,--quiet  --state  --reload  --complete-reload  --runtime-to-permanent  --permanent
    --zone=ZONE  --policy=POLICY  --timeout=TIME  --set-default-zone=ZONE  --set-log-denied=VALUE  --set-target=TARGET
    --add-service=SERVICE  --add-port=PORT  --add-source-port=PORT  --add-protocol=PROTOCOL  --add-masquerade
    --add-forward-port=SPEC  --add-rich-rule=RULE  --add-source=SOURCE  --add-interface=INTERFACE
    --add-icmp-block=TYPE  --add-icmp-block-inversion  --add-forward  --add-rule=RULE  --add-chain=CHAIN
    --add-module=MODULE  --add-entry=ENTRY  --add-passthrough=RULE  --add-lockdown-whitelist-command=COMMAND
    --add-lockdown-whitelist-context=CONTEXT  --add-lockdown-whitelist-uid=UID  --add-lockdown-whitelist-user=USER
    --remove-service=SERVICE  --remove-port=PORT  --remove-source=SOURCE  --remove-rich-rule=RULE
    --remove-interface=INTERFACE  --query-service=SERVICE  --query-port=PORT  --direct  --panic-on  --panic-off
  `,
};
const SYSCTL: Program = {
  names: ['sysctl'],
  abbreviates: true,
  options: `
    -n,--values  -e,--ignore  -N,--names  -q,--quiet  -w,--write  -p,--load[=FILE]  -a,-A,-X,--all  --deprecated
    --dry-run  -b,--binary  --system  -r,--pattern=PATTERN  -d  -f  -o  -x  -h,--help  -V,--version
  `,
};
const SETENFORCE: Program = { names: ['setenforce'] };
/** BusyBox and cronie share these letters. */
const CRON: Program = {
  names: ['cron', 'crond', 'anacron'],
  options:
    '-b  -c=FOLDER  -d=LEVEL  -f  -h,--help  -i  -l=LEVEL  -L=FILE  -m=COMMAND  -n  -p  -P  -s  -S  -T  -V  -x=FLAGS',
};
const VISUDO: Program = {
  names: ['visudo'],
  abbreviates: true,
  options: `
      -c,--check  -f,--file=FILE  -h,--help  -I,--no-includes  -O,--owner  -P,--perms  -q,--quiet  -s,--strict
      -V,--version
    `,
};

export const SERVICES: readonly Program[] = [
  ...[SYSTEMCTL, SERVICE, RC_SERVICE, RC_UPDATE, UPDATE_RC, CHKCONFIG, INITCTL],
  ...[UFW, IPTABLES, NFT, FIREWALL_CMD, SYSCTL, SETENFORCE, CRON, VISUDO],
];
