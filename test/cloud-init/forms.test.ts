import { describe, expect, test } from 'vitest';
import { UNRESOLVED } from '../../core/text.ts';
import { foreignUserData } from '../../languages/cloud-init/detect.ts';
import { cloudInit } from '../../languages/cloud-init/language.ts';
import { at, booleanOf, entriesOf, entryOf, get, textOf } from '../../languages/cloud-init/nodes.ts';
import { cut, parse } from './support.ts';

describe('detect', () => {
  test.each([
    ['any.yaml', '#cloud-config\nruncmd: []\n'],
    ['web.txt', '#Cloud-Config\n'],
    ['bom.yml', '\uFEFF#cloud-config\n'],
    ['spaced.yaml', '# cloud-config\nusers: []\n'],
    ['late.yaml', '# Copyright\n#\n#cloud-config\n'],
    ['jinja.yaml', '## template: jinja\n#cloud-config\n'],
    ['web.tftpl', '%{ if x ~}\n#cloud-config\n'],
    [
      'a.mime',
      'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/cloud-config\n',
    ],
    ['all.yaml', '#cloud-config-archive\n- type: x\n'],
    ['urls.txt', '#include\nhttps://example.com/a\n'],
    ['boot.txt', '#cloud-boothook\n#!/bin/sh\n'],
    ['handler.txt', '#part-handler\n'],
    ['http/user-data', 'autoinstall:\n  version: 1\n'],
    ['autoinstall.yaml', 'version: 1\nidentity: {}\n'],
    ['server.autoinstall.yml.j2', 'autoinstall:\n  version: 1\n'],
    ['autoinstall/user-data.yaml', 'version: 1\nstorage: {}\n'],
    ['autoinstall-desktop.yaml', 'storage: {}\nlate-commands: []\n'],
    ['user-data', ''],
    ['user_data.sh', '#!/bin/bash\n'],
    ['web-userdata.yml.tpl', 'packages: [git]\n'],
    ['vendor-data.yaml', 'runcmd: []\n'],
    ['etc/cloud/cloud.cfg', 'users:\n  - default\n'],
    ['etc/cloud/cloud.cfg.d/99-x.cfg', 'datasource_list: [None]\n'],
    ['prod.cloud-init.yaml', 'packages: [git]\n'],
    ['cloud-init.yml', 'packages: [git]\n'],
    ['cloud-init-docker.yaml', 'packages: [git]\n'],
    ['seed/network-config', 'version: 2\n'],
    ['network-config.yaml', 'network:\n  version: 1\n'],
    ['user-data', 'sudo yum install -y tmux\n'],
    ['cloud-config_web.prod.yml', 'packages: [git]\n'],
    // EC2Launch and Cloudbase-Init
    ['user-data.ps1', '<powershell>\nWrite-Host a\n</powershell>\n'],
    ['windows-userdata.txt', '<script>\necho a\n</script>\n'],
    ['user-data', '#ps1_sysnative\nWrite-Host a\n'],
    ['boot.ps1', '# of the build\n<powershell>\nWrite-Host a\n</powershell>\n'],
  ])('%s is cloud-init', (path, text) => expect(cloudInit.detect(path, text)).toBe(true));

  test.each([
    ['meta-data', 'instance-id: x\n'],
    ['autoinstall.yaml', '- hosts: all\n'],
    ['autoinstall.yaml', 'name: a\nversion: 1\n'],
    ['autoinstall/site.yaml', 'network: {}\n'],
    ['autoinstaller.yaml', 'version: 1\nidentity: {}\n'],
    ['network-config.py', 'version: 2\n'],
    ['network-config', 'eth0 is the first interface\n'],
    ['network-configuration.yaml', 'version: 2\n'],
    ['main.tf', '#cloud-config\n'],
    ['README.md', '#cloud-config\n'],
    ['main.go', '#cloud-config\n'],
    ['run.sh', '#!/bin/sh\n'],
    ['main.c', '#include <stdio.h>\n'],
    ['noext', '#include <stdio.h>\n'],
    ['site.yml', '- hosts: all\n  tasks: []\n'],
    ['user-data.yml', '- name: write user data\n  template: {}\n'],
    ['user-data.yaml', 'apiVersion: v1\nkind: Secret\n'],
    ['vendor-data.yml', 'services:\n  web: {}\n'],
    ['userdata.txt', 'User-data is what the cloud gives.\n'],
    ['mail.txt', 'Subject: hi\nContent-Type: multipart/mixed; boundary=x\n\nhello'],
    ['values.yaml', 'x: |\n  #cloud-config\n'],
    ['user-data.json', '{}'],
    ['page.html', '<powershell>\nWrite-Host a\n</powershell>\n'],
    ['page.txt', '<script>\nalert(1)\n</script>\n'],
    ['setup.ps1', 'Write-Host "<powershell>"\n'],
    ['userdata-controlplane.yaml', 'version: v1alpha1\npersist: true\nmachine:\n  type: controlplane\n'],
    ['user-data.yaml', '- a\n- b\n'],
    ['cloud-config-server.yml', 'apiVersion: v1\n'],
    ['report_by_user_data.html.twig', '{% import "a.html.twig" as widgets %}\nruncmd: a\n'],
    ['.github/workflows/cloud-init.yml', 'name: a\njobs: {}\n'],
    ['/r/.github/workflows/cloud-config.yaml', '# a\n#cloud-config\nname: a\n'],
    ['cloud-init-test.yml', 'name: a\n\non:\n  push: {}\njobs: {}\n'],
    ['cloud-init.gitlab-ci.yml', 'hostname: a\n'],
    ['cloud-init-pipeline.yml', 'stages: [a]\nb:\n  script: [ls]\n'],
    ['cloud-init-azure-pipelines.yml', 'hostname: a\n'],
    ['cloud-init.yml', 'trigger: [main]\nsteps:\n  - script: ls\n'],
    ['hosts.tmpl', '## template: jinja\n{# x #}\n127.0.0.1 a\n'],
  ])('%s is not', (path, text) => expect(cloudInit.detect(path, text)).toBe(false));
});

