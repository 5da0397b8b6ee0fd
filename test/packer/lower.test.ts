import { describe, expect, test } from 'vitest';
import type { BaseImage, RunStep, Step } from '../../core/build.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { stageOf, stepsOf } from '../../languages/packer/nodes.ts';
import { read } from './read.ts';

const at = (text: string, span: { start: number; end: number } | undefined): string =>
  span ? text.slice(span.start, span.end) : '';
/** A build with one provisioner. */
const provisioner = (type: string, body: string): string =>
  `build {\n  sources = ["null.x"]\n  provisioner "${type}" {\n    ${body}\n  }\n}\n`;
const stepsIn = (text: string, others?: Record<string, string>): readonly Step[] =>
  read(text, others).build.stages[0]!.steps;
const runIn = (text: string, others?: Record<string, string>): RunStep =>
  stepsIn(text, others).find(step => step.kind === 'run')!;
const basesOf = (type: string, body: string, rest = ''): readonly BaseImage[] =>
  read(`source "${type}" "x" {\n${body}\n}\n${rest}`).build.stages[0]!.bases;

describe('scripts', () => {
  test('inline is one script under -e, unknown parts are unresolved', () => {
    const run = runIn(provisioner('shell', 'inline = ["set -x", "echo ${var.a} {{ .Vars }}"]'));
    expect(run.script?.text.text).toBe(`set -x\necho ${UNRESOLVED} ${UNRESOLVED}`);
    expect([run.phase, run.script?.dialect, run.script?.errexit]).toEqual(['build', 'posix', true]);
  });

  test.each([
    ['inline_shebang = "/bin/bash -x"', 'bash', false, false],
    ['inline_shebang = "/usr/bin/env bash"', 'bash', false, false],
    ['inline_shebang = "/bin/bash -eux"', 'bash', true, false],
    ['execute_command = "sudo -S bash -euxo pipefail \'{{ .Path }}\'"', 'bash', true, true],
    ['execute_command = "sudo -E bash -c \'{{ .Vars }} pwsh -f {{ .Path }}\'"', 'pwsh', false, false],
    ['execute_command = "sudo sh -c \'${var.x} bash -e {{ .Path }}\'"', 'bash', true, false],
    ['inline_shebang = "/bin/bash -e -o pipefail"', 'bash', true, true],
    ['execute_command = "{{ .Vars }} sh {{ .Path }}"', 'posix', false, false],
    ['execute_command = "chmod +x {{ .Path }}; {{ .Vars }} {{ .Path }}"', 'posix', true, false],
  ])('%s', (line, dialect, errexit, pipefail) => {
    const { script } = runIn(provisioner('shell', `inline = ["true"]\n    ${line}`));
    expect([script?.dialect, script?.errexit, script?.pipefail]).toEqual([dialect, errexit, pipefail]);
  });

  test.each([
    ['"scripts/a.sh"', '/p/scripts/a.sh'],
    ['"./scripts/a.sh"', '/p/scripts/a.sh'],
    ['"${path.root}/scripts/a.sh"', '/p/scripts/a.sh'],
    ['"../shared/a.sh"', '/shared/a.sh'],
    ['"p/scripts/a.sh"', '/p/scripts/a.sh'],
  ])('the file %s is read', (name, path) => {
    const text = provisioner('shell', `script = ${name}`);
    const { build, tree } = read(text, { [path]: '#!/bin/bash -e\necho hi\n' });
    const run = build.stages[0]!.steps.find(step => step.kind === 'run')!;
    expect(run.script?.text.text).toBe('#!/bin/bash -e\necho hi\n');
    expect(run.script?.text.spanOf(0, 2).file).toBe(path);
    expect([run.script?.dialect, run.script?.errexit]).toEqual(['bash', true]);
    expect(at(text, run.span)).toBe(name);
    expect(build.mentions.map(({ file, reference }) => [file, at(text, reference)])).toEqual([[path, name]]);
    expect(tree.missingScripts).toEqual([]);
  });

  test('a file that is not there is missing; one whose name is not certain is only unknown', () => {
    const text = provisioner('shell', 'scripts = ["a.sh", "${var.dir}/b.sh"]');
    const { build, tree } = read(text);
    expect(tree.missingScripts.map(({ span }) => at(text, span))).toEqual(['"a.sh"']);
    expect(build.stages[0]!.steps.map(step => step.kind === 'run' && step.script)).toEqual([undefined, undefined]);
  });

  test('other shells and the host', () => {
    expect(runIn(provisioner('powershell', 'inline = ["ls"]')).script?.dialect).toBe('powershell');
    expect(runIn(provisioner('windows-shell', 'inline = ["dir"]')).script?.dialect).toBe('cmd');
    expect(runIn(provisioner('shell-local', 'command = "make"')).phase).toBe('host');
    // A playbook that is not at hand may do anything.
    expect(stepsIn(provisioner('ansible', 'playbook_file = "a.yml"'))).toMatchObject([
      { kind: 'run', argv: undefined, script: undefined },
    ]);
  });
});

