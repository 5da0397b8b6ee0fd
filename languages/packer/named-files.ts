/** The files that attributes of sources, steps and post-processors name, and those that functions read. */

import { nameOf } from '../../core/path.ts';
import { followsOnLine } from '../../facts/named-on-line.ts';
import type { Call } from './hcl/ast.ts';
import { eachUseIn } from './names.ts';
import { isBroken, knownBlocks } from './schema.ts';
import type { Evaluated, PackerBlock, PackerTree, ScriptUse } from './tree.ts';

/**
 * Attributes that name a file or directory, or a list of them, on the computer that runs Packer. Keys and certificates are left
 * out, and what tools fetch by its name, such as roles and cookbooks: they are rarely in the repository.
 */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  source: [
    'user_data_file',
    'custom_data_file',
    'startup_script_file',
    'windows_startup_script_file',
    'cloud_init_file',
    'floppy_files',
    'cd_files',
  ],
  provisioner: [
    'script',
    'scripts',
    'playbook_file',
    'playbook_files',
    'galaxy_file',
    'manifest_file',
    'source',
    'sources',
    'config_template',
    'data_bags_path',
    'environments_path',
    'group_vars',
    'hiera_config_path',
    'host_vars',
    'inventory_directory',
    'inventory_file',
    'local_pillar_roots',
    'local_state_tree',
    'manifest_dir',
    'minion_config',
    'roles_path',
  ],
  'post-processor': ['vagrantfile_template'],
};

/** Provisioners whose `source` is on the computer that runs Packer. */
const SOURCES: ReadonlySet<string> = new Set(['file']);

/** Directories that hold what a build makes. */
const MADE =
  /(?:^|\/)(?:artifacts?|bin|build|cache|dist|generated|node_modules|out|output|release|target|te?mp|vendor|\.[\w-]+)\//i;
/** Files that are made or downloaded, and those that hold keys. */
const FETCHED =
  /\.(?:7z|apk|bz2|cer|crt|deb|dll|exe|gz|img|iso|jar|key|msi|pem|pub|qcow2|raw|rpm|run|so|tar|tgz|vmdk|war|whl|xz|zip|zst)$/i;

/** The files that the linted document names, each once, in the order of the text. */
export function namedFiles(tree: PackerTree): readonly ScriptUse[] {
  const uses = [...inAttributes(tree), ...inCalls(tree)];
  return uses.sort((a, b) => a.span.start - b.span.start);
}

/** Whether a missing file may be made by something: a step before it, another program, or a person. */
export function mayBeMade({ path, value }: ScriptUse, { module, source }: PackerTree): boolean {
  const { literal } = value;
  if (literal === undefined || path === undefined) return true;
  if (/^[~/]|[*?[\]]/.test(literal) || MADE.test(literal) || FETCHED.test(literal)) return true;
  return followsOnLine(nameOf(literal), source.text, MAKES) || module.isMade(path, literal);
}

/** What makes a file, somewhere in front of its name on the line. */
const MAKES = /[>]|\b(?:cp|curl|tee|mv|touch|wget|envsubst|sed|generate|render|output)\b/;

function* inAttributes(tree: PackerTree): Iterable<ScriptUse> {
  const { file, module } = tree;
  for (const { block, schema } of knownBlocks(tree)) {
    const { nested, used } = schema;
    if (!used || nested || isBroken(block, file.hcl.problems)) continue;
    if (used.kind === 'provisioner' && !readsFiles(block, used.label)) continue;
    for (const name of NAMING[used.kind] ?? []) {
      if (!schema.attributes.has(name) || (/^sources?$/.test(name) && !SOURCES.has(used.label))) continue;
      for (const value of valuesOf(block.attribute(name)?.value)) if (isPlain(value)) yield module.fileAt(value);
    }
  }
}

/** A file step that downloads or says that its source is generated names no file that has to be there. */
function readsFiles(block: PackerBlock, label: string): boolean {
  if (label !== 'file') return true;
  const direction = block.attribute('direction')?.value;
  const generated = block.attribute('generated')?.value;
  return (!direction || direction.text === 'upload') && (!generated || generated.bool === false);
}

function valuesOf(value: Evaluated | undefined): readonly Evaluated[] {
  if (!value || value.kind === 'null') return [];
  return value.kind === 'list' ? value.items : [value];
}

/** Not a call of `file`, whose file is read on its own. */
function isPlain({ expression }: Evaluated): boolean {
  return expression.kind !== 'call';
}

function* inCalls({ file, module, source }: PackerTree): Iterable<ScriptUse> {
  const calls: Call[] = [];
  eachUseIn(file, ({ conditional, context, sheltered, use }) => {
    if (use.kind === 'call' && context === 'template' && !sheltered && !conditional) calls.push(use);
  });
  for (const call of calls) {
    const use = module.fileOfCall(call, source);
    if (use) yield use;
  }
}
