import type { EnvStep } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { SourceText } from '../../../core/text.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { removeOption } from '../../../shell/word-edits.ts';

const INSTALLERS: ReadonlySet<string> = new Set(['pip', 'pipx', 'uv', 'poetry', 'pipenv']);
const VARIABLES: ReadonlySet<string> = new Set(['PIP_TRUSTED_HOST', 'UV_INSECURE_HOST']);
/** A line of `pip.conf`; `printf` gets its line breaks as `\\n`. */
const CONFIGURED = /(?:^|\\n)[ \t]{0,20}trusted-host[ \t]{0,20}=[ \t\r\n]{0,20}([^\s\\]{1,200})/gm;
const HINTS = ['trusted-host'];

export default defineBuildRule({
  id: 'pip-trusted-host',
  summary: 'pip or uv does not verify the certificate of a package index',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file', 'env'] },
  since: '2026.11',
  aliases: ['checkov:CKV2_DOCKER_4', 'checkov:CKV2_DOCKER_16', 'sonar:S4830'],
  *check(build) {
    for (const { invocation } of setupCommands(build))
      if (INSTALLERS.has(readArguments(invocation).program)) yield* inCommand(invocation);
    for (const text of setupTexts(build, HINTS)) yield* inText(text);
    for (const stage of build.stages)
      for (const step of stage.steps) if (step.kind === 'env') yield* inEnvironment(step);
  },
});

function* inCommand(invocation: Invocation): Iterable<Finding> {
  const { script, command } = invocation;
  const given = readArguments(invocation);
  for (const option of given.all('--trusted-host', '--allow-insecure-host')) {
    if (!option.value || !isForeign(option.value.literal)) continue;
    const { word, literal } = option.value;
    yield {
      ...described(literal!),
      span: script.spanOf(word),
      causes: [placeCause('trusted hosts', script.spanOf(command))],
      fixes: [fix('suggested', `Remove \`${option.canonical}\``, removeOption(script, option))],
    };
  }
  // `pip config set global.trusted-host pypi.example.com`
  const [key, host] = given.operands.map(({ literal }) => literal);
  if (given.verb === 'config set' && /^[a-z]+\.trusted-host$/.test(key ?? '') && isForeign(host))
    yield { ...described(host), span: script.spanOf(command) };
  for (const { name, value, start, end } of command.assignments)
    if (VARIABLES.has(name) && isForeign(value?.literal))
      yield { ...described(value!.literal!), span: script.spanOf({ start, end }) };
}

function* inText(text: SourceText): Iterable<Finding> {
  for (const found of text.text.matchAll(CONFIGURED))
    if (isForeign(found[1]))
      yield {
        ...described(found[1]!),
        span: text.spanOf(found.index + found[0].length - found[1]!.length, found.index + found[0].length),
      };
}

function* inEnvironment({ name, value, span }: EnvStep): Iterable<Finding> {
  const host = value.literal ?? value.byDefault;
  if (VARIABLES.has(name) && isForeign(host)) yield { ...described(host!), span };
}

/** Whether one of the hosts is not the machine itself. */
function isForeign(hosts: string | undefined): hosts is string {
  return namesIn(hosts).some(host => isOwnUrl(host) === false);
}

function namesIn(hosts = ''): readonly string[] {
  return hosts.split(/\s+/).filter(host => host !== '');
}

/** The address of the index before 2018; no installer connects to it. */
const FORMER = /^(?:test)?pypi\.python\.org(?::\d+)?$/;

/**
 * A host on a private network often has no publicly trusted certificate, and one that is never asked does no harm: these are
 * reported in `strict` only.
 */
function described(hosts: string): Pick<Finding, 'message' | 'help' | 'preset' | 'severity'> {
  const foreign = namesIn(hosts).filter(host => isOwnUrl(host) === false);
  if (foreign.every(host => FORMER.test(host)))
    return {
      message: `Trusting ${quoted(hosts.trim())} has no effect: pip uses \`pypi.org\``,
      help: 'Remove it',
      preset: 'strict',
      severity: 'info',
    };
  return {
    message: `pip does not verify the certificate of ${quoted(hosts.trim())}`,
    help: 'Trust your own CA with `--cert` or `PIP_CERT` instead',
    ...(namesIn(hosts).every(host => isLocalUrl(host) !== false) && { preset: 'strict' }),
  };
}
