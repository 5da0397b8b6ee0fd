import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ruleDirectories } from '../../dev/engine.ts';
import { rules } from '../../rules/index.ts';

/** Programs that matter only where another one, which the rule needs, is as well. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'archive-left': ['cd', 'mv', 'popd', 'pushd'],
  'cd-instead-of-workdir': ['popd', 'pushd'],
  'cd-without-effect': ['pushd'],
  'curl-and-wget': ['curl'],
  'lonely-package-update': ['rm'],
  'package-install-prompts': ['dpkg', 'xargs'],
  'reboot-in-commands': ['cloud-init-per'],
  'remote-desktop-enabled': ['Enable-NetFirewallRule', 'New-NetFirewallRule', 'netsh'],
  'swap-file-left': ['dd', 'fallocate', 'truncate'],
};

test.each(
  ruleDirectories().flatMap(({ id, directory }) => {
    const { needs } = rules.find(rule => rule.id === id)!;
    return needs !== undefined && needs !== 'always' && needs.programs && !needs.steps?.includes('run')
      ? [[id, directory, needs.programs] as const]
      : [];
  }),
)('%s needs the programs that it compares with', (id, directory, needed) => {
  const source = readFileSync(`${directory}/rule.ts`, 'utf8');
  const compared = [...source.matchAll(/\b(?:program [!=]==|via\.includes\() ?'([^']{1,60})'/g)].map(
    ([, name]) => name!,
  );
  const missing = compared.filter(name => !needed.includes(name.toLowerCase()) && !needed.includes(name));
  expect(missing.filter(name => !BESIDE[id]?.includes(name))).toEqual([]);
});
