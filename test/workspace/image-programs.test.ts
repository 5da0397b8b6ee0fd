/** Which files of the repository a Dockerfile runs in the image that it builds. */
import { expect, test } from 'vitest';
import type { Files, Language } from '../../core/language.ts';
import { lower } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { dockerfile } from '../../languages/dockerfile/language.ts';
import { packer } from '../../languages/packer/language.ts';
import { readFacts } from '../../workspace/images/read.ts';

const engine = engineOf([]);

/** The files of `app/Dockerfile` in a repository with these others. */
const filesOf = (text: string, others: Readonly<Record<string, string>>): readonly string[] =>
  filesIn('app/Dockerfile', text, others, dockerfile);

function filesIn(
  path: string,
  text: string,
  others: Readonly<Record<string, string>>,
  language: Language,
): readonly string[] {
  const paths = Object.keys(others).map(path => `/w/${path}`);
  const files: Files = {
    answersAtOnce: true,
    read: path => others[path.replace(/^\/w\//, '')] ?? null,
    list: directory => {
      const inside = paths.filter(path => path.startsWith(`${directory}/`));
      return inside.length === 0
        ? null
        : inside.map(path => path.slice(directory.length + 1)).filter(name => !name.includes('/'));
    },
  };
  const found = readFacts(`/w/${path}`, text, language, { engine, files })!.files;
  return found.map(path => path.slice('/w/'.length)).sort();
}

const python = { 'app/start.py': 'print()', 'app/other.py': 'print()' };

test('the file that an interpreter is given', () => {
  const text = 'FROM python:3\nWORKDIR /app\nCOPY start.py other.py ./\n';
  expect(filesOf(`${text}CMD ["python", "start.py"]\n`, python)).toEqual(['app/start.py']);
  expect(filesOf(`${text}CMD python -u ./start.py --flag other\n`, python)).toEqual(['app/start.py']);
  expect(filesOf(`${text}ENTRYPOINT ["python3.12"]\nCMD ["/app/start.py"]\n`, python)).toEqual(['app/start.py']);
  expect(filesOf(`${text}ENTRYPOINT ["tini", "--", "/app/start.py"]\n`, python)).toEqual(['app/start.py']);
  expect(filesOf(`${text}RUN python other.py && rm start.py\n`, python)).toEqual(['app/other.py']);
  expect(filesOf(`${text}HEALTHCHECK CMD python /app/other.py\n`, python)).toEqual(['app/other.py']);
  expect(filesOf(`${text}CMD ["streamlit", "run", "start.py"]\n`, python)).toEqual(['app/start.py']);
});

test('modules', () => {
  const text = 'FROM python:3\nWORKDIR /srv\nCOPY pkg /srv/pkg\n';
  const others = { 'app/pkg/publish.py': 'x', 'app/pkg/web/__main__.py': 'x', 'app/server.js': 'x' };
  expect(filesOf(`${text}CMD ["python", "-m", "pkg.publish"]\n`, others)).toEqual(['app/pkg/publish.py']);
  expect(filesOf(`${text}CMD python -m pkg.web\n`, others)).toEqual(['app/pkg/web/__main__.py']);
  expect(filesOf(`${text}CMD gunicorn -w 4 pkg.publish:app\n`, others)).toEqual(['app/pkg/publish.py']);
  expect(filesOf('FROM node:24\nWORKDIR /srv\nCOPY . .\nCMD node server\n', others)).toEqual(['app/server.js']);
});

test('programs that are called by their names', () => {
  const others = {
    'app/rootfs/usr/bin/setup': '#!/usr/bin/perl\n',
    'app/run-it': '#!/usr/bin/ruby\n',
    'app/b.pl': 'x',
  };
  expect(filesOf('FROM debian:13\nCOPY rootfs /\nRUN apt-get update && setup\n', others)).toEqual([
    'app/rootfs/usr/bin/setup',
  ]);
  expect(filesOf('FROM debian:13\nCOPY run-it /usr/local/bin/\nENTRYPOINT ["run-it", "init"]\n', others)).toEqual([
    'app/run-it',
  ]);
  expect(filesOf('FROM debian:13\nCOPY b.pl /b.pl\nENTRYPOINT ["./b.pl"]\n', others)).toEqual(['app/b.pl']);
  expect(filesOf('FROM debian:13\nCOPY *.pl /\nCMD /b.pl\n', others)).toEqual(['app/b.pl']);
});

test('through stages, and not what another image or the build itself makes', () => {
  const others = { 'app/a.py': 'x', 'app/b.py': 'x' };
  const staged = 'FROM python:3 AS build\nCOPY a.py b.py /src/\nFROM python:3\nCOPY --from=build /src /srv\n';
  expect(filesOf(`${staged}CMD ["python", "/srv/a.py"]\n`, others)).toEqual(['app/a.py']);
  expect(filesOf('FROM python:3\nCOPY --from=x/y /a.py /a.py\nCMD python /a.py\n', others)).toEqual([]);
  expect(
    filesOf('FROM python:3\nCOPY b.py /\nRUN curl -o /a.py https://example.com/a.py\nCMD /a.py\n', others),
  ).toEqual([]);
});

test('a file of very many commands costs a bounded number of lookups', () => {
  const commands = Array.from({ length: 1_000 }, (_, i) => `RUN /x/${i}.py`).join('\n');
  const text = `FROM x\nCOPY . /x\n${commands}\n`;
  let reads = 0;
  const read = () => {
    reads++;
    return null;
  };
  const input = { engine, files: { answersAtOnce: true, list: () => null, read } };
  lower({ path: '/w/Dockerfile', text, language: 'dockerfile' }, dockerfile, input);
  const before = reads;
  readFacts('/w/Dockerfile', text, dockerfile, input);
  expect(reads - 2 * before).toBeLessThan(1_000);
});

const template = (steps: string): string => `source "amazon-ebs" "web" {}
build {
  sources = ["source.amazon-ebs.web"]
${steps}
}
`;

test('what the functions of a template read', () => {
  const others = { 'install.sh': 'x', 'parts/run.sh': 'x', 'setup.ps1': 'x' };
  const text = template(`  provisioner "file" {
    content     = templatefile("./install.sh", { run = templatefile("\${path.root}/parts/run.sh", {}) })
    destination = "/tmp/install.sh"
  }
  provisioner "powershell" {
    inline = [file("setup.ps1")]
  }`);
  expect(filesIn('web.pkr.hcl', text, others, packer)).toEqual(['install.sh', 'parts/run.sh', 'setup.ps1']);
});

test('what is run out of a directory that a template uploads', () => {
  const others = { 'scripts/a.sh': 'x', 'scripts/b.py': 'x', 'scripts/c.sh': 'x', 'files/d.sh': 'x' };
  const upload = (source: string, destination: string, run: string) =>
    template(`  provisioner "file" {
    source      = "${source}"
    destination = "${destination}"
  }
  provisioner "shell" {
    inline = ["${run}"]
  }`);
  const run = (...given: Parameters<typeof upload>) => filesIn('web.pkr.hcl', upload(...given), others, packer);
  expect(run('scripts', '/tmp', 'sudo /tmp/scripts/a.sh --all')).toEqual(['scripts/a.sh']);
  expect(run('scripts/', '/opt/setup', 'bash /opt/setup/c.sh')).toEqual(['scripts/c.sh']);
  expect(run('${path.root}/scripts', '/home/ubuntu', '~/scripts/b.py')).toEqual(['scripts/b.py']);
  expect(run('files', '/tmp/', '/tmp/scripts/a.sh')).toEqual([]);
});

test('what a command moves, links or makes executable, and runs in another directory', () => {
  const others = { 'app/a.sh': '#!/bin/sh\n', 'app/bin/b.py': 'x', 'app/c.rb': 'x' };
  const run = (rest: string) => filesOf(`FROM debian:13\nWORKDIR /srv\nCOPY . .\n${rest}\n`, others);
  expect(run('RUN mkdir /opt && cp a.sh /opt/start.sh\nENTRYPOINT ["/opt/start.sh"]')).toEqual(['app/a.sh']);
  expect(run('RUN install -m 755 a.sh /usr/local/bin/setup && setup')).toEqual(['app/a.sh']);
  expect(run('RUN ln -s /srv/bin/b.py /usr/local/bin/b\nCMD ["b"]')).toEqual(['app/bin/b.py']);
  expect(run('RUN cp -r bin /opt/\nRUN /opt/bin/b.py')).toEqual(['app/bin/b.py']);
  expect(run('RUN mv c.rb /x && mv /x /y\nCMD ruby /y')).toEqual(['app/c.rb']);
  expect(run('RUN chmod +x a.sh')).toEqual(['app/a.sh']);
  expect(run('RUN chmod 644 a.sh && chmod u+x /elsewhere/a.sh')).toEqual([]);
  expect(run('RUN cd bin && ./b.py')).toEqual(['app/bin/b.py']);
  expect(run('RUN cd bin && true && cd - && ruby c.rb')).toEqual(['app/c.rb']);
  expect(run('RUN for one in c.rb bin/b.py; do ./$one; done')).toEqual(['app/bin/b.py', 'app/c.rb']);
  expect(run('RUN for one in *; do ./$one; done; ./$other')).toEqual([]);
});

test('what the system, the shell or a program of the base runs', () => {
  const others = { 'app/init': '#!/bin/sh\n', 'app/a.py': 'x', 'app/b.py': 'x' };
  const run = (rest: string) => filesOf(`FROM debian:13\n${rest}\n`, others);
  expect(run('COPY init /etc/cont-init.d/10-web')).toEqual(['app/init']);
  expect(run('COPY init /etc/services.d/web/')).toEqual(['app/init']);
  expect(run('COPY init /etc/web/')).toEqual([]);
  expect(run('COPY a.py /\nENV MAIN=/a.py')).toEqual(['app/a.py']);
  expect(run('COPY init /sbin/\nSHELL ["/sbin/init", "-c"]')).toEqual(['app/init']);
});

test('what a program that is run names', () => {
  const others = {
    'app/run.sh': '#!/bin/sh\n# old.py\nexec python main.py\n',
    'app/main.py': 'call("/x/job.rb", "old.py")',
  };
  const text = 'FROM debian:13\nWORKDIR /x\nCOPY . .\nCMD ["./run.sh"]\n';
  expect(filesOf(text, { ...others, 'app/job.rb': 'x', 'app/old.py': 'x' })).toEqual([
    'app/job.rb',
    'app/main.py',
    'app/run.sh',
  ]);
  const round = { 'app/run.sh': '#!/bin/sh\n./run.sh\n./other.sh\n', 'app/other.sh': '#!/bin/sh\n./run.sh\n' };
  expect(filesOf(text, round)).toEqual(['app/other.sh', 'app/run.sh']);
});

test('what steps name by variables, loops and functions, and what commands give them', () => {
  const others = {
    'scripts/a.sh': 'x',
    'scripts/b.sh': 'x',
    'scripts/sub/c.sh': 'x',
    'vars/web.pkrvars.hcl': 'kind = "sub"\n',
  };
  const run = (value: string) =>
    filesIn(
      'web.pkr.hcl',
      `variable "kind" {}\nvariable "dir" { default = "scripts" }\n${template(`provisioner "shell" {\n ${value}\n}`)}`,
      others,
      packer,
    );
  expect(run('scripts = [for one in ["a", "b", "d"] : "${path.root}/scripts/${one}.sh"]')).toEqual([
    'scripts/a.sh',
    'scripts/b.sh',
  ]);
  expect(run('script = "${var.dir}/a.sh"')).toEqual(['scripts/a.sh']);
  expect(run('script = "${var.dir}/${var.kind}/c.sh"')).toEqual(['scripts/sub/c.sh']);
  expect(run('script = var.kind == "x" ? "scripts/a.sh" : "scripts/b.sh"')).toEqual(['scripts/a.sh', 'scripts/b.sh']);
  expect(run('scripts = fileset(path.root, "scripts/*.sh")')).toEqual(['scripts/a.sh', 'scripts/b.sh']);
  expect(run('scripts = ["${var.other}/a.sh"]')).toEqual([]);
  expect(run('script = "${path.cwd}/scripts/a.sh"')).toEqual(['scripts/a.sh']);
  expect(run('override = { "amazon-ebs.web" = { scripts = ["scripts/a.sh", "scripts/b.sh"] } }')).toEqual([
    'scripts/a.sh',
    'scripts/b.sh',
  ]);
});

test('what a step runs in an uploaded directory, what that names, and what the host runs', () => {
  const others = {
    'scripts/a.sh': '#!/bin/sh\n/tmp/s/b.sh\n',
    'scripts/b.sh': 'x',
    'scripts/web.conf': 'x',
    'c.sh': 'x',
  };
  const upload = 'provisioner "file" {\n source = "scripts/"\n destination = "/tmp/s"\n}\n';
  const run = (type: string, line: string) =>
    filesIn('web.pkr.hcl', template(`${upload}provisioner "${type}" {\n inline = ["${line}"]\n}`), others, packer);
  expect(run('shell', 'cd /tmp/s && ./a.sh')).toEqual(['scripts/a.sh', 'scripts/b.sh']);
  expect(run('shell', 'for one in b c; do bash /tmp/s/$one.sh; done')).toEqual(['scripts/b.sh']);
  expect(run('shell', 'cp /tmp/s/web.conf /etc')).toEqual([]);
  expect(run('shell-local', './c.sh')).toEqual(['c.sh']);
});

test('the files that tools find by their conventions', () => {
  const others = { 'salt/top.sls': 'x', 'cookbooks/web/recipes/default.rb': 'x' };
  const run = (step: string) => filesIn('web.pkr.hcl', template(step), others, packer);
  expect(run('provisioner "salt-masterless" {\n local_state_tree = "${path.root}/salt"\n}')).toEqual(['salt/top.sls']);
  expect(
    run('provisioner "chef-solo" {\n cookbook_paths = ["cookbooks"]\n run_list = ["recipe[web]", "other"]\n}'),
  ).toEqual(['cookbooks/web/recipes/default.rb']);
});
