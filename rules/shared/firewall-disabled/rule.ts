import type { ImageBuild, Stage } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import {
  FIREWALL_PROGRAMS,
  type FirewallChange,
  firewallChangeOf,
  WINDOWS_FIREWALL,
} from '../../../facts/firewall-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';

export default defineBuildRule({
  id: 'firewall-disabled',
  summary: "A machine's firewall is turned off or allows all traffic",
  policies: ['G10', 'G15'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: FIREWALL_PROGRAMS },
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'vagrant') return;
    for (const changes of changesByStage(build).values()) {
      if (build.language === 'dockerfile') {
        yield* disabledInContainer(changes);
        continue;
      }
      yield* disabled(changes);
      yield* opened(changes);
      yield* emptied(changes);
    }
  },
});

interface Change extends FirewallChange {
  readonly span: Span;
}

function changesByStage(build: ImageBuild): ReadonlyMap<Stage, Change[]> {
  const found = new Map<Stage, Change[]>();
  for (const { invocation, stage } of setupCommands(build)) {
    const change = firewallChangeOf(invocation);
    if (!change) continue;
    const one = { ...change, span: invocation.script.spanOf(invocation.command) };
    const list = found.get(stage);
    if (list) list.push(one);
    else found.set(stage, [one]);
  }
  return found;
}

/**
 * Under Hyper-V isolation a container has a Windows Firewall of its own, else it has none. Linux has the host's.
 * https://learn.microsoft.com/virtualization/windowscontainers/container-networking/network-isolation-security
 */
function* disabledInContainer(changes: readonly Change[]): Iterable<Finding> {
  for (const finding of disabled(changes.filter(({ name }) => name === WINDOWS_FIREWALL)))
    yield { ...finding, message: `${WINDOWS_FIREWALL} is disabled in the image`, help: 'Remove it', severity: 'info' };
}

/** Disabled for a while, or replaced by another one, it is fine. */
function* disabled(changes: readonly Change[]): Iterable<Finding> {
  const off = changes.filter(({ state }) => state === 'off');
  if (off.some(one => changes.some(other => other.state === 'on' && answers(other, one, changes)))) return;
  const [first, ...others] = off;
  if (!first) return;
  // Rules of another firewall that are loaded in place of it.
  if (changes.some(({ name, state }) => (state === 'filled' || state === 'closed') && name !== first.name)) return;
  yield {
    message: `${nameOf(first)} is disabled, and no other firewall is enabled`,
    help: 'Keep it on and open the ports you need',
    span: first.span,
    // Most clouds filter in front of the machine; Windows has services that listen by default.
    ...(first.name !== WINDOWS_FIREWALL && { preset: 'strict' as const }),
    related: others.map(({ span }) => ({ message: 'Also disabled here', span })),
  };
}

/**
 * Another firewall replaces one that is off wherever it is enabled. `ufw disable` and `ufw reset` are for good: the service
 * of ufw does not answer them, nor does what was enabled before. A service may be stopped for a while.
 */
function answers(on: Change, off: Change, changes: readonly Change[]): boolean {
  if (on.name !== off.name) return staysOn(on, changes);
  return off.service === true || (!on.service && changes.indexOf(on) > changes.indexOf(off));
}

/** Whether nothing switches it off for good later. */
function staysOn(on: Change, changes: readonly Change[]): boolean {
  const at = changes.indexOf(on);
  return !changes.some(({ name, service, state }, i) => i > at && state === 'off' && !service && name === on.name);
}

function* opened(changes: readonly Change[]): Iterable<Finding> {
  const last = changes.findLast(({ state }) => state === 'opened' || state === 'closed');
  if (last?.state !== 'opened') return;
  yield {
    message: `${nameOf(last)} lets in every connection that no rule names`,
    help: OPEN_HELP[last.name] ?? 'Allow the ports you need, and drop the rest',
    span: last.span,
  };
}

const OPEN_HELP: Readonly<Record<string, string>> = {
  ufw: 'Use `ufw default deny incoming`, and allow the ports you need',
  firewalld: 'Keep the zone `public`, and add the services you need',
};

/** Emptied to be filled again, or replaced, it is fine. */
function* emptied(changes: readonly Change[]): Iterable<Finding> {
  const at = changes.findLastIndex(({ state }) => state === 'emptied');
  const last = changes[at];
  if (!last || changes.some(one => one.state === 'on' && staysOn(one, changes))) return;
  if (changes.slice(at).some(({ state }) => state === 'filled' || state === 'closed')) return;
  yield {
    message: `All rules of ${nameOf(last)} are deleted, and none are added`,
    help: 'Keep the rules and add those you need, or enable another firewall',
    span: last.span,
    // An image that has no rules loses none.
    preset: 'strict',
  };
}

function nameOf({ name }: Change): string {
  return name.includes(' ') ? name : quoted(name);
}
