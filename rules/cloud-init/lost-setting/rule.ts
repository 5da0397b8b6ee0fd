import type { Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { contains } from '../../../core/text.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineCloudInitRule({
  id: 'lost-setting',
  summary: 'A kernel, network, firewall, mount or swap setting is made only until the next boot',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  // Any program may write to a setting, or be started with `nohup`.
  needs: 'always',
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    // A script that is the user-data runs once as well.
    const list = isUserData(tree) ? entryOf(tree.root, 'runcmd') : runsOnce(tree) ? tree.source : undefined;
    if (!list) return;
    const { text } = build.source;
    const set = settingsIn(text);
    let firewall = false;
    const inside = ({ span }: Step) => contains(list.span, span);
    for (const { path, text: written, step } of fileWrites(build)) {
      if (step.kind === 'run' && inside(step) && KEPT_IN_SYS.test(path) && !REPEATS.test(text)) {
        yield {
          message: `${quoted(path, 40)} does not persist across reboots`,
          help: 'Use a rule of udev, a file in `/etc/tmpfiles.d`, or a unit',
          span: written.span,
        };
        continue;
      }
      const name = /^\/proc\/sys\/([\w./-]{2,100})$/.exec(path)?.[1]?.replaceAll('/', '.');
      if (name === undefined || step.kind !== 'run' || !inside(step) || set.has(name)) continue;
      yield {
        message: `${quoted(name)} does not persist across reboots`,
        help: 'Write it to a file in `/etc/sysctl.d` with `write_files`',
        span: written.span,
      };
    }
    for (const { invocation, step } of setupCommands(build)) {
      const { command, program, script } = invocation;
      if (!inside(step)) continue;
      const span = script.spanOf(command);
      if (program === 'sysctl') {
        const given = readArguments(invocation);
        const setting = given.operands.map(({ literal }) => literal ?? '').find(word => word.includes('='));
        const name = setting?.slice(0, setting.indexOf('='));
        // What a file sets as well comes back.
        if (!name || given.has('-p', '--load', '--system') || (set.get(name) ?? 0) > 1) continue;
        yield {
          message: `\`sysctl ${quoted(name).slice(1, -1)}\` does not persist across reboots`,
          help: 'Write it to a file in `/etc/sysctl.d` with `write_files`',
          span,
        };
      } else if (program === 'modprobe') {
        const given = readArguments(invocation);
        const [module] = given.operands;
        if (!module?.literal || given.options.length > 0 || /\/etc\/modules\b|modules-load\.d/.test(text)) continue;
        yield {
          message: `\`modprobe ${quoted(module.literal).slice(1, -1)}\` does not persist across reboots`,
          help: `List ${quoted(module.literal)} in a file in \`/etc/modules-load.d\` (\`write_files\`)`,
          span,
        };
      } else if (program === 'mount') {
        const device = mountedDevice(invocation);
        if (device === undefined || /fstab|\.mount\b|rc\.local|crontab|\/etc\/cron|autofs|\bumount\b/.test(text))
          continue;
        if (entryOf(tree.root, 'mounts')) continue;
        yield {
          message: `\`mount ${quoted(device, 30).slice(1, -1)}\` does not persist across reboots`,
          help: 'Use `mounts`, which adds it to `/etc/fstab`',
          span,
        };
      } else if ((program === 'ip' && isRouteObject(invocation)) || program === 'route') {
        const words = invocation.args.map(({ literal }) => literal ?? '');
        const isRoute =
          program === 'route'
            ? words[0] === 'add'
            : /^ro?u?t?e?$/.test(words[0] ?? '') && /^(?:add|a)$/.test(words[1] ?? '');
        if (
          !isRoute ||
          /netplan|interfaces\.d|network-scripts|nmcli|systemd\/network|rc\.local|crontab|\/etc\/cron|\.service\b/.test(
            text,
          )
        )
          continue;
        yield {
          message: `\`${program}\` adds a route that does not persist across reboots`,
          help: 'Add it to the configuration of the network',
          span,
        };
      } else if (
        ofNetworkCard(invocation) &&
        !REPEATS.test(text) &&
        !/netplan|networkd|nmcli|interfaces\.d/.test(text)
      ) {
        yield {
          message: `What \`${program}\` sets does not persist across reboots`,
          help: 'Set it in the configuration of the network',
          span,
        };
      } else if (startsByHand(invocation) && !REPEATS.test(text) && !/pm2\s{1,8}startup|\bsystemd?\b/.test(text)) {
        yield {
          message: `\`${startsByHand(invocation)}\` starts a process that is gone after a reboot`,
          help: 'Write a unit for systemd, and enable it',
          span,
          severity: 'info',
        };
      } else if (program === 'iptables' || program === 'ip6tables') {
        if (!addsRule(invocation) || KEEPS_RULES.test(text) || firewall) continue;
        firewall = true;
        yield {
          message: `Rules of \`${program}\` do not persist across reboots`,
          help: 'Save them with `netfilter-persistent save`, or use `ufw` or `firewalld`',
          span,
        };
      } else if (program === 'swapon' || program === 'swapoff') {
        const others = list === tree.source ? '' : text.slice(0, list.span.start) + text.slice(list.span.end);
        if (bringsSwapBack(tree, others, text)) continue;
        const words = invocation.args.map(({ literal }) => literal ?? '');
        const all = words.some(word => /^(?:-[b-z]*a[a-z]*|--all)$/.test(word));
        // What `swapon` is given by a label, or lists, is not of this machine's making.
        const given = words.find(word => word.startsWith('/'));
        if (program === 'swapon' ? all || given === undefined : !all && given === undefined) continue;
        yield {
          message: `\`${program}${all ? ' -a' : ` ${quoted(given!, 30).slice(1, -1)}`}\` does not persist across reboots`,
          help:
            program === 'swapoff'
              ? 'Remove the swap from `/etc/fstab` as well, or mask its unit'
              : given!.startsWith('/dev/')
                ? 'Use `mounts`, with the type `swap`'
                : 'Use `swap` with `filename` and `size`, or add it to `mounts`',
          span,
          // Not every image has swap that could come back.
          ...(program === 'swapoff' && { severity: 'info' as const }),
        };
      }
    }
  },
});

