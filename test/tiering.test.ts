import { spawnSync } from 'node:child_process';
import v8 from 'node:v8';
import { expect, test } from 'vitest';
import { compileFor, flagsFor, keepHeapSmall, optimizeLate, setFlagsOfStart } from '../node/tiering.ts';

test('V8 counts bytes of bytecode up to version 11, and calls from then on', () => {
  expect(flagsFor(2_000_000, 11)).toEqual(['--interrupt-budget=2000000']);
  expect(flagsFor(2_000_000, 12)).toEqual([
    '--invocation-count-for-turbofan=88778',
    '--invocation-count-for-maglev=11837',
  ]);
});

// V8 would say on the standard error of each run that it does not know a flag.
test.runIf(Number.parseInt(process.versions.v8, 10) <= 13)('the V8 of this process knows the flags', () => {
  const flags = [
    ...flagsFor(2_000_000, Number.parseInt(process.versions.v8, 10)),
    '--always-sparkplug',
    '--semi-space-growth-factor=1',
    '--optimize-for-size',
    '--no-optimize-for-size',
    '--heap-growing-percent=50',
    '--regexp-tier-up-ticks=20',
  ];
  const script = `for (const flag of ${JSON.stringify(flags)}) require('node:v8').setFlagsFromString(flag)`;
  const { stderr, status } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

// What V8 compiled is taken only with the flags that it was written with.
test.runIf(Number.parseInt(process.versions.v8, 10) <= 13)('the flags of the start come back, whatever was set', () => {
  setFlagsOfStart();
  const tag = v8.cachedDataVersionTag();
  optimizeLate();
  compileFor(1000);
  expect(v8.cachedDataVersionTag()).not.toBe(tag);
  setFlagsOfStart();
  expect(v8.cachedDataVersionTag()).toBe(tag);
  keepHeapSmall();
  expect(v8.cachedDataVersionTag()).not.toBe(tag);
  setFlagsOfStart();
  expect(v8.cachedDataVersionTag()).toBe(tag);
});
