import type { CopyStep, Stage, WriteFileStep } from '../../../core/build.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { Span } from '../../../core/text.ts';
import { copyOf } from '../../../facts/copies.ts';
import { downloads } from '../../../facts/downloads.ts';
import { deletionsIn } from '../../../facts/secrets/exposures/removal.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { isVagrant } from '../../../languages/packer/vagrant.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'authorized-key-left',
  summary: 'A build adds an SSH key and does not remove it',
  policies: ['G10', 'G9'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { steps: ['copy', 'write-file', 'run'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'vagrant') return;
    const saved = new Map<Stage, Span[]>();
    for (const { path, span, stage } of downloads(build))
      if (path !== undefined && KEYS.test(path)) saved.set(stage, [...(saved.get(stage) ?? []), span]);
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || !makesMachine(packerBuild) || isVagrant(packerBuild)) continue;
      const cleared = lastClearing(stage);
      const places = [...keysIn(stage, cleared), ...(cleared >= 0 ? [] : (saved.get(stage) ?? []))];
      const [first, ...others] = places;
      if (!first) continue;
      const isShared = isPublic(packerBuild);
      yield {
        message: `SSH key in \`authorized_keys\` remains in the ${isShared ? 'public ' : ''}image`,
        help: "Add keys at boot, from the platform's metadata or cloud-init",
        span: first,
        related: others.map(span => ({ message: 'Another key', span })),
        ...(isShared && { severity: 'warning', preset: 'recommended' }),
      };
    }
  },
});

const KEYS = /\/\.ssh\/authorized_keys2?["']?$|^\/etc\/ssh\/authorized_keys(?:\/|$)/;

function makesMachine({ sources }: PackerBuild): boolean {
  return sources.some(({ facts }) => facts?.produces === 'image' || facts?.produces === 'disk');
}

function isPublic({ sources }: PackerBuild): boolean {
  return sources.some(source =>
    (source.facts?.settings ?? []).some(({ attribute, bad, concern }) => {
      const value = concern === 'public' ? source.attribute(attribute)?.value : undefined;
      const given = value?.kind === 'list' ? value.items.map(item => item.text) : [value?.text];
      return given.some(text => text !== undefined && bad.includes(text));
    }),
  );
}

/** Where a stage puts keys after the last step that takes keys away. */
function keysIn(stage: Stage, cleared: number): Span[] {
  const found: Span[] = [];
  stage.steps.forEach((step, at) => {
    if (at <= cleared) return;
    const places =
      step.kind === 'copy' || step.kind === 'write-file'
        ? byStep(step)
        : step.kind === 'run' && step.phase === 'build'
          ? invocationsOfStep(step).flatMap(invocation => byCommand(invocation) ?? [])
          : [];
    found.push(...places);
  });
  return found;
}

/** The position of the last step that deletes or empties the files of keys; -1 when there is none. */
function lastClearing(stage: Stage): number {
  const clearings = deletionsIn(stage).of(['authorized_keys', 'authorized_keys2', '.ssh']);
  return clearings.reduce((last, { at, how }) => (how === 'changed' ? last : Math.max(last, at)), -1);
}

function byStep(step: CopyStep | WriteFileStep): Span[] {
  if (step.kind === 'copy')
    return step.origin === 'context' && KEYS.test(step.to?.source.text ?? '') ? [step.to?.span ?? step.span] : [];
  return KEYS.test(step.path?.source.text ?? '') ? [step.path?.span ?? step.span] : [];
}

/** The command when it adds a key. */
function byCommand(invocation: Invocation): Span | undefined {
  const { command, script } = invocation;
  const given = readArguments(invocation);
  const isKeys = (word: Pick<Word, 'literal'> | undefined, text = ''): boolean => KEYS.test(word?.literal ?? text);
  const writes = command.redirects.some(
    ({ operator, target }) => /^>>?\|?$/.test(operator) && isKeys(target, target?.raw),
  );
  const adds =
    (writes && (command.words.length > 1 || command.redirects.some(({ heredoc }) => heredoc))) ||
    (given.program === 'tee' && given.operands.some(word => isKeys(word, word.raw))) ||
    isKeys(copyOf(invocation)?.target) ||
    given.program === 'ssh-import-id' ||
    given.program === 'ssh-import-id-gh';
  const copies = copyOf(invocation)?.sources.some(({ literal }) => literal === '/dev/null') === true;
  const empty = writes && given.operands.every(({ literal }) => literal === '' || literal === '/dev/null');
  return adds && !copies && !empty ? script.spanOf(command) : undefined;
}
