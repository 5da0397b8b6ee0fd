import type { ImageBuild, Stage } from '../../../core/build.ts';
import { type Finding, type Fix, fix, type Related } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { stringList } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Edit, SourceText, Span } from '../../../core/text.ts';
import { fileWrittenBy } from '../../../facts/secrets/exposures/commands.ts';
import { credentialVariables } from '../../../facts/secrets/exposures/credential-variables.ts';
import { credentialFile } from '../../../facts/secrets/exposures/files.ts';
import { exposures } from '../../../facts/secrets/exposures/find.ts';
import { wouldBeWritten } from '../../../facts/secrets/exposures/written.ts';
import { keyIdsIn } from '../../../facts/secrets/key-ids.ts';
import { classifyName, type NameLists } from '../../../facts/secrets/names.ts';
import { classifyValue, isSwitch, type ValueKind } from '../../../facts/secrets/values.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { everyInstruction, instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type {
  ArgDeclaration,
  ArgInstruction,
  DockerfileTree,
  DockerStage,
  EnvInstruction,
  Instruction,
  LabelInstruction,
  RunInstruction,
} from '../../../languages/dockerfile/tree.ts';
import { syntaxFor, withdraw } from '../../../languages/dockerfile/withdraw.ts';
import { withReference } from './npm-reference.ts';

export default defineDockerfileRule({
  id: 'secret-in-build-argument',
  summary: 'A secret is passed as a build argument',
  policies: ['G1'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['ARG', 'ENV'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3064',
    'buildkit:SecretsUsedInArgOrEnv',
    'trivy:DS-0031',
    'semgrep:secret-in-build-arg',
    'sonar:S6472',
    'dockle:CIS-DI-0010',
    'tally:buildkit/SecretsUsedInArgOrEnv',
    'tally:ruby/secrets-in-arg-or-env',
  ],
  options: {
    allow: stringList('Names of arguments that are not secrets, such as `LICENSE_KEY`; `*` matches any characters'),
    deny: stringList('More names of secrets; `*` matches any characters, as in `*_PIN`'),
  },
  *check(file, { options, project }, build) {
    const written = new Set(
      exposures(build)
        .filter(({ judgement, site }) => site.kind === 'argument' && judgement.kind !== 'placeholder')
        .map(({ site }) => site.span.start),
    );
    const mentions = mentionsIn(file);
    const keyIds = keyIdsIn(build);
    const credentials = credentialVariables(build);
    const shipped = shippedStages(build, project.targets);
    for (const stage of file.stages) {
      const isShipped = shipped.has(build.stages[stage.index]!);
      const keys = keysIn(build.stages[stage.index]!);
      const reported = new Set<string>();
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind === 'arg') {
          for (const declaration of instruction.declarations) {
            const { name, span } = declaration;
            if (reported.has(name) || written.has(span.start) || isPlaceholder(declaration) || isHarmless(declaration))
              continue;
            if ((!isSecret(name, options) || keyIds.has(name)) && !keys.has(name) && !credentials.has(name)) continue;
            const found = argumentFinding(declaration, instruction, { stage, isShipped }, file, mentions);
            if (!found) continue;
            reported.add(name);
            // Mounted, it would still be written into the image.
            const [taken] = found.fixes ?? [];
            const kept = taken && wouldBeWritten(name, build.stages[stage.index]!, build);
            yield kept
              ? { ...found, fixes: [referred(taken, declaration, instruction, stage, file, build, mentions)] }
              : found;
          }
        } else if (instruction.kind === 'env') yield* promoted(instruction, reported, options);
      }
    }
  },
});

/** `SECRET_KEY_BASE` of Rails and Phoenix is the key itself, though its last word is another. */
function isSecret(name: string, lists: NameLists): boolean {
  const head = name.endsWith('SECRET_KEY_BASE') ? name.slice(0, -5) : name;
  return /^\w{1,100}$/.test(name) && classifyName(name, lists) !== 'none' && classifyName(head, lists) === 'strong';
}

