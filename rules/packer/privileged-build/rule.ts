import { quoted } from '../../../core/quoted.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings, sourceBlocks } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';

/** The engine's socket, and directories of the host that give access to all of it. The keys of `volumes` are paths of the host. */
const OF_HOST =
  /^(?:(?:\/var)?\/run\/(?:docker|podman\/podman)\.sock|\/|\/(?:etc|root|var\/run|run|var\/lib\/docker|boot|dev|proc|sys))\/?$/;

const NEEDS = settingNeeds('privileged');

export default definePackerRule({
  id: 'privileged-build',
  summary: 'A Docker build container has root access to the host',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { ...NEEDS, attributes: [...NEEDS.attributes!, 'volumes'] },
  since: '2026.11',
  *check(tree) {
    for (const { setting, span } of badSettings(tree, 'privileged')) {
      yield {
        message: `\`${setting.attribute}\` gives the build root access to the host`,
        help: 'Remove it, or build in a virtual machine',
        span,
      };
    }
    for (const { block, source } of sourceBlocks(tree)) {
      if (source.type !== 'docker') continue;
      for (const { key, keySpan } of block.attribute('volumes')?.value.entries ?? [])
        if (OF_HOST.test(key))
          yield {
            message: `Mounting ${quoted(key, 30)} gives the build root access to the host`,
            help: 'Remove it, or build in a virtual machine',
            span: keySpan,
          };
    }
  },
});
