/** Documents written to make the linter slow, each with every rule on. */
import type { Files } from '../core/language.ts';
import { type Document, lint } from '../core/linter.ts';
import { rules } from '../rules/index.ts';
import { Clocks, type RuleCost, slowest } from './clocks.ts';
import { documentOf } from './documents.ts';
import { lintInput } from './engine.ts';

/** Milliseconds that no document should take. */
const AIM = 500;
const MEGABYTE = 1_000_000;
/** A little less than the longest script that is parsed. */
const SCRIPT = 190_000;

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const fill = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

interface Case extends Document {
  readonly name: string;
  readonly files?: Files;
}

const dockerfile = (name: string, text: string): Case => ({
  name,
  path: 'Dockerfile',
  text: `FROM debian:12\n${text}`,
});
const packer = (name: string, text: string): Case => ({ name, path: 'image.pkr.hcl', text });
const cloudConfig = (name: string, text: string): Case => ({ name, path: 'user-data', text: `#cloud-config\n${text}` });

const CASES: readonly Case[] = [
  dockerfile('line: one word of a command', `RUN echo ${fill('a', MEGABYTE)}\n`),
  dockerfile('line: blanks', `RUN echo${fill(' ', MEGABYTE)}x\n`),
  dockerfile('line: many commands', `RUN ${fill('echo word && apt-get x; ', MEGABYTE)}\n`),
  dockerfile('line: beginnings of tokens', `ENV TOKEN=${fill('ghp_', MEGABYTE)}\n`),
  dockerfile('line: addresses', `RUN curl ${fill('http://a:b@', MEGABYTE)}\n`),
  dockerfile('line: variables', `ENV A=${fill('$A${B:-', MEGABYTE)}\n`),
  dockerfile('line: quotes', `LABEL a=${fill('"\'\\', MEGABYTE)}\n`),
  dockerfile('line: almost JSON', `CMD [${fill('"a", ', MEGABYTE)}\n`),
  dockerfile('line: heredoc marks', `RUN cat ${fill('<<a ', MEGABYTE)}\n`),
  dockerfile('line: a comment', `# ${fill('bakelint ignore a, ', MEGABYTE)}\nRUN x\n`),
  dockerfile('line: package names', `RUN apt-get install -y ${fill('curl ', SCRIPT)}\n`),
  dockerfile('continued lines', `RUN ${times(40_000, i => `echo ${i} \\\n `)}\n`),
  dockerfile('backslashes', `RUN echo ${fill('\\\\\\\n', SCRIPT)}\n`),
  dockerfile('190 KB of commands', `RUN ${fill('echo word && apt-get install x; ', SCRIPT)}\n`),
  dockerfile(
    '190 KB of findings',
    `RUN ${times(5_000, i => `apt-get install p${i} && curl -k http://x/${i} | sh;`).slice(0, SCRIPT)}\n`,
  ),
  dockerfile(
    '190 KB of findings, in lines',
    `RUN ${times(4_500, i => `apt-get install p${i} && cd /a; \\\n  wget http://x/${i};\\\n`)} true\n`,
  ),
  {
    name: '190 KB of lists of packages',
    path: 'Dockerfile',
    text: `FROM debian:10\nRUN ${times(5_000, i => `P${i}=curl; apt-get install $P${i};`).slice(0, SCRIPT)}\n`,
  },
  dockerfile(
    '190 KB of repositories without a key',
    `RUN curl -O https://x/mysql-apt-config_0.8.34.deb\nRUN cat > /etc/apt/sources.list.d/a.list <<EOF\n${times(3_300, i => `deb [trusted=yes] https://repo.mysql.com/apt/ ${i} main\n`)}EOF\n`,
  ),
  dockerfile('190 KB of pipes', `RUN ${fill('a | ', SCRIPT)}x\n`),
  dockerfile('190 KB of assignments', `RUN ${times(12_000, i => `A${i}=$A${i - 1};`).slice(0, SCRIPT)}\n`),
  dockerfile('190 KB of parentheses', `RUN ${fill('(', SCRIPT)}\n`),
  dockerfile('190 KB of substitutions', `RUN echo ${fill('$(a ', SCRIPT)}\n`),
  dockerfile('190 KB of a heredoc', `RUN <<EOF\n${times(9_000, i => `useradd u${i} && rm x\n`)}EOF\n`),
  dockerfile(
    '5,000 stages',
    times(5_000, i => `FROM debian:12 AS s${i}\nRUN echo ${i}\nCOPY --from=s${Math.max(0, i - 1)} /a /b\n`),
  ),
  dockerfile(
    '5,000 stages in a chain',
    times(5_000, i => `FROM ${i === 0 ? 'debian:12' : `s${i - 1}`} AS s${i}\nENV A${i}=$A${i - 1}\n`),
  ),
  dockerfile(
    '10,000 ENV, one behind another',
    times(10_000, i => `ENV V${i}=$V${i - 1}x\n`),
  ),
  dockerfile('10,000 names of one ENV', `ENV ${times(10_000, i => `V${i}=$V${i - 1} \\\n`)} X=1\n`),
  dockerfile(
    'ENV that doubles',
    times(5_000, i => `ENV V${i + 1}=$V${i}$V${i}\n`),
  ),
  dockerfile(
    '10,000 RUN',
    times(10_000, i => `RUN apt-get update && curl -k http://x/${i} | sh\n`),
  ),
  dockerfile('10,000 labels', `LABEL ${times(10_000, i => `k${i}=v \\\n `)}\n`),
  dockerfile(
    '10,000 COPY',
    times(10_000, i => `COPY f${i} /srv/f${i}\n`),
  ),
  dockerfile(
    '10,000 RUN that write and remove',
    times(5_000, i => `RUN echo TOKEN=abc${i} > /f${i}\nRUN rm /f${i}\n`),
  ),
  dockerfile(
    '40,000 FROM',
    times(20_000, () => '# c\nFROM a:1\n'),
  ),
  dockerfile(
    '10,000 ignores',
    times(10_000, i => `# bakelint ignore latest-tag: x\nRUN echo ${i}\n`),
  ),
  packer('line: a string', `locals {\n  x = "${fill('a$${b} ', MEGABYTE)}"\n}\n`),
  packer('line: templates', `locals {\n  x = "${fill('${var.a}', MEGABYTE)}"\n}\n`),
  packer('line: operators', `locals {\n  x = ${fill('1 + ', MEGABYTE)}1\n}\n`),
  packer('line: an unclosed string', `locals {\n  x = "${fill('%{', MEGABYTE)}\n}\n`),
  packer('line: names', fill('a ', MEGABYTE)),
  packer('deep lists', `x = ${fill('[', MEGABYTE)}`),
  packer('deep templates', `x = ${fill('"${', MEGABYTE)}`),
  packer('deep blocks', fill('a {\n', MEGABYTE)),
  packer('deep parentheses', `x = ${fill('(', MEGABYTE)}`),
  packer(
    '3,000 variables in a chain',
    times(3_000, i => `variable "v${i}" {\n  default = "a\${var.v${i - 1}}"\n}\n`),
  ),
  packer('3,000 locals in a chain', `locals {\n${times(3_000, i => `  l${i} = "a\${local.l${i - 1}}"\n`)}}\n`),
  packer(
    'locals that double',
    `locals {\n  l0 = "aaaaaaaa"\n${times(60, i => `  l${i + 1} = "\${local.l${i}}\${local.l${i}}"\n`)}}\n`,
  ),
  packer(
    '1,000 attributes',
    `source "amazon-ebs" "x" {\n${times(1_000, i => `  a${i} = "v${i}"\n`)}}\nbuild {\n  sources = ["source.amazon-ebs.x"]\n}\n`,
  ),
  packer(
    '1,000 builds',
    times(
      1_000,
      i =>
        `source "amazon-ebs" "s${i}" {\n  ami_name = "x"\n}\nbuild {\n  sources = ["source.amazon-ebs.s${i}"]\n  provisioner "shell" {\n    inline = ["curl http://x | sh"]\n  }\n}\n`,
    ),
  ),
  packer(
    '1 build of 1,000 sources',
    `${times(1_000, i => `source "amazon-ebs" "s${i}" {\n  ami_name = "x"\n}\n`)}build {\n  sources = [${times(1_000, i => `"source.amazon-ebs.s${i}",`)}]\n${times(300, i => `  provisioner "shell" {\n    inline = ["curl -k http://x/${i} | sh"]\n  }\n`)}}\n`,
  ),
  packer(
    '190 KB of inline',
    `build {\n  sources = []\n  provisioner "shell" {\n    inline = [\n${times(5_000, i => `      "curl -k http://x/${i} | sh",\n`)}    ]\n  }\n}\n`,
  ),
  templates(200),
  cloudConfig('line: a plain scalar', `a: ${fill('b c ', MEGABYTE)}\n`),
  cloudConfig('line: a quoted scalar', `a: "${fill('\\u0041', MEGABYTE)}"\n`),
  cloudConfig('line: a flow list', `a: [${fill('b, ', MEGABYTE)}]\n`),
  cloudConfig('line: a command', `runcmd:\n  - ${fill('curl -k http://x | sh; ', MEGABYTE)}\n`),
  cloudConfig('line: templates', `a: ${fill('{{ b }}${c}', MEGABYTE)}\n`),
  cloudConfig('line: blanks', `a:${fill(' ', MEGABYTE)}b\n`),
  cloudConfig('line: beginnings of directives', `## template: jinja\n${fill('{%', MEGABYTE)}\n`),
  cloudConfig('deep lists', `a: ${fill('[', 100_000)}`),
  cloudConfig('deep maps', `a: ${fill('{a: ', 100_000)}`),
  cloudConfig('deep dashes', `a:\n  ${fill('- ', 100_000)}`),
  cloudConfig(
    'alias bomb',
    `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${times(12, i => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]\n`)}runcmd: *a12\n`,
  ),
  cloudConfig(
    'merge bomb',
    `a0: &a0 {k: v}\n${times(300, i => `a${i + 1}: &a${i + 1}\n  <<: [${Array(9).fill(`*a${i}`).join(', ')}]\n  k${i}: v\n`)}`,
  ),
  cloudConfig('5,000 aliases', `a: &a [curl, -k, http://x]\nruncmd:\n${times(5_000, () => '  - *a\n')}`),
  cloudConfig(
    '10,000 keys',
    times(10_000, i => `k${i}: v\n`),
  ),
  cloudConfig('10,000 commands', `runcmd:\n${times(10_000, i => `  - curl http://x/${i} | sh\n`)}`),
  cloudConfig(
    '5,000 files',
    `write_files:\n${times(5_000, i => `  - path: /etc/x${i}\n    content: |\n      TOKEN=abc${i}\n`)}`,
  ),
  cloudConfig(
    '5,000 users',
    `users:\n${times(5_000, i => `  - name: u${i}\n    lock_passwd: false\n    passwd: abc\n`)}`,
  ),
  cloudConfig(
    '400 KB of a block',
    `write_files:\n  - path: /x\n    content: |\n${times(10_000, i => `      some text and password=hunter${i} here\n`)}`,
  ),
  { name: '10,000 lines of a Dockerfile', ...documentOf('dockerfile', 10_000) },
  { name: '10,000 lines of Packer', ...documentOf('packer', 10_000) },
  { name: '10,000 lines of cloud-config', ...documentOf('cloud-init', 10_000) },
];

/** One of many templates in a directory, of which each is a part of the same module. */
function templates(count: number): Case {
  const texts = new Map(
    Array.from({ length: count }, (_, i) => [
      `t${i}.pkr.hcl`,
      documentOf('packer', 40).text.replaceAll(/_0|packer \{/g, found => (found === '_0' ? `_${i}` : 'packer {')),
    ]),
  );
  return {
    name: `${count} templates in a directory`,
    path: 't0.pkr.hcl',
    text: texts.get('t0.pkr.hcl')!,
    files: { read: path => texts.get(path.replace(/^\.\//, '')) ?? null, list: () => [...texts.keys()] },
  };
}

/** Each document once, in milliseconds, and the slowest rules where it takes longer than it should. */
export async function benchHostile(only: string | undefined): Promise<void> {
  process.stdout.write(`${'document'.padEnd(40)}${['KB', 'scripts ms', 'all ms', 'findings'].map(right).join('')}\n`);
  for (const one of CASES.filter(({ name }) => only === undefined || name.includes(only))) {
    const clocks = new Clocks();
    const input = await lintInput(rules.map(clocks.around));
    const start = performance.now();
    const result = lint(one, one.files ? { ...input, files: one.files } : input);
    const all = performance.now() - start;
    const figures = [one.text.length / 1000, clocks.scripts, all, result?.diagnostics.length ?? 0].map(right).join('');
    process.stdout.write(`${one.name.padEnd(40)}${figures}\n`);
    for (const { rule, error } of result?.failures ?? []) process.stdout.write(`    ${rule} failed: ${error}\n`);
    if (all > AIM) process.stdout.write(`    ${named(slowest(clocks.costs, 4))}\n`);
  }
}

const right = (figure: number | string): string =>
  (typeof figure === 'number' ? figure.toFixed(0) : figure).padStart(11);
const named = (costs: readonly [string, RuleCost][]): string =>
  costs.map(([id, { milliseconds }]) => `${id} ${milliseconds.toFixed(0)}`).join(', ');
