import type { ImageBuild, Stage, Step } from '../core/build.ts';
import { matchesSegment } from '../core/glob.ts';
import { memo } from '../core/memo.ts';
import { nameOf, parentDirectory } from '../core/path.ts';
import type { Span } from '../core/text.ts';
import { invocationBy, invocationsIn } from '../shell/invocations.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { clearedFiles } from './cleared-files.ts';
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
    const settings = new Map<string, PlacedSetting>();
    for (const step of stage.steps) {
      if (isUnknown(step) || unread.has(step)) settings.clear();
      const events = [
        ...(own.get(step) ?? []).flatMap(write => [...settingsIn(write)].map(one => ({ ...one, path: write.path }))),
        ...(settings.size > 0 || own.has(step) ? clearings(step) : []),
      ].sort((a, b) => a.span.start - b.span.start);
      for (const one of events)
        if ('keyword' in one) settings.set(one.keyword, one);
        else for (const [keyword, { path }] of settings) if (one.clears(path, keyword)) settings.delete(keyword);
    }
    return [...settings.values()];
  });
});

interface PlacedSetting extends SshdSetting {
  /** The file that it is written to. */
  readonly path: string;
}

/** A command that takes settings out of a file, or puts another file in its place. */
interface Clearing {
  readonly span: Span;
  clears(path: string, keyword: string): boolean;
}

/** Programs that change some of a file: what they name. The others leave nothing of it. */
const EDITORS: ReadonlySet<string> = new Set(['sed', 'perl']);

function clearings(step: Step): readonly Clearing[] {
  const script = step.kind === 'run' && step.phase === 'build' ? step.script : undefined;
  if (!script || !/sshd/i.test(script.text.text)) return [];
  return clearedFiles(script).flatMap(({ command, file }): Clearing[] => {
    const cleared = file.word.value.text;
    if (!/ssh/i.test(cleared)) return [];
    const program = invocationBy(command, script)?.program ?? '';
    const words = EDITORS.has(program) ? command.words.map(({ raw }) => raw.toLowerCase()) : undefined;
    return [
      {
        span: script.text.spanOf(command.start, command.end),
        clears: (path, keyword) => holds(cleared, path) && (!words || words.some(word => word.includes(keyword))),
      },
    ];
  });
}

/** Whether a deleted path, which may be a directory or have a glob, is that of a file, or one around it. */
function holds(cleared: string, path: string): boolean {
  const own = cleared.replace(/(?<!\/)\/+$/, '');
  if (own === path || path.startsWith(`${own}/`)) return true;
  // The pattern of `find -name` is without a directory.
  const isInside = !own.includes('/') || parentDirectory(own) === parentDirectory(path);
  return isInside && matchesSegment(nameOf(own), nameOf(path));
}

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