describe('files, environment, credentials', () => {
  test('uploads and content', () => {
    const [copy] = stepsIn(provisioner('file', 'source = "${path.root}/../dist/"\n    destination = "/opt/app"'));
    expect(copy).toMatchObject({ kind: 'copy', origin: 'context', to: { literal: '/opt/app' } });
    expect(copy?.kind === 'copy' && copy.sources.map(({ literal }) => literal)).toEqual(['./../dist/']);
    const [write] = stepsIn(provisioner('file', 'content = "#!/bin/sh\\ntrue\\n"\n    destination = "/x"'));
    expect(write?.kind === 'write-file' && write.script?.dialect).toBe('posix');
    expect(stepsIn(provisioner('file', 'source = "/x"\n    destination = "y"\n    direction = "download"'))).toEqual(
      [],
    );
  });

  test('environment in both forms', () => {
    const text = provisioner(
      'shell',
      'environment_vars = ["A=b=c", "T=${var.t}"]\n    env = { X = "y" }\n    inline = ["true"]',
    );
    const steps = stepsIn(text).filter(step => step.kind === 'env');
    expect(steps.map(({ name, value, scope }) => [name, value.literal, scope])).toEqual([
      ['A', 'b=c', 'build'],
      ['T', undefined, 'build'],
      ['X', 'y', 'build'],
    ]);
    expect(at(text, steps[0]!.nameSpan)).toBe('A');
    expect(at(text, steps[0]!.value.span)).toBe('b=c');
    expect(steps[1]!.value.parts).toMatchObject([{ name: 'var.t' }]);
  });

  test('credentials of builders, communicators and post-processors', () => {
    const { build } = read(
      'source "hcloud" "x" {\n  token = var.t\n  ssh_password = "p"\n  ssh_private_key_file = "k"\n}\nbuild {\n  sources = ["hcloud.x"]\n  post-processor "docker-push" {\n    login_password = "q"\n  }\n}\n',
    );
    const found = build.stages[0]!.steps.flatMap(step => (step.kind === 'credential' ? [[step.name, step.use]] : []));
    expect(found).toEqual([
      ['ssh_password', 'build'],
      ['token', 'build'],
      ['login_password', 'build'],
    ]);
  });

  test('parameters of templates and variables files', () => {
    const template = read('variable "a" {\n  default = "x"\n  sensitive = true\n}\nvariable "b" {}\n').build.parameters;
    expect(template.map(({ name, default: value, sensitive }) => [name, value?.literal, sensitive])).toEqual([
      ['a', 'x', true],
      ['b', undefined, false],
    ]);
    const given = read('a = "y"\n', { '/p/m.pkr.hcl': 'variable "a" {\n  sensitive = true\n}\n' }, '/p/v.pkrvars.hcl');
    expect(
      given.build.parameters.map(({ name, default: value, sensitive }) => [name, value?.literal, sensitive]),
    ).toEqual([['a', 'y', true]]);
    expect(given.build.stages).toEqual([]);
  });
});

