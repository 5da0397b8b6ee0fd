import { expect, test } from 'vitest';
import type { NamedNeeds } from '../../core/needs.ts';
import { NeedsIndex } from '../../core/needs.ts';
import { lintAll, lowered, seeds } from './documents.ts';

test('a rule finds the same whether or not the linter looks at what it needs', () => {
  let findings = 0;
  for (const seed of seeds) {
    const all = lintAll(seed.text, seed, { everyRule: true }).diagnostics;
    expect(lintAll(seed.text, seed).diagnostics, seed.name).toEqual(all);
    findings += all.length;
  }
  expect(findings).toBeGreaterThan(5_000);
});

test.each<[string, 'dockerfile' | 'packer' | 'cloud-init', string, readonly NamedNeeds[]]>([
  [
    'Dockerfile',
    'dockerfile',
    'FROM debian:13 AS base\nONBUILD USER app\nRUN sudo apt-get update | tee log\nRUN pip3.12 install flask\nHEALTHCHECK NONE\nONBUILD COPY --from=a --link b c\n',
    [
      { instructions: ['USER'] },
      { instructions: ['ENV', 'HEALTHCHECK'] },
      { instructions: ['COPY --link'] },
      { instructions: ['FROM AS'] },
      { programs: ['apt-get'] },
      { programs: ['sudo'] },
      { programs: ['tee'] },
      { programs: ['pip3.12'] },
      { programs: ['pip'] },
      { steps: ['run'] },
    ],
  ],
  [
    'Packer',
    'packer',
    'source "qemu" "x" {\n  iso_url = "x.iso"\n}\nbuild {\n  provisioner "shell" {\n    inline = ["reboot"]\n  }\n}\n',
    [
      { blocks: ['source.qemu'] },
      { blocks: ['provisioner'] },
      { attributes: ['iso_url'] },
      { attributes: ['inline'] },
      { programs: ['reboot'] },
    ],
  ],
  [
    'cloud-init',
    'cloud-init',
    '#cloud-config\nusers:\n  - name: a\n    sudo: x\nruncmd:\n  - [systemctl, start, x]\n',
    [{ keys: ['sudo'] }, { keys: ['users'] }, { programs: ['systemctl'] }],
  ],
])('what a %s has is seen', (_, language, text, present) => {
  const { build, inventory } = lowered(text, language);
  const index = (needs: readonly NamedNeeds[]) => [...new NeedsIndex(needs).met(build, inventory)];
  expect(index(present)).toEqual(present.map(() => 1));
  const absent: NamedNeeds[] = [
    { instructions: ['STOPSIGNAL', 'RUN --link'] },
    { programs: ['wget'] },
    { blocks: ['data'] },
    { keys: ['ntp'] },
  ];
  expect(index(absent)).toEqual(absent.map(() => 0));
  expect([...new NeedsIndex(['always', undefined]).met(build, inventory)]).toEqual([1, 0]);
});
