/**
 * One error speaks for each broken region and names the line where the block begins; no rule about structure speaks in
 * it; what stands around it is linted.
 */
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lintAll } from './documents.ts';

type Language = 'dockerfile' | 'packer' | 'cloud-init';
const PATHS: Record<Language, string> = {
  dockerfile: 'Dockerfile',
  packer: 'a.pkr.hcl',
  'cloud-init': 'user-data.yaml',
};

/** The errors of syntax, with the line of their block, and the other findings about correctness. */
function found(language: Language, text: string): string[] {
  const correctness = new Set(rules.filter(({ category }) => category === 'correctness').map(({ id }) => id));
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  return lintAll(text, { language, path: PATHS[language] })
    .diagnostics.filter(({ rule }) => correctness.has(rule))
    .map(({ rule, span, related, severity }) => {
      const from = related.find(({ message }) => / starts here$/.test(message));
      const block = from ? ` (block: ${lineOf(from.span.start)})` : '';
      return rule === 'syntax-error' ? `${lineOf(span.start)}${block}` : `${lineOf(span.start)} ${severity} ${rule}`;
    });
}

const yaml = (...lines: string[]) => `#cloud-config\n${lines.join('\n')}\n`;

describe('cloud-init', () => {
  test.each<[string, string, string[]]>([
    [
      'a script that fell out of its block',
      yaml(
        'foo_bar: 1',
        'write_files:',
        '  - path: /etc/a',
        '    content: |',
        '      #!/bin/bash',
        'export A=1',
        'set x: 1',
        'set x: 2',
        'if [ -f x ]; then',
        '  foo: bar',
        '  foo: bar',
        'fi',
        'runcmd:',
        '  - echo hi',
        'runcmd:',
        '  - echo hi',
      ),
      ['2 warning unknown-key', '7 (block: 5)', '16 warning duplicate-key'],
    ],
    [
      'a file of entries under an empty block',
      yaml(
        'write_files:',
        '- path: /etc/kubeconfig',
        '  content: |',
        'apiVersion: v1',
        'users:',
        '- name: a',
        'users:',
        '- name: b: c',
        '- path: /etc/x',
        '  contents: foo',
      ),
      ['5 (block: 4)', '11 warning unknown-key'],
    ],
    [
      'a heredoc',
      yaml(
        'runcmd:',
        '- |',
        '  cat > /etc/netplan.yaml <<EOF',
        'network:',
        '  version: 2',
        'users:',
        '  - a',
        'EOF',
        '  netplan apply',
        '- echo ok',
        'pakages: [a]',
      ),
      ['5 (block: 3)', '12 warning unknown-key'],
    ],
    [
      'lines a little less deep than their block',
      yaml('runcmd:', '  - |', '    set -e', '   echo a', '   echo b: c', '  - foo', 'pakages: [a]'),
      ['5 (block: 3)', '8 warning unknown-key'],
    ],
    [
      'an item with a line too deep',
      yaml('users:', '- name: foo', '   sudo: ALL', '   x: y', '- name: bar', '  badkey: 1', 'timezone: UTC'),
      ['3', '7 warning unknown-key'],
    ],
    ['a quote', yaml('hostname: "abc', 'fqdn: x', 'pakages:', '  - a'), ['2', '4 warning unknown-key']],
    [
      'brackets',
      yaml(
        'users:',
        '  - name: a',
        '    ssh_authorized_keys: [ssh-rsa AAA',
        '    sudo: x',
        '    name: b',
        'unknown: 1',
      ),
      ['4', '6 warning duplicate-key', '7 warning unknown-key'],
    ],
    [
      'tabs all over',
      yaml('runcmd:', '\t- a', '\t- b', 'packages:', '  - foo', '\t- bar', 'pakages: 1'),
      ['3', '8 warning unknown-key'],
    ],
    [
      'lines that break what follows them',
      yaml('packages:', '  - a', ' - b', ' - c', 'timezone UTC', 'hostname: a', 'hostname: b'),
      ['4', '8 warning duplicate-key'],
    ],
    [
      'Windows line ends',
      yaml(
        'write_files:',
        '  - path: /a',
        '    content: |',
        '      a',
        'b c',
        'd: e: f',
        'runcm: b',
        'runcmd: [b]',
      ).replaceAll('\n', '\r\n'),
      ['6 (block: 4)'],
    ],
  ])('%s', (_, text, expected) => {
    expect(found('cloud-init', text)).toEqual(expected);
  });

  test('a secret in a broken region is one all the same', () => {
    const text = yaml(
      'users:',
      '- name: foo',
      '   sudo: ALL',
      'chpasswd:',
      '  list: |',
      'root:Tr0ub4dor-3x',
      'a: b: c',
    );
    expect(lintAll(text, { language: 'cloud-init', path: 'user-data' }).build.problems.length).toBe(2);
  });
});

describe('Packer', () => {
  test.each<[string, string, string[]]>([
    [
      'an object that takes the brace of its block',
      'source "null" "a" {\n  communicator = "none"\n  foo = {\n    a = "b"\n}\nbuild {\n  sources = ["null.a"]\n  provisioner "shel" {}\n}\n',
      ['3', '8 warning unknown-block'],
    ],
    [
      'a string that takes the brace of its block',
      'variable "x" { default = "1 }\nvariable "y" {}\nvariable "y" {}\n',
      ['1', '3 warning duplicate-declaration'],
    ],
    [
      'a string that takes the bracket of its list',
      'build {\n  sources = ["null.a"]\n  provisioner "shell" {\n    inline = ["a", "b]\n    foo = 1\n  }\n}\n',
      ['4'],
    ],
    [
      'several mistakes on a line',
      'packer { required_plugins { a = { version = "1" } } }\nvariable "x" {}\nvariable "x" {}\n',
      ['1', '3 warning duplicate-declaration'],
    ],
    [
      'a heredoc',
      'source "null" "a" {\n  user_data = <<EOF\nfoo = 1\nfoo = 2\n}\nbuild {\n  sources = ["null.a"]\n}\n',
      ['2'],
    ],
    [
      'a block',
      'build {\n  sources = ["null.a"]\n  provisioner "shell" {\n    inline = ["a"]\n\n  post-processor "manifest" {}\n}\nvariable "x" {}\nvariable "x" {}\n',
      ['3', '9 warning duplicate-declaration'],
    ],
  ])('%s', (_, text, expected) => {
    expect(found('packer', text)).toEqual(expected);
  });
});

describe('Dockerfile', () => {
  test.each<[string, string, string[]]>([
    [
      'a heredoc',
      'FROM debian:12\nEXPOSE 99999\nRUN <<EOF\napt-get update\nUSER foo\nCMD ["a"]\nCMD ["b"]\nEXPOSE 99999\n',
      ['2 error invalid-port', '3'],
    ],
    [
      'a missing continuation',
      'FROM debian:12\nRUN apt-get update \\\n  && apt-get install -y foo\n  && rm -rf /x\n  && foo\n  echo bar\nEXPOSE 99999\n',
      ['4 (block: 2)', '7 warning invalid-port'],
    ],
    [
      'a script in an open quote',
      "FROM debian:12\nRUN python -c '\nimport os\nFROM x\nEXPOSE 99999\n'\nhello world\nEXPOSE 99999\n",
      ['3 (block: 2)', '8 warning invalid-port'],
    ],
    ['a slip in a keyword', 'FROM debian:12\nRUN a\nCOPPY a /b\nWORKDRI /c\n', ['3', '4']],
  ])('%s', (_, text, expected) => {
    expect(found('dockerfile', text)).toEqual(expected);
  });
});
