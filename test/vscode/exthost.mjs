// Runs the suite inside a real extension host and reports how it ended.
import { format } from 'node:util';
import { openWorkbench } from './workbench.mjs';

const PATIENCE = 180_000;
/** What a workbench without a network says to itself. */
const NOISE =
  /Cannot find module '\.\/build|Require stack|^- \/|bindings|connection token|socket|reconnection-grace|builtin extensions cache|AccountPolicy|AgentHost|Service ?Worker|open-vsx|queryRaw|Failed to fetch|workbench\.js|gallery|spdlog|^\s+at |marketplace|ERR_/i;

/** Throws when a test of the suite fails. */
export async function runSuite(kind, staged) {
  let ended;
  const exit = new Promise(resolve => {
    ended = resolve;
  });
  const lines = [];
  const opened = openWorkbench(kind, staged, {
    tests: true,
    async beforeGoto(page) {
      // VS Code calls these two when it runs tests under automation.
      await page.exposeFunction('codeAutomationLog', (_type, args) => {
        const said = format(...args).split('\n');
        lines.push(...said);
        const picture = said.map(line => /^\[picture\] (\w+)/.exec(line)?.[1]).find(Boolean);
        if (picture && process.env.PICTURES)
          page.screenshot({ path: `${process.env.PICTURES}/${picture}.png` }).catch(() => undefined);
      });
      await page.exposeFunction('codeAutomationExit', code => ended(code));
    },
  });
  const { close } = await opened;
  const timer = setTimeout(() => ended('no end in sight'), PATIENCE);
  try {
    const code = await exit;
    const said = lines.filter(line => process.env.VERBOSE || !NOISE.test(line));
    if (code !== 0) throw new Error(`the suite ended with ${code}\n${said.join('\n')}`);
    const passed = said.findLast(line => /\d+ passing/.test(line)) ?? '';
    const count = Number(/(\d+) passing/.exec(passed)?.[1]);
    if (!count) throw new Error(`the suite ran no tests\n${said.join('\n')}`);
    const figures = said.filter(line => line.includes('[figure]')).map(line => line.trim().replace('[figure] ', '  '));
    return [`${count} tests`, ...figures].join('\n');
  } finally {
    clearTimeout(timer);
    await close();
  }
}
