/** From the tree to the model that the three languages share: one stage, the first boot, in the order of its modules. */

import type { ImageBuild, PackagesStep, Stage, Step, Value } from '../../core/build.ts';
import type { LowerContext } from '../../core/language.ts';
import type { ShellDialect } from '../../core/script.ts';
import { Decoder, SourceText } from '../../core/text.ts';
import { readmesAround } from '../../facts/readmes.ts';
import { scriptInWords } from '../../shell/exec-form.ts';
import { commandSteps, scriptFile } from './commands.ts';
import { credentialsOf } from './credentials.ts';
import { writtenFiles } from './files.ts';
import { moduleFiles } from './module-files.ts';
import { asMap, asScalar, asSeq, at, booleanOf, get, itemsOf, scalarValue, textOf, textValue } from './nodes.ts';
import { handedToShell } from './other-scripts.ts';
import type { CloudInitTree, YamlMap, YamlNode } from './tree.ts';
import { isUndone } from './undone.ts';
import { isForVagrant } from './vagrant.ts';
import { windowsScripts } from './windows.ts';
import { withdraw } from './withdraw.ts';

interface Lowered {
  readonly steps: readonly Step[];
  readonly nested: readonly ImageBuild[];
}
const NOTHING: Lowered = { steps: [], nested: [] };

/** `Language.lower`. Parts of messages and archives, and autoinstall's `user-data`, are nested builds. */
export function lowerCloudInit(tree: CloudInitTree, context: LowerContext): ImageBuild {
  const { steps, nested } = lowerForm(tree, context);
  const stage: Stage = { name: undefined, bases: [], steps, outputs: [], final: true, span: tree.source.span };
  return {
    language: 'cloud-init',
    source: tree.source,
    stages: [stage],
    parameters: [],
    images: [],
    problems: tree.problems,
    comments: tree.comments,
    nested,
    mentions: [],
    ...(tree.seed && { continued: true as const }),
    ...(context.depth === 0 && isForVagrant(tree, context.path, context.files) && { kind: 'vagrant' as const }),
    ...readmesAround(context),
    withdraw: place => withdraw(tree, place),
    idleness: place => (isUndone(place, tree, context.path, context.files) ? 'undone' : undefined),
    syntax: tree,
  };
}

function lowerForm(tree: CloudInitTree, context: LowerContext): Lowered {
  switch (tree.form) {
    case 'mime':
    case 'archive': {
      const trees = tree.parts.map(part => part.tree).filter(part => part !== undefined);
      return { ...NOTHING, nested: trees.map(part => lowerCloudInit(part, context)) };
    }
    case 'script':
    case 'boothook': {
      const script = tree.script && scriptFile(tree.script, 'posix', context);
      if (!script) return NOTHING;
      const whole: Step = { kind: 'run', phase: 'boot', span: script.text.span, script, argv: undefined };
      return { ...NOTHING, steps: [whole, ...(script.dialect === 'other' ? handedSteps(script.text, context) : [])] };
    }
    case 'windows scripts':
      // The template that hands it to its machine reports what is in it.
      if (tree.seed) return NOTHING;
      return {
        ...NOTHING,
        steps: windowsScripts(tree.source).map(({ dialect, text }) => bootStep(text, dialect, context)),
      };
    case 'include':
    case 'part-handler':
    case 'other-dialect':
      return NOTHING;
    default:
      return tree.root ? lowerConfig(tree, tree.root, context) : NOTHING;
  }
}

function bootStep(text: SourceText, dialect: ShellDialect, context: LowerContext): Step {
  const script = context.script(text, { dialect, errexit: false, pipefail: false });
  return { kind: 'run', phase: 'boot', span: text.span, script, argv: undefined };
}

/** What a script of another language hands to a shell. */
function handedSteps(script: SourceText, context: LowerContext): Step[] {
  return handedToShell(script).map(handed => {
    if ('shell' in handed) return bootStep(handed.shell, 'posix', context);
    const { span, words } = handed;
    const argv = words.map(textValue);
    const inWords = scriptInWords(argv, (text, settings) => context.script(text, settings));
    return { kind: 'run', phase: 'boot', span, script: inWords, argv };
  });
}

/** Where autoinstall mounts the system that it installs. */
const TARGET = ['/target'];

