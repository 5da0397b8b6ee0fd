import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const PROGRAMS: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'npx']);
const KEY = /^(?:strict-ssl|strictSsl|enableStrictSsl)$/;
const OFF = /^(?:false|0|null|no)$/;
/** A line of `.npmrc`, `.yarnrc` or `.yarnrc.yml`. */
const CONFIGURED =
  /^[ \t]{0,20}(?:strict-ssl|"strict-ssl"|enableStrictSsl)[ \t]{0,20}[=: \t][ \t]{0,20}"?(?:false|0)\b/gm;
const VARIABLES = /^(?:npm_config_strict_ssl|yarn_enable_strict_ssl)$/i;
const HINTS = ['strict-ssl', 'enablestrictssl'];

export default defineBuildRule({
  id: 'npm-strict-ssl-off',
  summary: '`strict-ssl` is off for npm, Yarn or pnpm',
  policies: ['G10', 'G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file', 'env'] },
  since: '2026.11',
  aliases: ['checkov:CKV2_DOCKER_12', 'checkov:CKV2_DOCKER_13', 'sonar:S4830'],
  *check(build) {
    const commands = setupCommands(build)
      .filter(({ invocation }) => mayBeSet(invocation))
      .flatMap(({ invocation }) => [...inCommand(invocation)]);
    yield* commands;
    const spans = new Set(commands.flatMap(({ span }) => [`${span.file}:${span.start}`, `${span.file}:${span.end}`]));
    for (const text of setupTexts(build, HINTS))
      for (const found of text.text.matchAll(CONFIGURED)) {
        const span = text.spanOf(found.index, found.index + found[0].length);
        // `npm set strict-ssl=false` is a command and a string in it.
        if (!spans.has(`${span.file}:${span.start}`) && !spans.has(`${span.file}:${span.end}`))
          yield { ...described(programOf(found[0])), span };
      }
    yield* inEnvironment(build);
  },
});

/** Whether a command runs such a program or has a variable in front of it: most do neither. */
function mayBeSet(invocation: Invocation): boolean {
  return invocation.command.assignments.length > 0 || PROGRAMS.has(readArguments(invocation).program);
}

/** `npm config set strict-ssl false`, `npm set strict-ssl=false`, `npm ci --strict-ssl=false`, `--no-strict-ssl`. */
function* inCommand(invocation: Invocation): Iterable<Finding> {
  const { program, command, script } = invocation;
  for (const { name, value, start, end } of command.assignments)
    if (VARIABLES.test(name) && OFF.test(value?.literal ?? ''))
      yield { ...described(programOf(name)), span: script.spanOf({ start, end }) };
  const given = readArguments(invocation);
  if (!PROGRAMS.has(given.program)) return;
  const option = given.all('--strict-ssl').find(({ off }) => off);
  const sets = /^(?:config )?set$/.test(given.verb) && given.operands.some((_, i) => switchesOff(given.operands, i));
  if (sets) yield { ...described(program), span: script.spanOf(command) };
  else if (option) yield { ...described(program), span: script.spanOf(option.words[0]!) };
}

/** `strict-ssl false`, `strict-ssl=false` */
function switchesOff(words: readonly Word[], at: number): boolean {
  const [key = '', value = words[at + 1]?.literal ?? ''] = (words[at]!.literal ?? '').split('=', 2);
  return KEY.test(key) && OFF.test(value);
}

function* inEnvironment(build: ImageBuild): Iterable<Finding> {
  for (const stage of build.stages)
    for (const step of stage.steps)
      if (
        step.kind === 'env' &&
        VARIABLES.test(step.name) &&
        OFF.test(step.value.literal ?? step.value.byDefault ?? '')
      )
        yield { ...described(programOf(step.name)), span: step.span };
}

/** The program that reads a setting by this name. */
const programOf = (setting: string): string => (/^[ \t]*(?:yarn_|enableStrictSsl)/i.test(setting) ? 'yarn' : 'npm');

function described(program: string): Pick<Finding, 'message' | 'help'> {
  return {
    message: `\`${program}\` does not verify the registry's certificate`,
    help: `Remove the setting; for a private CA, use ${program === 'yarn' ? '`NODE_EXTRA_CA_CERTS`' : '`cafile` or `NODE_EXTRA_CA_CERTS`'}`,
  };
}
