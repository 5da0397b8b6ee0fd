import type { ImageBuild } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import type { Edit } from '../../../core/text.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { isUpgrade, managerCommand } from '../../../facts/packages/commands.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { columnOf, offsetIn } from '../../../languages/cloud-init/edits.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { asScalar, booleanOf, entryOf, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlEntry } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const UPGRADE = ['package_upgrade', 'apt_upgrade'];
const UPDATE = ['package_update', 'apt_update'];

export default defineCloudInitRule({
  id: 'no-security-updates',
  summary: 'User-data does not install security updates',
  policies: ['G6', 'G15'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: [...UPGRADE, ...UPDATE, 'packages', 'disable_suites'] },
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    yield* withoutSource(tree);
    // The installer installs security updates itself.
    if (!isUserData(tree) || tree.seed || tree.within === 'autoinstall' || !tree.root || tree.autoinstall) return;
    const [upgrade, update] = [UPGRADE, UPDATE].map(keys => keys.map(key => entryOf(tree.root, key)).find(Boolean));
    if (updatesItself(build)) return;
    const decisive = upgrade ?? update;
    const value = asScalar(decisive?.value);
    const refreshed = !upgrade && update && booleanOf(update.value) === true ? update : undefined;
    if (decisive && value && !refreshed) {
      if (booleanOf(value) !== false) return;
      // Both may be off: the first one is the place, and the upgrade is what has to be on.
      const [first, ...others] = [update, upgrade]
        .flatMap(entry => (entry && booleanOf(entry.value) === false ? [entry] : []))
        .sort((a, b) => a.span.start - b.span.start);
      yield {
        message: `\`${first!.name}\` is off and nothing else installs updates`,
        help: `Set it to \`true\`${orInstall(`${first!.name} ${tree.source.text}`)}`,
        span: first!.span,
        related: others.map(({ name, span }) => ({ message: `\`${name}\` is off, too`, span })),
        fixes: [
          fix(
            'suggested',
            `Set \`${decisive.name}\` to \`true\``,
            value.written.replace(0, value.written.text.length, 'true'),
          ),
        ],
      };
      return;
    }
    const packages = entryOf(tree.root, 'packages');
    // Other parts may do it, or keys from a template.
    if ((decisive && !refreshed) || tree.within) return;
    if (tree.root.entries.some(({ name }) => name === undefined)) return;
    if (!packages || itemsOf(packages.value).length === 0) {
      if (refreshed) yield* onlyLists(tree, build, refreshed);
      return;
    }
    // A misspelled key is meant to do it: a fix would duplicate the corrected one.
    const misspelt = tree.root.entries.some(
      ({ name = '' }) => /up(?:date|grade)/i.test(name) && !UPDATE.includes(name),
    );
    yield {
      message: 'Packages that are already in the image are not upgraded',
      help: `Add \`package_upgrade: true\`${orInstall(tree.source.text)}`,
      span: packages.key.span,
      fixes: [
        // Without a header nothing in the file has an effect; the key would only make that more certain.
        misspelt || (!tree.header && !tree.within)
          ? undefined
          : fix(
              'suggested',
              refreshed ? 'Add `package_upgrade`' : 'Add `package_update` and `package_upgrade`',
              insertion(tree, refreshed ?? packages, refreshed ? UPGRADE.slice(0, 1) : ADDED),
            ),
      ],
    };
  },
});

/** Keys of modules that install packages, and of files and scripts that may. */
const MAY_INSTALL =
  /^(?:packages|runcmd|bootcmd|write_files|ansible|chef|puppet|salt_minion|mcollective|landscape|ntp|ubuntu_pro|ubuntu_advantage|lxd|snap|wireguard|rh_subscription|spacewalk|zypper|include|cloud_(?:init|config|final)_modules)$/;

/** Lists of packages that nothing in the file uses. */
function* onlyLists({ root }: CloudInitTree, build: ImageBuild, update: YamlEntry): Iterable<Finding> {
  if (root?.entries.some(({ name }) => MAY_INSTALL.test(name ?? ''))) return;
  if (build.stages.some(({ steps }) => steps.some(({ kind }) => kind === 'run'))) return;
  yield {
    message: `\`${update.name}\` refreshes the package lists but upgrades nothing`,
    help: 'Add `package_upgrade: true`',
    span: update.span,
  };
}

/** The package of the distribution, as far as the file shows which one it is for. */
function orInstall(text: string): string {
  const isApt = /\b(?:apt(?:_\w{1,20}|-get)?|dpkg|ubuntu|debian)\b/i.test(text);
  const isRpm = /\b(?:dnf|yum|yum_repos|rpm|fedora|rocky|almalinux|rhel|centos)\b/i.test(text);
  if (isApt === isRpm) return '';
  return `, or install ${isApt ? '`unattended-upgrades`' : '`dnf-automatic`'}`;
}

const ADDED = ['package_update', 'package_upgrade'];

function insertion(tree: CloudInitTree, before: YamlEntry, names: readonly string[]): Edit | undefined {
  if (tree.root?.flow || !tree.root?.entries.includes(before)) return undefined;
  const at = offsetIn(tree.source, before.key.span.start);
  const newline = tree.source.text.includes('\r\n') ? '\r\n' : '\n';
  const next = newline + ' '.repeat(columnOf(tree, before.key.span.start));
  return tree.source.insert(at, names.map(name => `${name}: true${next}`).join(''));
}

/** `disable_suites` takes the line out of the sources that security updates come from, unless others are written. */
function* withoutSource(tree: CloudInitTree): Iterable<Finding> {
  for (const apt of [get(tree.root, 'apt'), get(tree.autoinstall, 'apt')]) {
    const sources = [get(apt, 'sources'), get(apt, 'sources_list'), get(apt, 'security')];
    if (sources.some(node => node !== undefined && /security/i.test(node.written.text))) continue;
    for (const item of itemsOf(get(apt, 'disable_suites'))) {
      const name = asScalar(item)?.text.text ?? '';
      if (!/^(?:\$RELEASE-|[a-z]{3,20}[-/])?security$/.test(name)) continue;
      yield {
        message: '`disable_suites` turns off security updates',
        help: 'Remove it, or add its repository under `apt.sources`',
        span: item.span,
      };
    }
  }
}

const SERVICES = /^(?:unattended-upgrades|dnf-automatic|yum-cron)$/;

function updatesItself(build: ImageBuild): boolean {
  return (
    setupCommands(build).some(({ invocation }) => bringsUpdates(invocation)) ||
    packageInstalls(build).some(({ packages }) =>
      packages.some(({ name }) => name !== undefined && SERVICES.test(name)),
    )
  );
}

const UPDATERS = /^(?:unattended-upgrades?|ansible-pull)$/;

function bringsUpdates(invocation: Invocation): boolean {
  const { program } = invocation;
  const command = managerCommand(invocation);
  if (command) return isUpgrade(command);
  // FreeBSD's package manager, whose installations are not read.
  return UPDATERS.test(program) || (program === 'pkg' && readArguments(invocation).operands[0]?.literal === 'upgrade');
}
