import { describe, expect, test } from 'vitest';
import { carriers, filledIn, lookAlikes } from '../../dev/secrets/carriers.ts';

describe('the carriers', () => {
  const all = carriers();

  test('are many, in every language and in both halves', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBeGreaterThan(250);
    for (const language of ['dockerfile', 'packer', 'cloud-init'])
      for (const half of ['development', 'held-out'])
        expect(all.filter(one => one.language === language && one.half === half).length).toBeGreaterThan(50);
  });

  test('have one place for a secret, and none in the safe file', () => {
    for (const { id, text, safe, shapes } of all) {
      expect([id, text.split('{{SECRET}}').length, text.match(/[⟪‖⟫]/)]).toEqual([id, 2, null]);
      expect([id, safe.includes('{{'.concat('SECRET')), safe.match(/[⟪‖⟫]/)]).toEqual([id, false, null]);
      expect([id, shapes.length > 0]).toEqual([id, true]);
    }
  });

  test('are filled with the same values for the same seed', () => {
    for (const carrier of all.slice(0, 20)) {
      expect(filledIn(carrier, 5, 3)).toEqual(filledIn(carrier, 5, 3));
      expect(filledIn(carrier, 5, 3)).not.toEqual(filledIn(carrier, 5, 4));
    }
  });

  test('a key of several lines is indented like its first line', () => {
    const key = all
      .filter(({ group }) => group === 'key-material')
      .flatMap(carrier => filledIn(carrier, carrier.shapes.length, 1))
      .find(({ text, firstLine, lastLine }) => lastLine > firstLine && /^ {6}-/.test(text.split('\n')[firstLine]!))!;
    for (const line of key.text.split('\n').slice(key.firstLine, key.lastLine + 1)) expect(line).toMatch(/^ {6}\S/);
  });

  test('there are look-alikes in every language', () => {
    expect(new Set(lookAlikes().map(({ language }) => language)).size).toBe(3);
    expect(lookAlikes().length).toBeGreaterThan(75);
  });
});
