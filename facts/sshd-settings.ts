import type { ImageBuild, Stage, Step } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Span } from '../core/text.ts';
import { invocationsIn } from '../shell/invocations.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { type FileWrite, fileWrites } from './file-writes.ts';

/** A setting of the SSH server that a build writes. https://man.openbsd.org/sshd_config */
export interface SshdSetting {
  /** Lower case: `permitrootlogin`. */
  readonly keyword: string;
  /** Lower case. */
  readonly value: string;
  readonly span: Span;
  readonly stage: Stage;
  /** How it is written, which may be something else that does the same: `rootpw --allow-ssh` in kickstart. */
  readonly written: string;
}

const SETTING =
  /\b(PermitRootLogin|PasswordAuthentication|PermitEmptyPasswords)[ \t=]{1,20}(yes|no|prohibit-password|without-password|forced-commands-only)\b/gi;

/** Tools whose work is in files that are not read. */
const TOOLS = [
  'ansible',
  'ansible-playbook',
  'ansible-pull',
  'chef-client',
  'chef-solo',
  'cinc-client',
  'puppet',
  'salt-call',
];

/**
 * The ways in that each stage leaves open or closes: for each setting the last that is written. What is set before a step
 * that cannot be read may be another one after it.
 */
export const sshdSettings: (build: ImageBuild) => readonly SshdSetting[] = memo(build => {
  const writes = new Map<Stage, Map<Step, FileWrite[]>>();
  for (const write of fileWrites(build)) {
    // The client's settings have the same names.
    if (!/sshd/i.test(write.path)) continue;
    const ofStage = writes.get(write.stage) ?? new Map<Step, FileWrite[]>();
    writes.set(write.stage, ofStage);
    ofStage.set(write.step, [...(ofStage.get(write.step) ?? []), write]);
  }
  if (writes.size === 0) return [];
  const unread = stepsOfTools(build);
  return [...writes].flatMap(([stage, own]) => {
    const settings = new Map<string, SshdSetting>();
    for (const step of stage.steps) {
      if (isUnknown(step) || unread.has(step)) settings.clear();
      for (const write of own.get(step) ?? []) for (const one of settingsIn(write)) settings.set(one.keyword, one);
    }
    return [...settings.values()];
  });
});

function* settingsIn({ text, stage }: FileWrite): Iterable<SshdSetting> {
  for (const match of text.text.matchAll(SETTING)) {
    const lineStart = text.text.lastIndexOf('\n', match.index) + 1;
    if (text.text.slice(lineStart, match.index).trimStart().startsWith('#')) continue;
    const [keyword, value] = [match[1]!.toLowerCase(), match[2]!.toLowerCase()];
    const { span, written } = text.slice(match.index, match.index + match[0].length);
    yield { keyword, value, span, stage, written };
  }
}

function isUnknown(step: Step): boolean {
  return step.kind === 'run' && step.phase === 'build' && !step.script && !step.argv;
}

function stepsOfTools(build: ImageBuild): ReadonlySet<Step> {
  if (!runsOneOf(build, TOOLS)) return new Set();
  const found = invocationsIn(build).filter(({ invocation }) => TOOLS.includes(invocation.program));
  return new Set(found.map(({ step }) => step));
}
