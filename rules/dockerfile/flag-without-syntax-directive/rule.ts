import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { hasForeignFrontend, hasLateSyntax } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, Instruction } from '../../../languages/dockerfile/tree.ts';

/** The first version of Dockerfile that has a flag. https://docs.docker.com/reference/dockerfile/ */
const SINCE: Readonly<Record<string, number>> = {
  'COPY --parents': 20,
  'COPY --exclude': 19,
  'ADD --exclude': 19,
  'ADD --unpack': 17,
  'RUN --security': 20,
};
/** `RUN --mount=type=secret,env=NAME` */
const SECRET_ENV = 10;
/** Builders with older frontends are still widely used; Docker Engine 28 has Dockerfile 1.14. */
const COMMON = 14;

export default defineDockerfileRule({
  id: 'flag-without-syntax-directive',
  summary: 'A flag needs a newer Dockerfile syntax than older builders support',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: [...Object.keys(SINCE), 'RUN --mount'] },
  since: '2026.11',
  *check(file): Iterable<Finding> {
    const { directives } = file;
    // The cause of that is the place of the directive, which `ignored-directive` reports.
    if (hasForeignFrontend(directives) || hasLateSyntax(file)) return;
    const syntax = directives.find(({ name }) => name === 'syntax');
    const has = syntax && versionOf(syntax.value);
    if (has === 'new enough') return;
    let first: Needed | undefined;
    for (const instruction of everyInstruction(file))
      for (const needed of neededBy(instruction)) if (!first || needed.version > first.version) first = needed;
    if (!first || (has !== undefined && has >= first.version)) return;
    const { flag, version, span } = first;
    const wanted = `# syntax=docker/dockerfile:1`;
    yield {
      message:
        has === undefined
          ? `${quoted(flag)} needs Dockerfile syntax 1.${version}, but there is no \`# syntax=\` line`
          : `${quoted(flag)} needs Dockerfile syntax 1.${version}, but \`# syntax=\` pins 1.${has}`,
      help: has === undefined ? `Make \`${wanted}\` the first line` : `Write \`${wanted}.${version}\``,
      span,
      related: syntax ? [{ message: 'Version is set here', span: syntax.span }] : [],
      ...(version <= COMMON && has === undefined ? { severity: 'info' as const } : {}),
      fixes: [
        has === undefined
          ? fix('suggested', `Insert \`${wanted}\``, file.source.insert(start(file), `${wanted}${newline(file)}`))
          : undefined,
      ],
    };
  },
});

interface Needed {
  readonly flag: string;
  readonly version: number;
  readonly span: Instruction['span'];
}

function* neededBy(instruction: Instruction): Iterable<Needed> {
  for (const { name, nameSpan } of instruction.flags) {
    const version = SINCE[`${instruction.keyword} --${name}`];
    if (version !== undefined) yield { flag: `--${name}`, version, span: nameSpan };
  }
  if (instruction.kind !== 'run') return;
  for (const { type, options } of instruction.mounts) {
    const env = type === 'secret' ? options.find(({ key }) => key === 'env') : undefined;
    if (env) yield { flag: 'env=', version: SECRET_ENV, span: env.span };
  }
}

/** The minor version that a `# syntax=` names; `new enough` for `1`, `latest`, a digest alone and the labs channel. */
function versionOf(value: string): number | 'new enough' {
  const minor = /:1\.(\d{1,3})(?:\.\d{1,3})?(?:@|$)/.exec(value.slice(0, 300))?.[1];
  return minor === undefined ? 'new enough' : Number(minor);
}

/** After a byte order mark. */
const start = ({ source }: DockerfileTree): number => (source.text.startsWith('\uFEFF') ? 1 : 0);
const newline = ({ source }: DockerfileTree): string => (source.text.includes('\r\n') ? '\r\n' : '\n');
