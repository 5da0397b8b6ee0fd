/** Commands that take the place of a download and of what runs it. */
import type { ImageBuild, Stage } from '../../core/build.ts';
import { nameOf } from '../../core/path.ts';
import type { Command } from '../../core/shell-tree.ts';
import type { Edit } from '../../core/text.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { tagReading } from '../end-of-life/images.ts';
import { parseImageReference } from '../image-reference.ts';
import { tagParts } from '../image-tags/parts.ts';

/** The distribution that a stage starts from and its release, as far as its base says. */
export function systemOf({ bases }: Stage): { readonly product: string; readonly release: string } | undefined {
  for (const base of bases) {
    const text = base.kind === 'registry' ? (base.reference.literal ?? base.reference.byDefault) : undefined;
    const reference = text === undefined ? undefined : parseImageReference(text);
    if (reference?.tag === undefined) continue;
    const { cycle, system } = tagParts(reference.repository, reference.tag);
    const product = system?.product ?? tagReading(reference.repository)?.version;
    const release = system?.release ?? cycle;
    if (product !== undefined && release !== undefined) return { product, release };
    const named = NAMED.exec(reference.tag);
    if (named) return { product: named[1] === 'ubuntu' ? 'Ubuntu' : 'Debian', release: named[2]! };
  }
  return undefined;
}

/** Whether a stage starts from a release of a distribution before the first that will do, as far as its base says. */
export function isBefore(first: Readonly<Record<string, number>>, stage: Stage): boolean {
  const system = systemOf(stage);
  return system !== undefined && Number(system.release) < (first[system.product] ?? 0);
}

/** A tag that begins with the distribution and its release: `ubuntu-22.04`. */
const NAMED = /^(ubuntu|debian)-(\d{2}(?:\.\d{2})?)(?:-|$)/;

/** The release of a product whose image a stage starts from: `8.3` of `php:8.3-fpm-alpine`. */
export function releaseOf({ bases }: Stage, product: string): string | undefined {
  for (const base of bases) {
    const text = base.kind === 'registry' ? (base.reference.literal ?? base.reference.byDefault) : undefined;
    const reference = text === undefined ? undefined : parseImageReference(text);
    if (reference?.tag !== undefined && tagReading(reference.repository)?.version === product)
      return tagParts(reference.repository, reference.tag).cycle;
  }
  return undefined;
}

/** How a shell gets the content of an address, and saves it. */
interface Fetcher {
  readonly print: string;
  save(url: string, file: string): string;
}

/** With the program that the file uses. */
export const fetcherLike = (program: string): Fetcher =>
  program === 'wget'
    ? { print: 'wget -qO-', save: (url, file) => `wget -qO ${file} ${url}` }
    : { print: 'curl -fsSL', save: (url, file) => `curl -fsSL ${url} -o ${file}` };

/** Whether a file is written by something else, so that its source needs the change as well. */
const isGenerated = ({ source }: ImageBuild): boolean =>
  /\b(?:do not (?:edit|modify)|(?:auto(?:matically)?[ -]?)?generated (?:by|from|with|file|via))\b|@generated\b/i.test(
    source.text.slice(0, HEAD),
  );

/** What a title says of a generated file. */
export const generatedNote = (build: ImageBuild): string =>
  isGenerated(build) ? ' (generated file: change its source too)' : '';

/** The command after the pipeline that a command is in, in the same list. */
function commandAfter({ command, script }: Invocation): Command | undefined {
  const last = command.pipeline.at(-1) ?? command;
  return script.commands.find(({ start, within }) => start > last.end && within.length === command.within.length);
}

/** Whether the shell stops at an error, by how it is started or by `set -e` before the command. */
const hasErrexit = ({ command, script }: Invocation): boolean =>
  script.errexit || /(?:^|[\n;&])[ \t]{0,20}set[ \t]{1,5}-[a-z]{0,8}e/.test(script.text.text.slice(0, command.start));