describe('bases', () => {
  const filter = (body: string): string => `  source_ami_filter {\n    most_recent = true\n${body}\n  }`;
  test.each([
    ['amazon-ebs', '  source_ami = "ami-1"', undefined],
    ['amazon-ebs', `${filter('    owners = ["1"]\n    filters = { name = "a-*" }')}`, 'newest-of-pattern'],
    ['amazon-ebs', `${filter('    owners = ["1"]\n    filters = { name = "a-1" }')}`, undefined],
    ['amazon-ebs', `${filter('    owners = ["1"]\n    filters = { name = var.n }')}`, undefined],
    ['amazon-ebs', `${filter('    owners = ["1"]\n    filters = { name = "a-${var.n}-*" }')}`, 'newest-of-pattern'],
    ['amazon-ebs', `${filter('    filters = { name = "a-*" }')}`, 'newest-without-owner'],
    ['amazon-ebs', `${filter('    owners = ["1"]\n    filters = { architecture = "arm64" }')}`, 'newest-of-any-name'],
    ['amazon-ebs', `${filter('    owners = ["1"]\n    filters = var.f')}`, undefined],
    ['amazon-ebs', `  source_ami = "ami-1"\n${filter('    filters = { name = "a-*" }')}`, undefined],
    ['azure-arm', '  image_sku = "22_04-lts"', 'version-missing'],
    ['azure-arm', '  image_sku = "22_04-lts"\n  image_version = "latest"', 'version-latest'],
    ['azure-arm', '  image_sku = "22_04-lts"\n  image_version = "1.2.3"', undefined],
    ['azure-arm', '  image_sku = "22_04-lts"\n  image_version = var.v', undefined],
    ['googlecompute', '  source_image_family = "debian-12"', 'family'],
    ['googlecompute', '  source_image_family = "debian-12"\n  source_image = "debian-12-v1"', undefined],
    ['oracle-oci', '  base_image_filter {\n    operating_system = "x"\n  }', 'newest-of-any-name'],
  ])('%s %s', (type, body, expected) => {
    const [base] = basesOf(type, body);
    expect(base?.kind === 'cloud' && (base.floats?.reason ?? 'pinned')).toBe(expected ?? 'pinned');
  });

  test('through a data source', () => {
    const data = 'data "amazon-ami" "b" {\n  most_recent = true\n  owners = ["1"]\n  filters = { name = "a-*" }\n}\n';
    const [base] = basesOf('amazon-ebs', '  source_ami = data.amazon-ami.b.id', data);
    expect(base?.kind === 'cloud' && base.floats?.reason).toBe('newest-of-pattern');
  });

  test('containers and ISOs', () => {
    expect(basesOf('docker', '  image = "ubuntu:24.04"')).toMatchObject([
      { kind: 'registry', reference: { literal: 'ubuntu:24.04' } },
    ]);
    expect(read('source "docker" "x" {\n  image = "a"\n}\n').build.images.map(({ use }) => use)).toEqual(['base']);
    const isos = basesOf('qemu', '  iso_urls = ["a.iso", "https://b/a.iso"]\n  iso_checksum = "none"');
    expect(isos.map(base => base.kind === 'iso' && [base.url.literal, base.checksum?.literal])).toEqual([
      ['a.iso', 'none'],
      ['https://b/a.iso', 'none'],
    ]);
    expect(basesOf('proxmox-iso', '  boot_iso {\n    iso_url = "a"\n    iso_checksum = "b"\n  }')).toMatchObject([
      { kind: 'iso', url: { literal: 'a' }, checksum: { literal: 'b' } },
    ]);
    expect(basesOf('unheard-of', '  image = "a"')).toEqual([]);
  });
});

describe('outputs', () => {
  const labelsOf = (body: string): [string[], boolean] => {
    const { labels, labelsKnown } = read(`source "amazon-ebs" "x" {\n${body}\n}\n`).build.stages[0]!.outputs[0]!;
    return [labels.map(({ key }) => key), labelsKnown];
  };
  test.each([
    ['  tags = { Owner = "a" }', ['Owner'], true],
    ['  tags = merge(local.t, { A = 1 })', ['A'], false],
    ['  tags = var.t', [], false],
    ['  tag {\n    key = "Owner"\n    value = "a"\n  }', ['Owner'], true],
    [
      '  dynamic "tag" {\n    for_each = var.t\n    content {\n      key = tag.key\n      value = tag.value\n    }\n  }',
      [],
      false,
    ],
    ['  ami_name = "a"', [], true],
  ])('%s', (body, keys, known) => {
    expect(labelsOf(body)).toEqual([keys, known]);
  });
});

