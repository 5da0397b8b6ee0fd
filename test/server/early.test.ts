import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each(['server/node.ts', 'server/extension.ts'])('%s sets V8 up before any other module', file => {
  const [first] = /^import .*$/m.exec(readFileSync(file, 'utf8'))!;
  expect(first).toBe("import './early.ts';");
});