/** How commands that take the place of one are joined: of a list of `&&` and `||`, a shell that stops at an error looks at the last alone. */
export const jointFor = (invocation: Invocation): ' && ' | '; ' =>
  hasErrexit(invocation) &&
  invocation.command.operator !== '&&' &&
  !/^(?:&&|\|\|)$/.test(commandAfter(invocation)?.operator ?? '')
    ? '; '
    : ' && ';

/** Commands that take the place of one: in a script of several lines that nothing continues, each on a line of its own. */
export function joined(commands: readonly string[], invocation: Invocation, { language }: ImageBuild): string {
  const { command, script } = invocation;
  const { text } = script.text;
  const joint = jointFor(invocation);
  const line = text.slice(text.lastIndexOf('\n', command.start - 1) + 1, command.start);
  const hasOwnLine = language === 'cloud-init' && text.includes('\n') && /^[ \t]{0,40}$/.test(line);
  return commands.join(hasOwnLine ? `${joint.trimEnd()}\n${line}` : joint);
}

/** Whether nothing runs after a command that fails: the script stops there, or what is joined to it by `&&` does not run. */
export function stopsAtFailure(invocation: Invocation, { language }: ImageBuild): boolean {
  const after = commandAfter(invocation);
  // After `||` the script goes on.
  if (after?.operator === '||') return false;
  return hasErrexit(invocation) || after?.operator === '&&' || (language === 'dockerfile' && after === undefined);
}

/** Alone or after `&&` or `;`, with no wrapper but `sudo` and nothing redirected, or only to a file. */
export function isPlain({ command, program, script, via }: Invocation, mayBeSaved = false): boolean {
  const before = script.text.text.slice(0, command.start).trimEnd();
  return (
    PLAIN_PROGRAMS.has(program) &&
    command.within.every(one => one === 'condition') &&
    !command.tested &&
    !command.background &&
    (command.redirects.length === 0 || (mayBeSaved && command.redirects.every(({ operator }) => operator === '>'))) &&
    via.every(one => one === 'sudo') &&
    command.operator !== '||' &&
    !before.endsWith('!')
  );
}
const PLAIN_PROGRAMS: ReadonlySet<string> = new Set(['curl', 'wget', 'sh', 'bash']);

/** Whether a shell gets the script and nothing else. */
export const isAskedNothing = ({ args }: Invocation, script: string): boolean =>
  args.every(
    ({ literal }) =>
      literal !== undefined && (literal === script || nameOf(literal) === script || /^-[ex]{1,2}$/.test(literal)),
  );

/** Whether more is done with the file than to download, run and remove it. */
export function isUsedElsewhere(text: string, name: string): boolean {
  return text.replaceAll(/\brm -r?f [^\n;&|]{0,100}/g, '').split(name).length > 3;
}

/** In a Dockerfile each command is on a line of its own, where lines are continued with a backslash. */
export function laidOut(edit: Edit | undefined, { language, source }: ImageBuild): Edit | undefined {
  if (!edit || language !== 'dockerfile' || edit.span.file !== undefined) return edit;
  if (/^#[ \t]{0,20}escape[ \t]{0,20}=/im.test(source.text.slice(0, HEAD))) return edit;
  const { start, end } = edit.span;
  // As the file joins its commands: at the end of a line, or at the beginning of the next one.
  const atEnd = /&&[ \t]{0,8}\\\r?\n[ \t]{0,40}$/.test(source.text.slice(Math.max(0, start - 60), start));
  const isEndNext = /^[ \t]{0,8}&&[ \t]{0,8}\\/.test(source.text.slice(end, end + 20));
  const joint = atEnd || isEndNext ? ' && \\\n    ' : ' \\\n    && ';
  const lines = edit.newText.replaceAll(/(?<!\/etc\/os-release) && /g, joint);
  return { ...edit, newText: lines };
}
const HEAD = 1_000;
