import { classifyName, type NameLists } from '../../core/facts/secrets/names.ts';
import { exposures } from '../../core/facts/secrets/sinks/find.ts';
import { type Finding, fix, type Related } from '../../core/finding.ts';
import { stringList } from '../../core/options.ts';
import { defineDockerfileRule } from '../../languages/dockerfile/rule.ts';
import type {
  ArgDeclaration,
  ArgInstruction,
  DockerfileTree,
  DockerStage,
  Instruction,
  RunInstruction,
} from '../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'secret-in-build-argument',
  summary: 'A secret comes in as a build argument, which the image keeps',
  policy: 'G1',
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3064',
    'buildkit:SecretsUsedInArgOrEnv',
    'checkov:CKV2_DOCKER_17',
    'semgrep:secret-in-build-arg',
    'sonar:S6472',
    'dockle:CIS-DI-0010',
    'tally:buildkit/SecretsUsedInArgOrEnv',
    'tally:ruby/secrets-in-arg-or-env',
  ],
  options: {
    allow: stringList('Names of arguments that are no secrets, `*` for any characters: `LICENSE_KEY`'),
    deny: stringList('Further names of secrets, `*` for any characters: `*_PIN`'),
  },
  *check(file, { options }, build) {
    const written = new Set(
      exposures(build)
        .filter(({ judgement, sink }) => sink.kind === 'argument' && judgement.kind !== 'placeholder')
        .map(({ sink }) => sink.span.start),
    );
    for (const stage of file.stages) {
      const reported = new Set<string>();
      for (const instruction of stage.instructions) {
        if (instruction.kind === 'arg') {
          for (const declaration of instruction.declarations) {
            const { name, span } = declaration;
            if (!isSecret(name, options) || reported.has(name) || written.has(span.start)) continue;
            const found = argumentFinding(declaration, instruction, stage, file);
            if (!found) continue;
            reported.add(name);
            yield found;
          }
        } else if (instruction.kind === 'env') yield* promoted(instruction, reported, options);
      }
    }
  },
});

function isSecret(name: string, lists: NameLists): boolean {
  return /^\w{1,100}$/.test(name) && classifyName(name, lists) === 'strong';
}

function argumentFinding(
  declaration: ArgDeclaration,
  instruction: ArgInstruction,
  stage: DockerStage,
  file: DockerfileTree,
): Finding | undefined {
  const { name, nameSpan } = declaration;
  const later = stage.instructions.filter(({ index }) => index > instruction.index);
  const settings = later.flatMap(settingsFrom(name));
  const runs = later.filter((one): one is RunInstruction => one.kind === 'run' && !isMounted(name, one));
  const uses = runs.filter(run => mentions(run, name));
  const first = settings[0];
  if (!first && uses.length === 0 && (!stage.final || runs.length === 0)) return undefined;
  const related: Related[] = [
    ...settings.map(({ span }) => ({ message: 'It becomes part of the image here.', span })),
    ...uses.map(({ keywordSpan }) => ({ message: 'This command gets it.', span: keywordSpan })),
  ];
  const message =
    !stage.reachable || !stage.final
      ? `\`ARG ${name}\` hands a secret to the commands of this stage, and the build cache and the provenance of the build keep it although the stage is not shipped.`
      : first
        ? `\`ARG ${name}\` hands a secret to an \`${first.keyword}\`, so everybody who can pull the image can read it.`
        : `\`ARG ${name}\` hands a secret to \`RUN\`, and the image's history keeps its value for everybody who can pull the image.`;
  const mountable = first === undefined && uses.length > 0;
  return {
    message,
    span: nameSpan,
    related: related.slice(0, 4),
    fixes: [mountable ? toMount(declaration, instruction, uses, stage, file) : undefined],
  };
}

/** ENV and LABEL that take the value of a variable, with their keywords. */
function settingsFrom(name: string) {
  return (instruction: Instruction) =>
    instruction.kind !== 'env' && instruction.kind !== 'label'
      ? []
      : instruction.pairs
          .filter(({ value }) => value.parts.some(part => typeof part !== 'string' && part.name === name))
          .map(({ span }) => ({ keyword: instruction.keyword, span }));
}

/** Whether a RUN gets the secret as a mount of that name instead. */
function isMounted(name: string, { mounts }: RunInstruction): boolean {
  const lower = name.toLowerCase();
  return mounts.some(
    ({ type, id, options }) =>
      type === 'secret' &&
      (id?.literal?.toLowerCase() === lower ||
        options.some(({ key, value }) => key === 'env' && value?.literal === name)),
  );
}

function mentions({ script }: RunInstruction, name: string): boolean {
  return script !== undefined && mentionOf(name).test(script.text);
}
const mentionOf = (name: string): RegExp => new RegExp(`\\$\\{?${name}(?![A-Za-z0-9_])`);

/**
 * Takes the ARG out and gives its value to the commands that name it as a variable of a secret mount.
 * https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
 */
function toMount(
  { name, default: value }: ArgDeclaration,
  { declarations, span }: ArgInstruction,
  uses: readonly RunInstruction[],
  stage: DockerStage,
  { source, stages, instructions }: DockerfileTree,
) {
  if (value !== undefined || declarations.length > 1 || uses.some(({ form }) => form === 'exec')) return undefined;
  const mention = mentionOf(name);
  const others = [
    ...stage.instructions,
    ...stages.filter(other => inherits(other, stage)).flatMap(other => other.instructions),
  ];
  if (
    others.some(
      other => !uses.includes(other as RunInstruction) && other.kind !== 'arg' && mention.test(other.rest.text),
    )
  )
    return undefined;
  if (instructions.some(other => other.trigger !== undefined)) return undefined;
  const { text } = source;
  if (span.start > 0 && text[span.start - 1] !== '\n') return undefined;
  const end = text.startsWith('\r\n', span.end) ? span.end + 2 : text[span.end] === '\n' ? span.end + 1 : span.end;
  const flag = ` --mount=type=secret,id=${name},env=${name}`;
  return fix(
    'suggested',
    `Mount \`${name}\` as a secret`,
    source.replace(span.start, end, ''),
    ...uses.map(run => source.insert(run.keywordSpan.end, flag)),
  );
}

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
      message: `\`ENV ${key}\` keeps the value of \`ARG ${names[0]!}\` in the image, so everybody who can pull it can read the secret.`,
      span: keySpan,
      related: binding.definition ? [{ message: 'The value comes in here.', span: binding.definition }] : [],
    };
  }
}