describe('forms', () => {
  test.each([
    ['#cloud-config\na: 1\n', undefined, 'cloud-config', '#cloud-config'],
    ['\n\n#CLOUD-CONFIG\r\na: 1\r\n', undefined, 'cloud-config', '#CLOUD-CONFIG'],
    ['packages: [a]\n', 'user-data', 'cloud-config', undefined],
    ['# cloud-config\na: 1\n', 'user-data', 'unknown header', '# cloud-config'],
    ['\uFEFF#cloud-config\na: 1\n', undefined, 'unknown header', '#cloud-config'],
    ['# Copyright\n#cloud-config\na: 1\n', undefined, 'unknown header', '#cloud-config'],
    ['{% if x %}\n#cloud-config\na: 1\n{% endif %}\n', 'x.j2', 'cloud-config', '#cloud-config'],
    ['## template: jinja\n#cloud-config\na: 1\n', undefined, 'jinja cloud-config', '#cloud-config'],
    ['users: [default]\n', '/etc/cloud/cloud.cfg', 'cloud.cfg', undefined],
    ['#!/bin/sh\nls\n', undefined, 'script', '#!/bin/sh'],
    ['#cloud-boothook\nls\n', undefined, 'boothook', '#cloud-boothook'],
    ['#part-handler\ndef list_types(): pass\n', undefined, 'part-handler', '#part-handler'],
    ['#include\nhttp://a/b\n', undefined, 'include', '#include'],
    ['#cloud-config-archive\n[]\n', undefined, 'archive', '#cloud-config-archive'],
    ['#cloud-config\ncoreos: {}\n', undefined, 'other-dialect', '#cloud-config'],
    ['version: 1\nstorage: {}\n', 'autoinstall.yaml', 'autoinstall', undefined],
    ['version: 1\nstorage: {}\n', 'autoinstall/user-data.yaml', 'autoinstall', undefined],
    ['#cloud-config\nversion: 1\nstorage: {}\n', 'autoinstall.yaml', 'autoinstall', '#cloud-config'],
    ['#cloud-config\nautoinstall: {version: 1}\n', 'autoinstall.yaml', 'cloud-config', '#cloud-config'],
  ])('%j at %s is %s', (text, path, form, header) => {
    const tree = parse(text, path);
    expect([tree.form, cut(text, tree.header)]).toEqual([form, header]);
    expect(tree.problems).toEqual([]);
  });

  test.each([
    ['coreos:\n  units: []', 'coreos'],
    ['rancher: {}', 'rancheros'],
    ['k3os: {}', 'k3os'],
    ['stages: {}', 'kairos'],
    ['scheme_version: 1\nos: {}', 'harvester'],
    ['late_commands:\n  a: [ls]', 'curtin'],
    ['debconf_selections:\n  a: x y z', 'curtin'],
    ['packages: []', undefined],
    ['strange: 1', undefined],
  ])('the dialect of %j', (text, dialect) => expect(parse(`#cloud-config\n${text}\n`).dialect).toBe(dialect));

  test('a file that only its name calls user-data needs a key that cloud-init knows', () => {
    expect(parse('a: 1\nb: [c\n', 'cloud-init-x.yaml')).toMatchObject({ dialect: 'unknown', problems: [] });
    expect(parse('a: 1\npackages: [b]\n', 'cloud-init-x.yaml').dialect).toBeUndefined();
    expect(parse('${a}: 1\n', 'user-data.tftpl').dialect).toBeUndefined();
  });

  test.each([
    ['user-data.ps1', '<powershell>\nls\n', 'EC2Launch', '<powershell>'],
    ['userdata.yaml', 'version: v1alpha1\nmachine: {}\n', 'Talos', 'version: v1alpha1'],
    ['user-data.yaml', 'version: 1.1\ntasks:\n  - task: executeScript\n', 'EC2Launch', 'version: 1.1'],
    ['notes.txt', '<powershell>\nls\n', undefined, undefined],
  ])('%s is for another program', (path, text, program, evidence) =>
    expect(foreignUserData(path, text)).toEqual(program && { program, evidence }),
  );

  test('a placeholder on a line of its own may become lines of any indentation', () => {
    const tree = parse(
      '#cloud-config\nwrite_files:\n- content: |\n    a\nUNITS_PLACEHOLDER\n- path: /b\n',
      'user-data',
    );
    expect([tree.problems, tree.templated]).toEqual([[], ['placeholders']]);
  });

  test('#include names its URLs', () => {
    const text = '#include https://a/1\n# no\n\nhttps://b/2\n';
    expect(parse(text).includes.map(url => cut(text, url.span))).toEqual(['https://a/1', 'https://b/2']);
  });

  test('parts of a message stand where they are written', () => {
    const text = [
      'Content-Type: multipart/mixed;',
      ' boundary="=b="',
      'MIME-Version: 1.0',
      '',
      'preamble',
      '--=b=',
      'Content-Type: text/cloud-config; charset="us-ascii"',
      'Content-Disposition: attachment; filename="a.cfg"',
      '',
      'packages: [git]',
      '--=b=',
      'Content-Type: text/x-shellscript',
      'Content-Transfer-Encoding: base64',
      '',
      btoa('#!/bin/bash\necho hi\n'),
      '--=b=--',
      'epilogue',
    ].join('\n');
    const tree = parse(text);
    expect(tree.parts.map(({ type, filename, tree: part }) => [type, filename, part?.form])).toEqual([
      ['text/cloud-config', 'a.cfg', 'cloud-config'],
      ['text/x-shellscript', undefined, 'script'],
    ]);
    const part = tree.parts[0]!.tree!;
    expect([part.within, part.header]).toEqual(['mime', undefined]);
    expect(cut(text, at(part.root, 'packages', 0)?.span)).toBe('git');
    expect(tree.parts[1]!.content?.text).toBe('#!/bin/bash\necho hi\n');
  });

  test('a message without a boundary is a problem', () => {
    expect(parse('Content-Type: multipart/mixed\n\nx').problems).toEqual([
      expect.objectContaining({ message: 'MIME message without a `boundary`' }),
    ]);
  });

  test('items of an archive are documents', () => {
    const text =
      '#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    packages:\n      - git\n- |\n  #!/bin/sh\n  ls\n';
    const { parts } = parse(text);
    expect(parts.map(part => part.tree?.form)).toEqual(['cloud-config', 'script']);
    expect(cut(text, at(parts[0]!.tree!.root, 'packages', 0)?.span)).toBe('git');
  });
});

