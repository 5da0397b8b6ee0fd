import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BadSetting, badSettings } from '../../../languages/packer/settings.ts';

export default definePackerRule({
  id: 'public-image',
  summary: 'The image or its snapshot is made public',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree, { project }) {
    if (project.kind === 'appliance') return;
    // The same value in every source of a file is one decision.
    const decisions = new Map<string, BadSetting[]>();
    for (const found of badSettings(tree, 'public', true)) {
      const key = `${found.setting.attribute} ${found.value.written.text}`;
      const others = decisions.get(key);
      if (others) others.push(found);
      else decisions.set(key, [found]);
    }
    for (const [{ certain, setting, source, span }, ...others] of decisions.values() as Iterable<
      [BadSetting, ...BadSetting[]]
    >) {
      const what = setting.attribute.startsWith('snapshot') ? 'snapshot' : 'image';
      yield {
        message: `\`${setting.attribute}\` ${certain ? '' : '(by its default) '}gives everybody the ${what} of \`${source.type}.${source.name}\`, with whatever was left in it.`,
        span,
        related: others.map(other => ({ message: `So is that of \`${other.source.name}\`.`, span: other.span })),
      };
    }
  },
});