/** A script that is the user-data, or a part of it, and not one for every boot. */
function runsOnce({ form, seed, type, within }: CloudInitTree): boolean {
  return form === 'script' && !seed && (within === undefined || within === 'mime') && !/per-boot/.test(type ?? '');
}

/** Settings of the kernel. What else is written below `/sys` is mostly an action: `rescan`, `remove`, `bind`. */
const KEPT_IN_SYS =
  /^\/sys\/(?:kernel\/mm\/|(?:block|class\/block)\/[^/]{1,80}\/(?:queue\/|bdi\/|device\/(?:queue_depth|timeout)$)|module\/[^/]{1,80}\/parameters\/|class\/net\/[^/]{1,80}\/(?:queues\/|mtu$|tx_queue_len$|threaded$)|devices\/system\/(?:cpu\/(?:smt\/control$|cpufreq\/|intel_pstate\/|cpu[^/]{1,20}\/(?:cpufreq\/|online$))|clocksource\/[^/]{1,80}\/current_clocksource$)|class\/backlight\/[^/]{1,80}\/brightness$)/;

const isRouteObject = ({ args }: Invocation): boolean => args.some(({ literal }) => /^ro?u?t?e?$/.test(literal ?? ''));

/** What may do the same at each boot. */
const REPEATS = /rc\.local|crontab|\/etc\/cron|@reboot|per-boot|tmpfiles\.d|udev|\.service\b|tuned|\/etc\/rc\d?\.d/;

/** `ip addr add`, `ip link set … mtu`, `ethtool -K`, `tc qdisc add` */
function ofNetworkCard({ program, args }: Invocation): boolean {
  const words = args.map(({ literal }) => literal ?? '');
  if (program === 'ethtool') return words.some(word => /^-[KGsACL]$/.test(word));
  if (program === 'tc') return words[0] === 'qdisc' && /^(?:add|replace)$/.test(words[1] ?? '');
  if (program !== 'ip') return false;
  return /^a(?:ddr(?:ess)?)?$/.test(words[0] ?? '')
    ? words[1] === 'add'
    : words[0] === 'link' && words[1] === 'set' && words.includes('mtu');
}

/** What starts a process that nothing starts again. */
function startsByHand({ program, args, via }: Invocation): string | undefined {
  if (via.includes('nohup')) return 'nohup';
  const words = args.map(({ literal }) => literal ?? '');
  if (program === 'screen' && words.some(word => /^-[a-zA-Z]{0,4}dm/.test(word))) return 'screen -dm';
  if (program === 'tmux' && /^new/.test(words[0] ?? '') && words.includes('-d')) return 'tmux';
  return /^(?:pm2|forever)$/.test(program) && words[0] === 'start' ? `${program} start` : undefined;
}

/** What saves or repeats the rules of a firewall. */
const KEEPS_RULES =
  /netfilter-persistent|iptables-(?:save|persistent|restore|services)|ip6?tables\b[^\n]{0,40}\bsave\b|rules\.v[46]|sysconfig\/iptables|rc\.local|crontab|\/etc\/cron|if-(?:pre-)?up\.d|\.service\b|per-boot|nixos/;

/** A rule for the machine itself; those in chains of containers or of a script's own are made by what needs them. */
function addsRule({ args }: Invocation): boolean {
  const words = args.map(({ literal }) => literal ?? '');
  const at = words.findIndex(word => /^(?:-[AI]|--append|--insert)$/.test(word));
  return at >= 0 && /^(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)$/.test(words[at + 1] ?? '');
}

/** The disk or share that a command mounts; not what is bound or in memory, nor an image that is looked into. */
function mountedDevice({ args }: Invocation): string | undefined {
  const words = args.map(({ literal }) => literal ?? '');
  if (words.some(word => /^(?:-a|--all|-B|--bind|--rbind)$|remount|loop|bind|^(?:.{0,80},)?ro(?:,|$)/.test(word)))
    return undefined;
  const device = words.find(word => /^\/|^(?:LABEL|UUID)=|^[\w.-]{1,100}:\/[\w./-]{0,200}$/.test(word));
  return device !== undefined && /^\/dev\/(?!sr|cdrom|loop|shm)|^(?:LABEL|UUID)=|^\/\/|^[\w.-]{1,100}:\//.test(device)
    ? device
    : undefined;
}

/** Whether swap is set up or taken away for later boots as well; `others` is the text outside of `runcmd`. */
function bringsSwapBack({ root }: CloudInitTree, others: string, text: string): boolean {
  if (entryOf(root, 'swap')) return true;
  if (/\bswap(?:on|off)\b|\bswap\b/.test(others.replace(/^[ \t]{0,200}#.*$/gm, ''))) return true;
  return /fstab|\.swap\b|swap\.target|zram|dphys-swapfile|rc\.local|crontab|\/etc\/cron/.test(text);
}

/** How often each name is set in a text: a command and a file that set the same one make two. */
function settingsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, name] of text.matchAll(/([A-Za-z][\w./-]{2,100})[ \t]{0,8}=/g))
    counts.set(name!, (counts.get(name!) ?? 0) + 1);
  return counts;
}
