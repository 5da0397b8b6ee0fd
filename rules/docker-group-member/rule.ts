import type { ImageBuild } from '../../core/build.ts';
import { setupCommands } from '../../core/facts/setup-commands.ts';
import type { Finding } from '../../core/finding.ts';
import { defineBuildRule } from '../../core/rule.ts';
import { argumentsOf } from '../../core/shell/arguments.ts';
import type { Invocation } from '../../core/shell/invocations.ts';
import type { Span } from '../../core/text.ts';
import { isConfig } from '../../languages/cloud-init/forms.ts';
import { accountEntry, accountsOf } from '../../languages/cloud-init/logins.ts';
import { asScalar, entriesOf, get, itemsOf } from '../../languages/cloud-init/nodes.ts';
import type { CloudInitTree, YamlNode } from '../../languages/cloud-init/tree.ts';

export default defineBuildRule({
  id: 'docker-group-member',
  summary: 'An account is put into the group `docker`, which is root by another name',
  policy: 'G10',
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  since: '2026.11',
  *check(build, { project }): Iterable<Finding> {
    if (project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    const spans = [...inCommands(build), ...(build.language === 'cloud-init' ? inConfig(build) : [])];
    for (const span of spans)
      yield {
        message:
          'Whoever is in the group `docker` may mount the whole disk into a container and so is root, without a password and without a log.',
        span,
      };
  },
});

function* inCommands(build: ImageBuild): Iterable<Span> {
  for (const { invocation } of setupCommands(build)) if (joins(invocation)) yield spanOf(invocation);
}
function spanOf({ script, command }: Invocation): Span {
  return script.spanOf(command);
}

/** https://man7.org/linux/man-pages/man8/usermod.8.html, and `adduser` and `gpasswd` beside it. */
function joins(invocation: Invocation): boolean {
  switch (invocation.program) {
    case 'usermod':
    case 'useradd':
      return argumentsOf(invocation, ['-G', '--groups']).options.some(
        ({ name, value }) =>
          (name === '-G' || name === '--groups') && (value?.source.text.split(',').includes('docker') ?? false),
      );
    case 'adduser':
    case 'addgroup': {
      const { operands, options } = argumentsOf(invocation);
      // `addgroup docker` and `adduser docker` make a group or account of that name.
      return options.length === 0 && operands.length === 2 && operands[1]!.literal === 'docker';
    }
    case 'gpasswd':
      return (
        argumentsOf(invocation, ['-a', '--add', '-M', '--members']).operands[0]?.literal === 'docker' &&
        argumentsOf(invocation, ['-a', '--add', '-M', '--members']).options.length > 0
      );
    default:
      return false;
  }
}

/** `groups` of accounts, and of the document with members: `- docker: [ada]`. */
function* inConfig(build: ImageBuild): Iterable<Span> {
  const tree = build.syntax as CloudInitTree;
  if (!isConfig(tree)) return;
  for (const account of accountsOf(tree)) {
    const groups = accountEntry(account, 'groups')?.value;
    for (const node of groups ? [groups, ...itemsOf(groups)] : []) {
      const found = nameIn(node);
      if (found) yield found;
    }
  }
  const groups = get(tree.root, 'groups');
  for (const node of groups ? [groups, ...itemsOf(groups)] : [])
    for (const { name, value, span } of entriesOf(node))
      if (name === 'docker' && (asScalar(value) || itemsOf(value).length > 0)) yield span;
}

/** Where the group's name stands in a list of names with commas. */
function nameIn(node: YamlNode): Span | undefined {
  const text = asScalar(node)?.text;
  const found = text && /(?:^|[,\s])docker(?=[,\s]|$)/.exec(text.text);
  return text && found
    ? text.spanOf(found.index + found[0].length - 'docker'.length, found.index + found[0].length)
    : undefined;
}
