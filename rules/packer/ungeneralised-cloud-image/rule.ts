import { ungeneralised } from '../../../languages/packer/generalise.ts';
import { osOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'ungeneralised-cloud-image',
  summary: 'No step empties the machine id of a cloud image',
  policies: ['G9'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree, { project }, lowered) {
    if (project.kind === 'vagrant') return;
    const isWanted: Parameters<typeof ungeneralised>[2] = source =>
      IN_CLOUDS.test(source.type) && osOf(source) !== 'windows';
    for (const { build, os, sources } of ungeneralised(tree, lowered, isWanted)) {
      if (os !== 'linux') continue;
      yield {
        message:
          'No step empties the machine id and the state of cloud-init, so all machines made from this image share them and their logs cannot be told apart.',
        span: build.header,
        related: sources.map(({ span }) => ({ message: 'Its machines have one machine id.', span })),
      };
    }
  },
});

/** Clouds whose Linux images make new SSH host keys for every machine, but no new machine id. */
const IN_CLOUDS =
  /^(?:amazon-|googlecompute|digitalocean|hcloud|openstack|oracle-|linode|vultr|yandex|scaleway|alicloud)/;
