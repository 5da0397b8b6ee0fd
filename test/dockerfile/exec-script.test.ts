import { expect, test } from 'vitest';
import type { RunStep } from '../../core/build.ts';
import { NO_FILES } from '../../core/language.ts';
import { lower } from '../../core/linter.ts';
import { dockerfile } from '../../languages/dockerfile/language.ts';
import { shellParser } from '../../shell/parser.ts';

function steps(text: string): RunStep[] {
  const engine = { languages: [dockerfile], rules: [], shell: shellParser };
  const build = lower({ path: 'Dockerfile', text }, dockerfile as never, { engine, files: NO_FILES });
  return build.stages.flatMap(stage => stage.steps).filter(step => step.kind === 'run');
}

test('the script of a shell in exec form is read, with the settings its words give', () => {
  const text = 'FROM a\nRUN ["/bin/bash", "-eo", "pipefail", "-c", "curl x | sh"]\nCMD ["sh", "-c", "exec app"]\n';
  const [run, cmd] = steps(text);
  expect(run!.script).toMatchObject({ dialect: 'bash', errexit: true, pipefail: true });
  expect(run!.script!.text.text).toBe('curl x | sh');
  expect(text.slice(run!.script!.text.span.start, run!.script!.text.span.end)).toBe('curl x | sh');
  expect(run!.argv).toHaveLength(5);
  expect(cmd!.script).toMatchObject({ dialect: 'posix', errexit: false, pipefail: false });
});

test('words that run no shell have no script', () => {
  expect(steps('FROM a\nRUN ["apt-get", "-c", "sh"]\nCMD ["sh", "run.sh", "-c", "x"]')[0]!.script).toBeUndefined();
  expect(steps('FROM a\nCMD ["sh", "run.sh", "-c", "x"]')[0]!.script).toBeUndefined();
});
