import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import type { Invocation } from '../../../shell/invocations.ts';

const PROGRAMS: ReadonlySet<string> = new Set(['npm', 'yarn', 'yarnpkg', 'pnpm', 'npx']);
const KEY = /^-{0,2}(?:strict-ssl|strictSsl|enableStrictSsl)$/;
const OFF = /^(?:false|0|null|no)$/;
/** A line of `.npmrc`, `.yarnrc` or `.yarnrc.yml`. */
const CONFIGURED =
  /^[ \t]{0,20}(?:strict-ssl|"strict-ssl"|enableStrictSsl)[ \t]{0,20}[=: \t][ \t]{0,20}"?(?:false|0)\b/gm;
const VARIABLES = /^(?:npm_config_strict_ssl|yarn_enable_strict_ssl)$/i;

export default defineBuildRule({
  id: 'npm-strict-ssl-off',
  summary: 'npm, Yarn or pnpm does not check the certificate of the registry that it installs from',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['checkov:CKV2_DOCKER_12', 'checkov:CKV2_DOCKER_13', 'sonar:S4830'],
  *check(build) {
    const commands = setupCommands(build).flatMap(({ invocation }) => [...inCommand(invocation)]);
    yield* commands;
    const spans = new Set(commands.flatMap(({ span }) => [`${span.file}:${span.start}`, `${span.file}:${span.end}`]));
    for (const text of setupTexts(build))
      for (const found of text.text.matchAll(CONFIGURED)) {
        const span = text.spanOf(found.index, found.index + found[0].length);
        // `npm set strict-ssl=false` is a command and a text.
        if (!spans.has(`${span.file}:${span.start}`) && !spans.has(`${span.file}:${span.end}`))
          yield { message: messageOf('npm'), span };
      }
    yield* inEnvironment(build);
  },
});

/** `npm config set strict-ssl false`, `npm set strict-ssl=false`, `npm ci --strict-ssl=false`, `--no-strict-ssl`. */
function* inCommand({ program, args, command, script }: Invocation): Iterable<Finding> {
  for (const { name, value, start, end } of command.assignments)
    if (VARIABLES.test(name) && OFF.test(value?.literal ?? ''))
      yield { message: messageOf('npm'), span: script.spanOf({ start, end }) };
  if (!PROGRAMS.has(program)) return;
  const sets = args.slice(0, 3).some(({ literal }) => literal === 'set');
  for (const [i, word] of args.entries()) {
    const text = word.literal ?? '';
    const [key = '', value = sets || text.startsWith('--') ? args[i + 1]?.literal : ''] = text.split('=', 2);
    const off =
      text === '--no-strict-ssl' || (KEY.test(key) && (sets || key.startsWith('--')) && OFF.test(value ?? ''));
    if (!off) continue;
    yield { message: messageOf(program), span: sets ? script.spanOf(command) : script.spanOf(word) };
    return;
  }
}

function* inEnvironment(build: ImageBuild): Iterable<Finding> {
  for (const stage of build.stages)
    for (const step of stage.steps)
      if (
        step.kind === 'env' &&
        VARIABLES.test(step.name) &&
        OFF.test(step.value.literal ?? step.value.byDefault ?? '')
      )
        yield { message: messageOf('npm'), span: step.span };
}

function messageOf(program: string): string {
  return `\`${program}\` installs what anybody on the way to the registry hands it: the server's certificate is not checked.`;
}
