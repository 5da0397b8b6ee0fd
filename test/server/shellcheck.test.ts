import { afterEach, expect, test } from 'vitest';
import type { ScriptRemark } from '../../core/remarks.ts';
import { languages } from '../../languages/index.ts';
import shellcheck from '../../rules/shared/shellcheck/rule.ts';
import { FILES_CHANGED } from '../../server/protocol.ts';
import { readSettings } from '../../server/settings.ts';
import { Session } from './session.ts';

let session: Session;
afterEach(() => session.stop());

const URI = 'file:///ws/Dockerfile';
const remark: ScriptRemark = {
  start: 0,
  end: 4,
  level: 'warning',
  code: 'SC1234',
  message: 'So so.',
  replacements: [],
};

/** A checker that answers on demand, and counts what it is asked. */
function later(): {
  asked: number;
  answer(): void;
  check: NonNullable<Parameters<typeof Session.start>[0]['checkScripts']>;
} {
  let known = false;
  let tell = (): void => undefined;
  const state = {
    asked: 0,
    answer() {
      known = true;
      tell();
    },
    check: (answered: () => void) => {
      tell = answered;
      return () => {
        state.asked++;
        return known ? [remark] : undefined;
      };
    },
  };
  return state;
}

const start = (checker: ReturnType<typeof later>, enable: boolean, trusted: boolean): Promise<Session> =>
  Session.start({
    engine: { languages, rules: [shellcheck] },
    files: new Map(),
    settings: { shellcheck: { enable } },
    checkScripts: checker.check,
    initializationOptions: { trusted },
  });

test('the setting has to say so in so many words', async () => {
  session = await start(later(), false, true);
  expect(readSettings(undefined).shellcheck).toBe(false);
  expect(readSettings({ shellcheck: { enable: 'true' } }).shellcheck).toBe(false);
  expect(readSettings({ shellcheck: { enable: true } }).shellcheck).toBe(true);
});

test('remarks appear when the program has answered', async () => {
  const checker = later();
  session = await start(checker, true, true);
  await session.open(URI, 'FROM a:1\nRUN echo hi\n');
  await session.until(URI, found => found.length === 0);
  expect(checker.asked).toBeGreaterThan(0);
  checker.answer();
  const [found] = await session.until(URI, diagnostics => diagnostics.length === 1);
  expect(found).toMatchObject({
    code: 'shellcheck',
    message: 'So so (SC1234)\nSee https://www.shellcheck.net/wiki/SC1234',
    range: { start: { line: 1, character: 4 } },
  });
});

test('nothing is run while it is off, nor for a workspace that is not trusted until it is', async () => {
  const off = later();
  session = await start(off, false, true);
  await session.open(URI, 'FROM a:1\nRUN echo hi\n');
  await session.until(URI, found => found.length === 0);
  expect(off.asked).toBe(0);
  await session.stop();

  const untrusted = later();
  session = await start(untrusted, true, false);
  await session.open(URI, 'FROM a:1\nRUN echo hi\n');
  await session.until(URI, found => found.length === 0);
  expect(untrusted.asked).toBe(0);
  untrusted.answer();
  await session.client.sendNotification(FILES_CHANGED);
  await session.until(URI, found => found.length === 1);
});
