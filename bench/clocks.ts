import type { ImageBuild } from '../core/build.ts';
import type { Rule } from '../core/rule.ts';
import { readScripts } from './engine.ts';

/** What a rule cost over a corpus; the first that asks for a fact pays for it. */
export interface RuleCost {
  calls: number;
  milliseconds: number;
  findings: number;
}

/** The rules with a clock around each; scripts are parsed before the first one runs on a build, on a clock of their own. */
export class Clocks {
  readonly costs = new Map<string, RuleCost>();
  scripts = 0;
  private readonly readBuilds = new WeakSet<ImageBuild>();

  around = (rule: Rule): Rule => {
    const cost: RuleCost = { calls: 0, milliseconds: 0, findings: 0 };
    this.costs.set(rule.id, cost);
    return {
      ...rule,
      check: (build, context) => {
        this.readScripts(build);
        const start = performance.now();
        const findings = [...rule.check(build, context)];
        cost.milliseconds += performance.now() - start;
        cost.calls++;
        cost.findings += findings.length;
        return findings;
      },
    };
  };

  private readScripts(build: ImageBuild): void {
    if (this.readBuilds.has(build)) return;
    this.readBuilds.add(build);
    const start = performance.now();
    readScripts(build);
    this.scripts += performance.now() - start;
  }
}

/** The `count` rules that took longest, the slowest first. */
export function slowest(costs: ReadonlyMap<string, RuleCost>, count: number): [string, RuleCost][] {
  return [...costs].sort(([, a], [, b]) => b.milliseconds - a.milliseconds).slice(0, count);
}