describe('stages', () => {
  test('own builds, builds of siblings over own sources, sources of no build', () => {
    const text = 'source "docker" "a" {\n  image = "a"\n}\nsource "docker" "b" {\n  image = "b"\n}\n';
    const { build } = read(text, {
      '/p/build.pkr.hcl': 'build {\n  sources = ["docker.a"]\n}\n',
      '/p/other.pkr.hcl': 'build {\n  sources = ["docker.c"]\n}\nsource "docker" "c" {\n  image = "c"\n}\n',
    });
    expect(
      build.stages.map(({ bases, span }) => [
        span.file,
        bases.map(base => base.kind === 'registry' && base.reference.literal),
      ]),
    ).toEqual([
      ['/p/build.pkr.hcl', ['a']],
      [undefined, ['b']],
    ]);
  });

  test('a build leads to its stage and a provisioner to its steps', () => {
    const { build, tree } = read(provisioner('shell', 'inline = ["true"]'));
    const one = tree.module.builds[0]!;
    const stage = stageOf(build, one)!;
    expect(stepsOf(stage, one.provisioners[0]!).map(step => step.kind)).toEqual(['run']);
  });
});

describe('comments', () => {
  test('lead to what follows, or to their own line', () => {
    const text = `# one
source "a" "b" {
  # two
  # three

  x = [ # four
    # five
    "e",
    # six
  ]
  // seven
}
`;
    const { comments } = read(text).build;
    expect(comments.map(comment => [comment.text.trim(), at(text, comment.target).split('\n')[0]])).toEqual([
      ['one', 'source "a" "b" {'],
      ['two', 'x = [ # four'],
      ['three', 'x = [ # four'],
      ['four', 'x = ['],
      ['five', '"e"'],
      ['six', ''],
      ['seven', ''],
    ]);
  });
});

describe('nested documents', () => {
  test('cloud-init in user data, seed content and files, also from a template file', () => {
    const text = `source "qemu" "x" {
  cd_content = {
    "/user-data" = <<-EOT
      #cloud-config
      users: []
    EOT
    "/meta-data" = ""
  }
  http_content = { "/user-data" = templatefile("\${path.root}/user-data.pkrtpl.hcl", {}) }
}
source "amazon-ebs" "x" {
  user_data = "#!/bin/sh"
}
`;
    const { handed } = read(text, { '/p/user-data.pkrtpl.hcl': '#cloud-config\nhostname: ${name}\n' });
    expect(handed.map(source => [source.text, source.spanOf(0, 1).file])).toEqual([
      ['#cloud-config\nusers: []\n', undefined],
      ['#cloud-config\nhostname: ${name}\n', '/p/user-data.pkrtpl.hcl'],
    ]);
    expect(at(text, handed[0]!.spanOf(0, 13))).toBe('#cloud-config');
  });

  test.each([
    ['## template: jinja\n#cloud-config\nusers: []\n', 1],
    ['## template: jinja\nusers: []\n', 1],
    ['## template:jinja\n127.0.0.1 localhost\n::1 localhost\n', 0],
  ])('the marker of a template alone does not make user data: %j', (content, count) => {
    const text = `source "qemu" "x" {\n  http_content = { "/hosts" = ${JSON.stringify(content)} }\n}\n`;
    expect(read(text).handed).toHaveLength(count);
  });

  test.each([
    ['floppy_content = { "user-data" = DOCUMENT }'],
    ['user_data = base64encode(DOCUMENT)'],
    ['configuration_parameters = { "guestinfo.userdata" = base64encode(DOCUMENT) }'],
    ['vapp {\n    properties = { user-data = base64gzip(trimspace(DOCUMENT)) }\n  }'],
    ['additional_iso_files {\n    cd_content = { "user-data" = DOCUMENT }\n  }'],
    ['launch_config = { "cloud-init.user-data" = (DOCUMENT) }'],
    ['metadata = { user-data = local.document }'],
    ['user_data = local.encoded'],
  ])('a document in %s', attribute => {
    const document = '"#cloud-config\\nusers: []\\n"';
    const locals = `locals {\n  document = ${document}\n  encoded = base64encode(local.document)\n}\n`;
    const text = `${locals}source "qemu" "x" {\n  ${attribute.replace('DOCUMENT', document)}\n}\n`;
    const { handed } = read(text);
    expect(handed.map(source => source.text)).toEqual(['#cloud-config\nusers: []\n']);
    expect(at(text, handed[0]!.spanOf(0, 13))).toBe('#cloud-config');
  });

  test('a document of a local that several sources use comes once', () => {
    const source = (name: string): string => `source "qemu" "${name}" {\n  user_data = local.document\n}\n`;
    const text = `locals {\n  document = "#cloud-config\\nusers: []\\n"\n}\n${source('a')}${source('b')}`;
    expect(read(text).handed).toHaveLength(1);
  });
});