describe('the tree', () => {
  test('the last of two keys counts, and both are there', () => {
    const { root } = parse('#cloud-config\na: 1\nb: 2\na: 3\n');
    expect(textOf(get(root, 'a'))).toBe('3');
    expect(root?.entries.map(entry => entry.name)).toEqual(['a', 'b', 'a']);
  });
  test('aliases and merge keys are looked through', () => {
    const text = 'x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\nz: *x\n';
    const { root } = parse(text, 'user-data');
    expect([textOf(at(root, 'y', 'a')), textOf(at(root, 'y', 'b')), textOf(at(root, 'z', 'b'))]).toEqual([
      '1',
      '3',
      '2',
    ]);
    expect(entriesOf(get(root, 'y')).map(entry => entry.name)).toEqual(['b', 'a']);
  });
  test('values are those of YAML 1.1', () => {
    const { root } = parse(
      'a: yes\nb: 0644\nc: 1:30\nd: "yes"\ne: 2024-01-02\nf: 0o7\ng: ~\nh: 1e3\ni: 0x1F\n',
      'user-data',
    );
    const typed = root?.entries.map(({ value }) => (value.kind === 'scalar' ? [value.type, value.value] : value.kind));
    expect(typed).toEqual([
      ['bool', true],
      ['int', 420],
      ['int', 90],
      ['string', 'yes'],
      ['timestamp', '2024-01-02'],
      ['string', '0o7'],
      'null',
      ['string', '1e3'],
      ['int', 31],
    ]);
    expect([booleanOf(get(root, 'a')), booleanOf(get(root, 'd'))]).toEqual([true, undefined]);
  });
  test('spans of entries and items', () => {
    const text = '#cloud-config\nusers: # who\n  - name: a\n    sudo: no # x\n  - b\nrun: |\n  one\n\n\nlast:\n';
    const { root } = parse(text);
    const users = get(root, 'users');
    expect(users?.kind === 'seq' && users.itemSpans.map(span => cut(text, span))).toEqual([
      '- name: a\n    sudo: no',
      '- b',
    ]);
    expect(cut(text, entryOf(root, 'run')?.span)).toBe('run: |\n  one');
    expect(cut(text, entryOf(root, 'last')?.span)).toBe('last:');
  });
  test('comments know what they are about', () => {
    const text = '#cloud-config\n# above\na: 1\nb: 2 # beside\n- # none\n';
    const comments = parse('#cloud-config\n# above\na: 1\nb: 2 # beside\n# end\n').comments;
    expect(comments.map(comment => [comment.text, cut(text, comment.target)])).toEqual([
      ['cloud-config', 'a: 1'],
      [' above', 'a: 1'],
      [' beside', 'b: 2'],
      [' end', undefined],
    ]);
  });
});

