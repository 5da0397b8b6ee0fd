/** A generated monorepo: services on shared bases, machines that boot and start them, and the files that build all of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentOf } from './documents.ts';

/** Files of one service. */
export const FILES_OF_SERVICE = 5;
const SERVICES_OF_TEAM = 50;

/** Writes `count` files below a directory. */
export function writeMonorepo(directory: string, count: number): void {
  let left = count;
  for (let i = 0; left > 0; i++)
    for (const [path, text] of filesOf(i)) {
      if (left-- <= 0) return;
      const whole = join(directory, path);
      mkdirSync(dirname(whole), { recursive: true });
      writeFileSync(whole, text);
    }
}

function filesOf(i: number): readonly (readonly [string, string])[] {
  const folder = `team${Math.floor(i / SERVICES_OF_TEAM)}/service${i}`;
  const lines = 40 + (i % 60);
  const base = i % SERVICES_OF_TEAM === 0 ? 'debian:12.8-slim' : `registry.example.com/service${i - 1}:1`;
  const dockerfile = documentOf('dockerfile', lines, i).text;
  return [
    [`${folder}/Dockerfile`, `${dockerfile}\nFROM ${base}\nCOPY --from=base /srv /srv\n`],
    [`${folder}/build.sh`, `#!/bin/sh\ndocker build -t registry.example.com/service${i}:1 .\n`],
    [`${folder}/user-data`, `${documentOf('cloud-init', lines, i).text}`],
    [`${folder}/image.pkr.hcl`, documentOf('packer', lines, i).text],
    [
      `${folder}/compose.yaml`,
      `services:\n  a:\n    image: registry.example.com/service${i}:1\n  db:\n    image: postgres:17\n`,
    ],
  ];
}