/** `SECRET_KEY_BASE=dummy`: the build only needs some value. */
function isPlaceholder({ default: value }: ArgDeclaration): boolean {
  return /dummy|fake|build|unused|placeholder|precompile|test|temp|\bnone\b|not[-_]?(?:set|used|needed)/i.test(
    value?.literal?.slice(0, 200) ?? '',
  );
}

/** A switch, the fingerprint of a public key, or the key itself. */
function isHarmless({ default: value }: ArgDeclaration): boolean {
  const text = value?.literal ?? value?.byDefault;
  return text !== undefined && (isSwitch(text) || PUBLIC.has(classifyValue(text).kind));
}
const PUBLIC: ReadonlySet<ValueKind> = new Set(['public', 'certificate', 'fingerprint']);

/** The variables that commands write into private keys, with any name: `echo "$SSH_KEY" > ~/.ssh/id_rsa`. */
const keysIn: (stage: Stage) => ReadonlySet<string> = memo(stage => {
  const names = new Set<string>();
  for (const step of stage.steps) {
    if (step.kind !== 'run' || step.phase !== 'build' || !step.script) continue;
    for (const command of step.script.commands) {
      const path = fileWrittenBy(command, step.script);
      if (path === undefined || credentialFile(path)?.what.includes('private key') !== true) continue;
      for (const { expansions } of command.words)
        for (const { name } of expansions) if (name !== undefined) names.add(name);
    }
  }
  return names;
});

/** By variable, the instructions that name it, in order. */
type Mentions = ReadonlyMap<string, readonly Instruction[]>;

