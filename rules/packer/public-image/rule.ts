import { type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { valuesAt } from '../../../languages/packer/attributes.ts';
import { removeAttribute } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BadSetting, badSettings } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';
import type { Evaluated, PackerModule, PackerSource } from '../../../languages/packer/tree.ts';
import { SHARING_PROGRAMS, sharedByCommand } from './by-command.ts';

const { attributes = [], blocks = [] } = settingNeeds('public');

export default definePackerRule({
  id: 'public-image',
  summary: 'An image or snapshot is shared with every account',
  policies: ['G10'],
  category: 'security',
  // Whoever writes it down means it, and many images are products.
  severity: { recommended: 'info', strict: 'warning' },
  preset: 'recommended',
  needs: { attributes, blocks: [...blocks, 'variable'], programs: SHARING_PROGRAMS },
  since: '2026.11',
  *check(tree, { project }, lowered) {
    if (project.kind === 'appliance') return;
    yield* sharedByCommand(lowered);
    // The same value in several sources of a file is reported once.
    const bySetting = new Map<string, BadSetting[]>();
    for (const found of badSettings(tree, 'public', 'module')) {
      // What is not made is not public.
      if (valuesAt(found.block, 'skip_create_ami').some(({ value }) => value.literal === true)) continue;
      // A default is reported where it is, once for all files that use it.
      const cause = defaultOf(found, tree.module);
      if ((cause ?? found).span.file !== undefined) continue;
      const key = cause ? `var ${variableOf(found)}` : `${found.setting.attribute} ${found.value.written.text}`;
      const others = bySetting.get(key);
      if (others) others.push(found);
      else bySetting.set(key, [found]);
    }
    for (const [first, ...others] of bySetting.values() as Iterable<[BadSetting, ...BadSetting[]]>) {
      const { certain, setting, source, span } = first;
      const what = setting.attribute.startsWith('snapshot') ? 'snapshot' : 'image';
      const users = what === 'image' ? 'ami_users' : 'snapshot_users';
      const variable = certain ? undefined : variableOf(first);
      const cause = defaultOf(first, tree.module);
      yield {
        message:
          variable === undefined
            ? `\`${setting.attribute}\` makes the ${what} of ${nameOf(source)} public${certain ? '' : ' by default'}`
            : `Default of variable ${quoted(variable)} makes the ${what} of ${nameOf(source)} public`,
        help: !source.type.startsWith('amazon-')
          ? 'Share it only with the accounts that need it'
          : variable === undefined
            ? `Remove it, or list the accounts that need it in \`${users}\``
            : `Use an empty default, and list the accounts that need it in \`${users}\``,
        span: cause?.span ?? span,
        // Copied to other regions it is a product.
        ...(certain && valuesAt(first.block, 'ami_regions').length > 0 && { severity: 'info', preset: 'strict' }),
        related: [
          ...(cause ? [{ message: 'Used here', span }] : []),
          ...others.map(other => ({ message: `${quoted(other.source.name)} is public too`, span: other.span })),
        ].slice(0, MOST_RELATED),
        fixes: [certain ? removed([first, ...others]) : emptied(first, tree.module)],
      };
    }
  },
});

const MOST_RELATED = 20;

/** The default of a variable that makes it public, if no other value is given to it. */
function defaultOf(setting: BadSetting, module: PackerModule): Evaluated | undefined {
  const variable = module.variable((!setting.certain && variableOf(setting)) || '');
  return variable?.assigned.length === 0 ? variable.default : undefined;
}

/** Without the setting in every source that has it: only the account that builds the image has it. */
function removed(settings: readonly BadSetting[]): Fix | undefined {
  const edits = settings.map(({ block, setting }) => {
    const attribute = block.attribute(setting.attribute);
    return attribute && removeAttribute(block, attribute);
  });
  if (edits.some(found => found === undefined)) return undefined;
  return fix('suggested', `Remove \`${settings[0]!.setting.attribute}\``, ...edits.flatMap(found => found ?? []));
}

/** The variable that the value is. */
function variableOf({ value }: BadSetting): string | undefined {
  const [reference, ...more] = value.references;
  return reference?.root === 'var' && more.length === 0 ? reference.path[0] : undefined;
}

/** With nothing as the default of the variable that the value is. */
function emptied(setting: BadSetting, module: PackerModule): Fix | undefined {
  const name = variableOf(setting);
  if (name === undefined) return undefined;
  const variable = module.variable(name);
  const given = variable?.assigned.length === 0 ? variable.default : undefined;
  if (!given || (given.kind !== 'list' && given.kind !== 'string')) return undefined;
  const { written } = given;
  const edit = written.replace(0, written.text.length, given.kind === 'list' ? '[]' : '""');
  return fix('suggested', `Empty the default of ${quoted(name)}`, edit);
}

/** Without a name that is a template itself, as in legacy JSON. */
function nameOf({ name, type }: PackerSource): string {
  return quoted(/^[\w.-]*$/.test(name) ? `${type}.${name}` : type, 30);
}
