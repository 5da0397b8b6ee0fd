import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Script } from '../../core/script.ts';
import { SourceText } from '../../core/text.ts';
import { classifyName } from '../../facts/secrets/names.ts';
import { shellParser } from '../../shell/parser.ts';

test('scripts that are kept keep no documents', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const settings = { dialect: 'posix', errexit: false, pipefail: false } as const;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1_000_000;
  };
  const before = used();
  for (let i = 0; i < 30; i++) {
    // Two million characters, of which the script is a part.
    const document = SourceText.document(
      `apt-get install -y package-${i} DATABASE_PASSWORD_${i}=x${' '.repeat(2_000_000)}\n`,
    );
    const script = new Script(document.slice(0, document.text.indexOf('  ')), settings, shellParser);
    expect(script.commands[0]?.words[2]?.literal).toBe('-y');
    for (const { raw } of script.commands[0]!.words) classifyName(raw.slice(0, raw.indexOf('=')));
  }
  expect(used() - before).toBeLessThan(20);
});