/** The use of a variable; `${TOKEN:+set}` says only whether it has a value. */
const USE = /\$\{?([A-Za-z_]\w{0,100})(?!\w|:?\+)/g;

function mentionsIn(file: DockerfileTree): Mentions {
  const mentions = new Map<string, Instruction[]>();
  for (const instruction of everyInstruction(file)) {
    const text = (instruction.kind === 'run' ? instruction.script : undefined)?.text ?? instruction.rest.text;
    for (const [, name = ''] of text.matchAll(USE)) {
      const list = mentions.get(name);
      if (!list) mentions.set(name, [instruction]);
      else if (list.at(-1) !== instruction) list.push(instruction);
    }
  }
  return mentions;
}

const AT_RUN_TIME = 'Pass the secret when the container starts';

interface Users {
  readonly settings: (EnvInstruction | LabelInstruction)[];
  /** Those that do not have it mounted. */
  readonly runs: RunInstruction[];
}

/** The instructions of a stage that use each variable, in order. */
const usersIn: (mentions: Mentions) => (stage: DockerStage) => ReadonlyMap<string, Users> = memo(mentions => {
  const byStage = new Map<DockerStage, Map<string, Users>>();
  for (const [name, instructions] of mentions)
    for (const instruction of instructions) {
      const { stage } = instruction;
      if (!stage) continue;
      let users = byStage.get(stage);
      if (!users) byStage.set(stage, (users = new Map()));
      let own = users.get(name);
      if (!own) users.set(name, (own = { settings: [], runs: [] }));
      if (instruction.kind === 'env' || instruction.kind === 'label') own.settings.push(instruction);
      else if (instruction.kind === 'run' && !isMounted(name, instruction)) own.runs.push(instruction);
    }
  return stage => byStage.get(stage) ?? NO_USERS;
});
const NO_USERS: ReadonlyMap<string, Users> = new Map();
const usersOf = (stage: DockerStage, mentions: Mentions) => usersIn(mentions)(stage);

/** Those after an instruction; searched from the end, so that nothing is copied when there are none. */
function laterThan<T extends Instruction>({ index }: Instruction, users: readonly T[] = []): readonly T[] {
  return users.length > 0 && users.at(-1)!.index > index ? users.filter(one => one.index > index) : [];
}

function argumentFinding(
  declaration: ArgDeclaration,
  instruction: ArgInstruction,
  { stage, isShipped }: { readonly stage: DockerStage; readonly isShipped: boolean },
  file: DockerfileTree,
  mentions: Mentions,
): Finding | undefined {
  const { name, nameSpan } = declaration;
  const settings = laterThan(instruction, usersOf(stage, mentions).get(name)?.settings);
  const uses = laterThan(instruction, usersOf(stage, mentions).get(name)?.runs);
  const first = settings[0];
  if (!first && uses.length === 0 && !(isShipped && isSeen(name, instruction, stage))) return undefined;
  const stored = first && storing(name, first);
  const related: Related[] = [
    ...(stored ? [{ message: 'Passed in here', span: nameSpan }] : []),
    ...(stored ? settings.slice(1) : settings).map(({ span }) => ({ message: 'Stored in the image here', span })),
    ...uses.map(({ keywordSpan }) => ({ message: 'Used here', span: keywordSpan })),
  ];
  const declared = quoted(`ARG ${name}`);
  const message = !isShipped
    ? `Secret in ${declared} is recorded in the build cache and provenance`
    : first
      ? `Secret in ${declared} is stored in the image by \`${first.keyword}\``
      : `Secret in ${declared} is recorded in the image history`;
  const help = first
    ? AT_RUN_TIME
    : /(?:^|_)SSH(?:_|$)/i.test(name)
      ? `Use \`RUN --mount=type=ssh\`, or ${quoted(`--mount=type=secret,id=${name}`, 45)}`
      : `Mount it with ${quoted(`RUN --mount=type=secret,id=${name}`, 65)}`;
  const mountable = first === undefined && uses.length > 0;
  const taken = mountable
    ? toMount(declaration, instruction, uses, stage, file, mentions)
    : first?.kind === 'env' && settings.length === 1
      ? toStart(declaration, instruction, first, uses, stage, file)
      : undefined;
  // The image keeps what ENV or LABEL sets, so that is the place to look at.
  return { message, help, span: stored ?? nameSpan, related: related.slice(0, 4), fixes: [taken] };
}

/** The key of the pair that takes its value from a variable. */
function storing(name: string, { pairs }: EnvInstruction | LabelInstruction): Span | undefined {
  return pairs.find(({ value }) => value.parts.some(part => typeof part !== 'string' && part.name === name))?.keySpan;
}

/** Whether the history of the image gets the value though no command names it: every RUN after an ARG records it. */
function isSeen(name: string, { index }: ArgInstruction, stage: DockerStage): boolean {
  // Searched from the end: nearly every stage has a RUN there.
  const run = stage.instructions.findLast(one => one.kind === 'run');
  return run !== undefined && run.index > index && !mountedIn(stage).has(name.toLowerCase());
}

/** The ids and variables of the secrets that the commands of a stage have mounted, in lower case. */
const mountedIn: (stage: DockerStage) => ReadonlySet<string> = memo(
  stage => new Set(stage.instructions.flatMap(one => (one.kind === 'run' ? secretsOf(one) : []))),
);

function secretsOf({ mounts }: RunInstruction): string[] {
  return mounts
    .filter(({ type }) => type === 'secret')
    .flatMap(({ id, options }) => [id?.literal, options.find(({ key }) => key === 'env')?.value?.literal])
    .flatMap(name => name?.toLowerCase() ?? []);
}

/** Whether a RUN gets the secret as a mount of that name instead. */
function isMounted(name: string, run: RunInstruction): boolean {
  return secretsOf(run).includes(name.toLowerCase());
}

/**
 * Takes the ARG out and gives its value to the commands that name it as a variable of a secret mount.
 * https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
 */
function toMount(
  { name, default: value }: ArgDeclaration,
  { declarations, span }: ArgInstruction,
  uses: readonly RunInstruction[],
  stage: DockerStage,
  file: DockerfileTree,
  mentions: Mentions,
) {
  const { source, stages } = file;
  if (value !== undefined || declarations.length > 1 || uses.some(({ form }) => form === 'exec')) return undefined;
  // What else names it, here or in a stage that starts from this one, would no longer get it.
  const sharing = new Set([stage, ...stages.filter(other => inherits(other, stage))]);
  const others = (mentions.get(name) ?? []).filter(({ stage: own }) => own !== undefined && sharing.has(own));
  if (others.some(other => other.kind !== 'arg' && !uses.includes(other as RunInstruction))) return undefined;
  const removed = withoutLine(source, span);
  const syntax = syntaxFor(file);
  if (!syntax || !removed) return undefined;
  return fix(
    'suggested',
    `Replace it with \`RUN --mount=type=secret\``,
    removed,
    ...uses.map(run => source.insert(run.keywordSpan.end, mountFlag(name))),
    ...syntax,
  );
}

/** Where `.npmrc` keeps the value: the file gets the name of the variable. What starts from the stage would have to be given it, too. */
function referred(
  mount: Fix,
  { name }: ArgDeclaration,
  instruction: ArgInstruction,
  stage: DockerStage,
  { stages }: DockerfileTree,
  build: ImageBuild,
  mentions: Mentions,
): Fix | undefined {
  if (stages.some(other => inherits(other, stage))) return undefined;
  const runs = laterThan(instruction, usersOf(stage, mentions).get(name)?.runs);
  return withReference(mount, name, {
    build,
    docker: stage,
    flag: mountFlag(name),
    runs,
    stage: build.stages[stage.index]!,
  });
}

const mountFlag = (name: string): string => ` --mount=type=secret,id=${name},env=${name}`;

/** An instruction that starts on its own line, with the line. */
function withoutLine(source: SourceText, { end, start }: Span): Edit | undefined {
  const { text } = source;
  if (start > 0 && text[start - 1] !== '\n') return undefined;
  return source.replace(start, text.startsWith('\r\n', end) ? end + 2 : text[end] === '\n' ? end + 1 : end, '');
}

/** What a build of an application may read from the environment without a name for it in the file. */
const BUILDS = /\b(?:build|compile|precompile|generate|bundle|manage\.py|collectstatic)\b/;

/** Takes an ARG and the ENV that keeps it out; the container is given the value at its start, and commands that name it a mount. */
function toStart(
  { name, default: value }: ArgDeclaration,
  instruction: ArgInstruction,
  env: EnvInstruction,
  uses: readonly RunInstruction[],
  stage: DockerStage,
  file: DockerfileTree,
): Fix | undefined {
  const pair = env.pairs.find(one => one.value.parts.some(part => typeof part !== 'string' && part.name === name));
  if (pair?.value.parts.length !== 1 || value !== undefined || instruction.declarations.length > 1) return undefined;
  if (pair.key === name ? uses.some(({ index }) => index < env.index) : uses.length > 0) return undefined;
  const isRead = stage.instructions.some(
    one => one.kind === 'run' && one.index > env.index && BUILDS.test(one.rest.text.slice(0, LONGEST_RUN)),
  );
  const removed = isRead ? undefined : withoutLine(file.source, instruction.span);
  const withdrawn = removed && withdraw(file, pair.value.span, instruction);
  return withdrawn && fix('suggested', `${withdrawn.title}, and ${quoted(`ARG ${name}`)}`, removed, ...withdrawn.edits);
}
const LONGEST_RUN = 20_000;

/** Whether a stage starts from another one, directly or through others; chains are cut after 50. */
function inherits(stage: DockerStage, from: DockerStage): boolean {
  let { base } = stage;
  for (let depth = 0; depth < 50 && base.kind === 'stage'; depth++) {
    if (base.stage === from) return true;
    ({ base } = base.stage);
  }
  return false;
}

/** ENV with the name of a secret that takes its value from an argument with another name. */
function* promoted(
  instruction: Extract<Instruction, { kind: 'env' }>,
  reported: ReadonlySet<string>,
  lists: NameLists,
): Generator<Finding> {
  for (const { key, keySpan, value } of instruction.pairs) {
    if (!isSecret(key, lists)) continue;
    const names = value.parts.flatMap(part => (typeof part === 'string' ? [] : part.name));
    if (names.length !== 1 || names.some(name => reported.has(name))) continue;
    const binding = instruction.environment.get(names[0]!);
    if (binding?.kind !== 'arg' || (binding.byDefault !== undefined && binding.byDefault !== '')) continue;
    yield {
      message: `Secret from ${quoted(`ARG ${names[0]!}`, 30)} is stored in ${quoted(`ENV ${key}`, 30)}`,
      help: AT_RUN_TIME,
      span: keySpan,
      related: binding.definition ? [{ message: 'Passed in here', span: binding.definition }] : [],
    };
  }
}
