import { SHELL_NEEDS, ungeneralized } from '../../../languages/packer/generalize.ts';
import { osOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'ungeneralized-cloud-image',
  summary: 'No step clears the machine ID of a cloud image',
  policies: ['G9'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  needs: SHELL_NEEDS,
  since: '2026.11',
  *check(tree, { project }, lowered) {
    if (project.kind === 'vagrant') return;
    const isWanted: Parameters<typeof ungeneralized>[2] = source =>
      IN_CLOUDS.test(source.type) && osOf(source) !== 'windows';
    for (const { build, kept, os, sources } of ungeneralized(tree, lowered, isWanted)) {
      if (os !== 'linux' || !kept.includes('machine ID')) continue;
      yield {
        message: 'No step resets the machine ID and cloud-init state',
        help: 'End with `sudo cloud-init clean --logs` and `sudo truncate -s 0 /etc/machine-id`',
        span: build.header,
        related: sources.map(({ span }) => ({ message: 'Instances of this image share one machine ID', span })),
      };
    }
  },
});

/** Clouds whose Linux images create new SSH host keys for every machine, but not a new machine ID. */
const IN_CLOUDS =
  /^(?:amazon-|googlecompute|digitalocean|hcloud|openstack|oracle-|linode|vultr|yandex|scaleway|alicloud)/;