describe('problems', () => {
  test.each([
    ['a: b: c\n', 'a: b: c'.indexOf('b'), /Second `: `/],
    ["a: 'x\nb: 1\n", 3, /Unclosed quote/],
    ['a:\n\t- b\n', 3, /Tab/],
    ['a: 1\tb\n', 4, /Tab/],
    ['a: [1, 2\nb: 3\n', 3, /Unclosed `\[`/],
    ['runcmd:\n  - |\n    cat <<EOF > x\nhello\nEOF\n', 32, /Heredoc/],
    ['a: *x\n', 3, /anchor/],
    ['a: 1\n---\nb: 1\n', 5, /second YAML document/],
    ['- a\n- b\n', 0, /Document is a list/],
  ])('%j', (text, start, message) => {
    const [problem] = parse(text).problems;
    expect(problem?.message).toMatch(message);
    expect(problem?.span.start).toBe(start);
  });
  test('a password that reads as an alias is not repeated', () => {
    const { problems } = parse('#cloud-config\npassword: *hunter2\n');
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
  test('every problem says what to do', () => {
    for (const text of ['a: b: c\n', "a: 'x\n", 'a: [1\n', '- a\n', 'a: *x\n', 'a: 1\n---\nb: 1\n'])
      expect(parse(`#cloud-config\n${text}`).problems[0]?.help, text).toMatch(/^[A-Z].{5,89}$/);
  });
  test('quoted text may go left of its key, as PyYAML has it', () => {
    const tree = parse("#cloud-config\na:\n- b: '#!/bin/sh\nx: y'\nc: 1\n");
    expect(tree.problems).toEqual([]);
    expect(textOf(at(tree.root, 'a', 0, 'b'))).toBe('#!/bin/sh x: y');
    const flow = parse('#cloud-config\na: [\n"b",\nc: d\n]\ne: 1\n');
    expect(flow.problems).toEqual([]);
    expect(textOf(at(flow.root, 'a', 1, 'c'))).toBe('d');
  });
});

describe('templates', () => {
  const marked = (text: string | undefined) => text?.replaceAll(UNRESOLVED, '?');
  const scalar = (text: string, path: string, ...keys: (string | number)[]) => {
    const node = at(parse(text, path).root, ...keys);
    return node?.kind === 'scalar' ? marked(node.text.text) : node?.kind;
  };
  test.each([
    ['hostname: ${name}-1\n', 'a.tftpl', ['hostname'], '?-1'],
    ['hostname: ${name}\n', 'user-data', ['hostname'], '?'],
    ['hostname: {{ name }}\n', 'user-data', ['hostname'], '?'],
    ['hostname: "{{ name }}"\n', 'user-data', ['hostname'], '?'],
    ['runcmd:\n  - echo ${HOME}\n', 'user-data', ['runcmd', 0], 'echo ${HOME}'],
    ['runcmd:\n  - echo ${HOME}\n', 'a.tpl', ['runcmd', 0], 'echo ?'],
    ['runcmd:\n  - echo $${HOME}\n', 'a.tftpl', ['runcmd', 0], 'echo ${HOME}'],
    ["runcmd:\n  - docker ps --format '{{.Names}}'\n", 'user-data', ['runcmd', 0], "docker ps --format '{{.Names}}'"],
    ["runcmd:\n  - curl -w '%{http_code}' x\n", 'a.tftpl', ['runcmd', 0], "curl -w '%{http_code}' x"],
    ['%{ if a ~}\npackages:\n  - git\n%{ endif ~}\n', 'user-data', ['packages', 0], 'git'],
    ['packages:\n{% for p in ps %}\n  - {{ p }}\n{% endfor %}\n', 'a.j2', ['packages', 0], '?'],
    ['## template: jinja\n#cloud-config\nhostname: {{ v1.x }}\n', 'a.yaml', ['hostname'], '?'],
    ['{{- if .X }}\npackages:\n  - {{ .P | quote }}\n{{- end }}\n', 'a.gotmpl', ['packages', 0], '?'],
    ['a:\n  ${indent(2, x)}\nb: 1\n', 'a.tftpl', ['a'], '?'],
    ['w: |\n    a\n%{ if x }\n    b\n%{ endif }\nz: 1\n', 'a.tftpl', ['w'], 'a\n#?\nb\n'],
  ])('%j in %s', (text, path, keys, expected) => {
    expect(parse(text, path).problems).toEqual([]);
    expect(scalar(text, path, ...keys)).toBe(expected);
  });
  test('a plain scalar with an expression has no type, and no value', () => {
    const node = get(parse('a: ${x}\n', 'a.tftpl').root, 'a');
    expect(node?.kind === 'scalar' && [node.type, node.value]).toEqual(['unknown', undefined]);
  });
  test('it is said which languages were masked', () => {
    expect(parse('a: ${x}\n', 'a.tftpl').templated).toEqual(['terraform']);
    expect(parse('a: 1\n', 'a.tftpl').templated).toEqual([]);
  });
});
