import { expect, it } from 'vitest';
import { statusText } from '../../client/status-text.ts';

const FACTS = { isOn: true, preset: '', status: undefined, config: undefined, found: 0, added: 0 };
const uri = 'file:///ws/Dockerfile';

it('the status item says what is found, which preset and which configuration hold, and why a file is left out', () => {
  expect(statusText(FACTS)).toEqual({ text: 'Bakelint: 0 findings', detail: 'preset recommended, no configuration' });
  const status = { uri, config: 'file:///ws/.bakelint.yaml', presets: ['strict'] };
  const config = '.bakelint.yaml';
  expect(statusText({ ...FACTS, status, config, found: 1 })).toEqual({
    text: 'Bakelint: 1 finding',
    detail: 'preset strict, .bakelint.yaml',
  });
  expect(statusText({ ...FACTS, status: { ...status, isConfigBroken: true }, config }).detail).toBe(
    'preset strict, .bakelint.yaml (has problems)',
  );
  expect(statusText({ ...FACTS, preset: 'all', status, config, found: 3, added: 2 })).toEqual({
    text: 'Bakelint: 3 findings, 2 new',
    detail: 'preset all, .bakelint.yaml',
  });
  expect(statusText({ ...FACTS, isOn: false }).text).toBe('Bakelint is off');
  expect(statusText({ ...FACTS, status: { uri, leftOut: 'gitignore' } }).text).toBe('Bakelint: ignored by .gitignore');
});
