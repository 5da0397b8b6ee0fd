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
    if (decisive && value) {
      if (booleanOf(value) !== false) return;
      // Both may be off: the first one is the place, and the upgrade is what has to be on.
      const [first, ...others] = [update, upgrade]
        .flatMap(entry => (entry && booleanOf(entry.value) === false ? [entry] : []))
        .sort((a, b) => a.span.start - b.span.start);
      yield {
        message: `\`${first!.name}\` is off and nothing else installs updates`,
        help: 'Set it to `true`, or install `unattended-upgrades` or `dnf-automatic`',
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
    if (decisive || tree.within || !packages || itemsOf(packages.value).length === 0) return;
    if (tree.root.entries.some(({ name }) => name === undefined)) return;
    // A misspelled key is meant to do it: a fix would duplicate the corrected one.
    const misspelt = tree.root.entries.some(({ name }) => /up(?:date|grade)/i.test(name ?? ''));
    yield {
      message: 'Packages that are already in the image are not upgraded',
      help: 'Add `package_upgrade: true`, or install `unattended-upgrades` or `dnf-automatic`',
      span: packages.key.span,
      fixes: [
        // Without a header nothing in the file has an effect; the key would only make that more certain.
        misspelt || (!tree.header && !tree.within)
          ? undefined
          : fix('suggested', 'Add `package_update` and `package_upgrade`', insertion(tree, packages)),
      ],
    };
  },
});

function insertion(tree: CloudInitTree, packages: YamlEntry): Edit | undefined {
  if (tree.root?.flow || !tree.root?.entries.includes(packages)) return undefined;
  const at = offsetIn(tree.source, packages.key.span.start);
  const newline = tree.source.text.includes('\r\n') ? '\r\n' : '\n';
  const next = newline + ' '.repeat(columnOf(tree, packages.key.span.start));
  return tree.source.insert(at, `package_update: true${next}package_upgrade: true${next}`);
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
        message: 'The source of security updates is disabled',
        help: 'Remove it from `disable_suites`, or name a mirror of it in `apt.security`',
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