/** The steps of cloud-config in the order of cloud-init's own module lists, whatever the order of the keys. */
function lowerConfig(tree: CloudInitTree, root: YamlMap, context: LowerContext): Lowered {
  const files = writtenFiles(get(root, 'write_files'), context);
  const installer = tree.autoinstall;
  const steps: Step[] = [
    ...commandSteps(get(installer, 'early-commands'), 'host', context),
    ...commandSteps(get(root, 'bootcmd'), 'boot', context),
    ...files.early,
    ...moduleFiles(root),
    ...installers(root),
    ...credentialsOf(root),
    ...commandSteps(at(root, 'snap', 'commands'), 'boot', context),
    ...packages(get(root, 'packages')),
    ...packages(get(installer, 'packages')),
    ...snaps(get(installer, 'snaps'), context),
    ...files.deferred,
    ...commandSteps(at(root, 'ansible', 'galaxy', 'actions'), 'boot', context),
    ...pulls(at(root, 'ansible', 'pull'), context),
    ...commandSteps(get(root, 'runcmd'), 'boot', context),
    ...commandSteps(get(installer, 'late-commands'), 'build', context, TARGET),
  ];
  const inside = asMap(get(installer, 'user-data'));
  const nested = inside ? [lowerCloudInit(installedConfig(tree, inside), context)] : [];
  return { steps, nested: [...files.nested, ...nested] };
}

/** autoinstall's `user-data`: cloud-config for the machine that it installs, in place. */
function installedConfig(tree: CloudInitTree, root: YamlMap): CloudInitTree {
  return {
    ...tree,
    form: 'cloud-config',
    source: root.written,
    path: undefined,
    header: undefined,
    within: 'autoinstall',
    installedUser: textOf(at(tree.autoinstall, 'identity', 'username')),
    type: undefined,
    document: root,
    root,
    autoinstall: undefined,
    jinja: undefined,
    comments: [],
    problems: [],
  };
}

/** The installer that the module `chef` downloads and runs as root. https://docs.cloud-init.io/en/latest/reference/modules.html#chef */
function installers(root: YamlMap): Step[] {
  const url = asScalar(at(root, 'chef', 'omnibus_url'));
  return url && textOf(at(root, 'chef', 'install_type')) === 'omnibus'
    ? [{ kind: 'fetch', url: scalarValue(url), checksum: undefined, span: url.span }]
    : [];
}

/** `snaps` of autoinstall, as the commands that the installer runs for them. */
function snaps(list: YamlNode | undefined, context: LowerContext): Step[] {
  return itemsOf(list).flatMap(item => {
    const [name, channel] = [textOf(get(item, 'name')), textOf(get(item, 'channel'))];
    if (name === undefined || !/^[a-z0-9-]{1,60}$/.test(name) || !/^[\w./-]{0,60}$/.test(channel ?? '')) return [];
    const options = `${channel ? ` --channel=${channel}` : ''}${booleanOf(get(item, 'classic')) ? ' --classic' : ''}`;
    const command = `snap install ${name}${options}`;
    const { written } = item;
    return [bootStep(new Decoder(written, 'read-only').as(command, 0, written.text.length).done(), 'posix', context)];
  });
}

/** `ansible.pull`, one or a list, as the command that the module runs for it. */
function pulls(node: YamlNode | undefined, context: LowerContext): Step[] {
  const one = asMap(node);
  return (one ? [one] : itemsOf(node)).flatMap(item => {
    const url = asScalar(get(item, 'url'));
    const words = [textOf(url), textOf(get(item, 'checkout'))];
    // A template decides which revision that is.
    if (!url || words[0] === undefined || (words[1] === undefined && get(item, 'checkout'))) return [];
    if (words.some(word => word !== undefined && !/^[\w./:@+~-]{1,300}$/.test(word))) return [];
    const command = `ansible-pull --url ${words[0]}${words[1] ? ` --checkout ${words[1]}` : ''}`;
    return [bootStep(new Decoder(url.text, 'read-only').as(command, 0, url.text.text.length).done(), 'posix', context)];
  });
}

/** `packages`: names, `[name, version]` pairs, and lists under a package manager (`- apt: […]`). */
function packages(list: YamlNode | undefined): PackagesStep[] {
  const names: Value[] = [];
  const add = (item: YamlNode) => {
    const name = asScalar(item);
    if (name) names.push(scalarValue(name));
    else if (asSeq(item)) {
      const [pair, version] = itemsOf(item).map(asScalar);
      // What apt gets: `name=version`.
      if (pair) names.push(version ? textValue(SourceText.join([pair.text, version.text], '=')) : scalarValue(pair));
    }
  };
  for (const item of itemsOf(list)) {
    if (asMap(item)) for (const packaged of itemsOf(get(item, 'apt'))) add(packaged);
    else add(item);
  }
  return asSeq(list) && names.length > 0 ? [{ kind: 'packages', names, span: list!.span }] : [];
}
