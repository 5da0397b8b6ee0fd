// Checks the grammars with the tokenizer and the other grammars that VS Code itself brings.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT, TOOLS } from './setup.mjs';

const VSCODE = path.join(TOOLS, 'code-server/lib/vscode');

/** Text of a language, in which each line `^ TEXT: SCOPE …` says what the last TEXT of the line above is. */
const CASES = {
  'source.packer': String.raw`
packer {
^ packer: entity.name.type
source "amazon-ebs" "web" {
^ amazon-ebs: string.quoted.double.label
  ami_name = "web-\${formatdate("YYYY", timestamp())}-{{isotime}}" # note
^ ami_name: variable.other.property
^ formatdate: meta.interpolation support.function
^ {{isotime}}: meta.template.go
^ note: comment.line
  count = 1.5e3 /* so */
^ 1.5e3: constant.numeric
^ so: comment.block
  tags = { Owner = var.owner, "a b" = local.x[0] }
^ Owner: variable.other.property
^ var: variable.language
^ owner: variable.other.member
  text = <<-EOF
    one \${var.two}
^ one: string.unquoted.heredoc
^ two: meta.interpolation variable.other.member
    EOF
^ EOF: keyword.control.heredoc-token
  on = true
^ true: constant.language
}
build {
  provisioner "shell" {
    inline = [
      "apt-get update && echo \"x\" \${var.y}",
^ apt-get: meta.embedded.line.shell entity.name.command
^ y: meta.embedded.line.shell
      <<-SCRIPT
      echo 'never closed
^ echo: meta.embedded.block.shell support.function.builtin
      SCRIPT
    ]
    only = ["a"]
^ a: string.quoted.double.packer
^ only: variable.other.property
  }
}`,
  'source.dockerfile': String.raw`
FROM debian
^ FROM: keyword.other.special-method
RUN --mount=type=cache,target=/x apt-get update \
^ --mount=type=cache,target=/x: variable.parameter
^ apt-get: meta.embedded.block.shell entity.name.command
  # about it
^ about it: comment.line
  && rm -rf '/x'
^ rm: entity.name.command
^ /x: string.quoted.single
COPY a b
^ COPY: keyword.other.special-method
RUN <<EOF
echo 'never closed
^ echo: meta.embedded.block.shell
EOF
ENV A=b
^ ENV: keyword.other.special-method
RUN ["echo", "b"]
^ echo: string.quoted.double.dockerfile
USER x
^ USER: keyword.other.special-method`,
  'source.yaml': `
#cloud-config
runcmd:
^ runcmd: entity.name.tag
  - curl -f https://x | sh # why
^ curl: meta.embedded.line.shell entity.name.command
^ why: comment.line
  - [ls, "-l"]
^ -l: string.quoted.double
  - |
    echo 'never closed
^ echo: meta.embedded.block.shell
  - 'systemctl restart x'
^ systemctl restart x: string.quoted.single
users:
^ users: entity.name.tag
  - name: x
^ name: entity.name.tag
write_files:
^ write_files: entity.name.tag
  - path: /a
^ path: entity.name.tag
    content: |
^ content: entity.name.tag
      #!/bin/bash
^ #!/bin/bash: comment.line.number-sign.shebang
      echo 'never closed
^ echo: meta.embedded.block.shell support.function.builtin
    owner: root
^ owner: entity.name.tag
  - content: |
      #!/usr/bin/env sh
      set -e
^ set: meta.embedded.block.shell
    permissions: "0755"
^ permissions: entity.name.tag
  - path: /b
    content: |
      echo: 'no script
^ echo: string.unquoted.block
      #!/bin/sh
    defer: true
^ defer: entity.name.tag
packages:
^ packages: entity.name.tag`,
};
CASES['source.cloud-config'] = CASES['source.yaml'];

/** Throws when a token has not the scopes that it should have. */
export async function checkGrammars() {
  const grammarOf = await registry();
  let checked = 0;
  for (const [scope, text] of Object.entries(CASES)) {
    const grammar = await grammarOf(scope);
    let state = null;
    let line = '';
    let tokens = [];
    for (const next of text.replaceAll('\\$', '$').trim().split('\n')) {
      const expected = /^\^ (.+): (\S.*)$/.exec(next);
      if (!expected) {
        line = next;
        const result = grammar.tokenizeLine(line, state);
        ({ tokens, ruleStack: state } = result);
        continue;
      }
      const [, wanted, scopes] = expected;
      const at = line.lastIndexOf(wanted);
      const token = tokens.find(({ startIndex, endIndex }) => startIndex <= at && at < endIndex);
      const have = token.scopes.join(' ');
      const missing = scopes.split(' ').filter(one => !have.includes(one));
      if (at < 0 || missing.length > 0) throw new Error(`${scope}: "${wanted}" in "${line}" has only ${have}`);
      checked++;
    }
  }
  return `${checked} tokens`;
}

/** Our grammars and VS Code's, with the injections that package.json declares. */
async function registry() {
  const require = createRequire(path.join(VSCODE, 'package.json'));
  const { Registry, parseRawGrammar } = require('vscode-textmate');
  const oniguruma = require('vscode-oniguruma');
  const wasm = readFileSync(path.join(VSCODE, 'node_modules/vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const files = new Map();
  const injections = new Map();
  const contributions = [ROOT, ...['docker', 'yaml', 'shellscript'].map(name => path.join(VSCODE, 'extensions', name))];
  for (const folder of contributions) {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    for (const { scopeName, path: file, injectTo = [] } of manifest.contributes.grammars) {
      files.set(scopeName, path.join(folder, file));
      for (const target of injectTo) injections.set(target, [...(injections.get(target) ?? []), scopeName]);
    }
  }
  const grammars = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
      createOnigString: text => new oniguruma.OnigString(text),
    }),
    loadGrammar: async scope => {
      const file = files.get(scope);
      return file ? parseRawGrammar(readFileSync(file, 'utf8'), file) : null;
    },
    getInjections: scope => injections.get(scope),
  });
  return scope => grammars.loadGrammar(scope);
}
