import { quoted } from '../../../core/quoted.ts';
import { valuesAt } from '../../../languages/packer/attributes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BadSetting, badSettings } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';

export default definePackerRule({
  id: 'public-image',
  summary: 'The image or its snapshot is public',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: settingNeeds('public'),
  since: '2026.11',
  *check(tree, { project }) {
    if (project.kind === 'appliance') return;
    // The same value in several sources of a file is reported once.
    const bySetting = new Map<string, BadSetting[]>();
    for (const found of badSettings(tree, 'public', true)) {
      // What is not made is not public.
      if (valuesAt(found.block, 'skip_create_ami').some(({ value }) => value.literal === true)) continue;
      const key = `${found.setting.attribute} ${found.value.written.text}`;
      const others = bySetting.get(key);
      if (others) others.push(found);
      else bySetting.set(key, [found]);
    }
    for (const [{ certain, setting, source, span }, ...others] of bySetting.values() as Iterable<
      [BadSetting, ...BadSetting[]]
    >) {
      const what = setting.attribute.startsWith('snapshot') ? 'snapshot' : 'image';
      yield {
        message: `\`${setting.attribute}\` makes the ${what} of ${quoted(`${source.type}.${source.name}`, 30)} public${certain ? '' : ' by default'}`,
        help: source.type.startsWith('amazon-')
          ? `Remove it, or list the accounts that need it in \`${what === 'image' ? 'ami_users' : 'snapshot_users'}\``
          : 'Share it only with the accounts that need it',
        span,
        related: others.map(other => ({ message: `${quoted(other.source.name)} is public too`, span: other.span })),
      };
    }
  },
});
