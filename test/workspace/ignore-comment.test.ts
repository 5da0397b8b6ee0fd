/** Where ignore comments may be, in each language, with the real languages and rules. */
import { describe, expect, test } from 'vitest';
import type { LanguageId } from '../../core/build.ts';
import { only } from '../../core/config/resolve.ts';
import { applyEdits } from '../../core/fixer.ts';
import { NO_FILES } from '../../core/language.ts';
import { engineOf } from '../../dev/engine.ts';
import { rules } from '../../rules/index.ts';
import { ignoreHere, ignoreInFile } from '../../workspace/ignore-comment.ts';
import { lintDocument } from '../../workspace/lint.ts';

const engine = engineOf(rules);

/** The text after "ignore here" and "ignore in this file" for the first finding of a rule; `undefined` where refused. */
function ignored(language: LanguageId, rule: string, text: string, path = '') {
  const lint = (changed: string) =>
    lintDocument(
      { path, text: changed, language },
      { engine, settings: only(rules), files: NO_FILES, today: '2026-11-21' },
    )!;
  const linted = lint(text);
  const found = linted.diagnostics.find(one => one.rule === rule);
  if (!found) throw new Error(`${rule} is not found, but ${linted.diagnostics.map(one => one.rule).join(', ')}`);
  const document = { text, linted, lint };
  const after = (edit: ReturnType<typeof ignoreHere>) => edit && applyEdits(text, [edit]);
  return { here: after(ignoreHere(document, found)), inFile: after(ignoreInFile(document, found)) };
}

describe('Dockerfile', () => {
  const d = (rule: string, text: string) => ignored('dockerfile', rule, text);

  test('above the instruction', () => {
    expect(d('latest-tag', 'FROM debian:latest\n')).toEqual({
      here: '# bakelint ignore latest-tag: \nFROM debian:latest\n',
      inFile: '# bakelint ignore-file latest-tag: \nFROM debian:latest\n',
    });
  });

  test('never above a directive', () => {
    const text = '# escape=`\r\nFROM debian:latest\r\n';
    expect(d('latest-tag', text)).toEqual({
      here: '# escape=`\r\n# bakelint ignore latest-tag: \r\nFROM debian:latest\r\n',
      inFile: '# escape=`\r\n# bakelint ignore-file latest-tag: \r\nFROM debian:latest\r\n',
    });
    expect(d('directive-casing', '# Syntax=docker/dockerfile:1\nFROM debian:12.8\n').here).toBeUndefined();
    expect(d('directive-casing', '# Syntax=docker/dockerfile:1\nFROM debian:12.8\n').inFile).toBe(
      '# Syntax=docker/dockerfile:1\n# bakelint ignore-file directive-casing: \nFROM debian:12.8\n',
    );
  });

  test('above continued lines and heredocs, not inside', () => {
    const continued = 'FROM debian:12.8\nRUN true && \\\n    apt-get install curl\n';
    expect(d('package-install-prompts', continued).here).toBe(
      'FROM debian:12.8\n# bakelint ignore package-install-prompts: \nRUN true && \\\n    apt-get install curl\n',
    );
    const heredoc = 'FROM debian:12.8\nRUN <<EOF\ntrue\napt-get install curl\nEOF\n';
    expect(d('package-install-prompts', heredoc).here).toBe(
      'FROM debian:12.8\n# bakelint ignore package-install-prompts: \nRUN <<EOF\ntrue\napt-get install curl\nEOF\n',
    );
  });

  test('a byte order mark stays in front', () => {
    expect(d('latest-tag', '\uFEFFFROM debian:latest\n').here).toBe(
      '\uFEFF# bakelint ignore latest-tag: \nFROM debian:latest\n',
    );
    // Looking upwards ends at the first line.
    expect(d('directive-casing', '\uFEFF# Syntax=docker/dockerfile:1\nFROM debian:12.8\n').here).toBeUndefined();
    expect(
      ignored('cloud-init', 'root-account-enabled', '\uFEFF  disable_root: false\n', 'user-data').here,
    ).toBeDefined();
  });
});

describe('Packer', () => {
  test('above the attribute or its block', () => {
    const text = 'source "qemu" "x" {\n  iso_url      = "https://example.com/a.iso"\n  iso_checksum = "none"\n}\n';
    expect(ignored('packer', 'iso-checksum-none', text, 'a.pkr.hcl').here).toBe(
      text.replace('  iso_checksum', '  # bakelint ignore iso-checksum-none: \n  iso_checksum'),
    );
  });

  test('not inside a heredoc', () => {
    const text =
      'build {\n  provisioner "shell" {\n    inline = [<<EOF\n      apt-get install curl\nEOF\n    ]\n  }\n}\n';
    const { here } = ignored('packer', 'package-install-prompts', text, 'a.pkr.hcl');
    expect(here).toBe(text.replace('    inline', '    # bakelint ignore package-install-prompts: \n    inline'));
  });

  test.each(['a.pkr.json', 't.json'])('never in JSON: %s', path => {
    const text = '{\n  "builders": [\n    { "type": "qemu", "ssh_password": "Dune-velvet427-river" }\n  ]\n}\n';
    const lint = (changed: string) =>
      lintDocument({ path, text: changed }, { engine, settings: only(rules), files: NO_FILES, today: '2026-11-21' })!;
    const linted = lint(text);
    expect(linted.diagnostics.length).toBeGreaterThan(0);
    for (const found of linted.diagnostics) {
      expect(ignoreHere({ text, linted, lint }, found), found.rule).toBeUndefined();
      expect(ignoreInFile({ text, linted, lint }, found), found.rule).toBeUndefined();
    }
  });
});

describe('cloud-init', () => {
  const c = (rule: string, text: string) => ignored('cloud-init', rule, text, 'user-data');

  test('above the entry, below the header', () => {
    const text = '#cloud-config\ndisable_root: false\n';
    expect(c('root-account-enabled', text)).toEqual({
      here: '#cloud-config\n# bakelint ignore root-account-enabled: \ndisable_root: false\n',
      inFile: '#cloud-config\n# bakelint ignore-file root-account-enabled: \ndisable_root: false\n',
    });
    const jinja = `## template: jinja\n${text}`;
    expect(c('root-account-enabled', jinja).inFile).toBe(
      '## template: jinja\n#cloud-config\n# bakelint ignore-file root-account-enabled: \ndisable_root: false\n',
    );
  });

  test('never above the header', () => {
    expect(c('missing-header', '# cloud-config\npackages: [a]\n').here).toBeUndefined();
    expect(c('missing-header', '# cloud-config\npackages: [a]\n').inFile).toBe(
      '# cloud-config\n# bakelint ignore-file missing-header: \npackages: [a]\n',
    );
  });

  test('not inside a block scalar, a plain scalar of several lines or a flow sequence', () => {
    const block = '#cloud-config\nruncmd:\n  - |\n    true\n    apt-get install curl\n';
    expect(c('package-install-prompts', block).here).toBe(
      block.replace('  - |', '  # bakelint ignore package-install-prompts: \n  - |'),
    );
    const plain = '#cloud-config\nruncmd:\n  - true &&\n    apt-get install curl\n';
    expect(c('package-install-prompts', plain).here).toBe(
      plain.replace('  - true', '  # bakelint ignore package-install-prompts: \n  - true'),
    );
    const flow = '#cloud-config\nruncmd: [\n  [apt-get,\n  install, curl]]\n';
    const { here } = c('package-install-prompts', flow);
    expect(here === undefined || here.split('\n').length === flow.split('\n').length + 1).toBe(true);
  });

  test('in a MIME message only inside of a part', () => {
    const part = '#cloud-config\ndisable_root: false\n';
    const text = `Content-Type: multipart/mixed; boundary="x"\nMIME-Version: 1.0\n\n--x\nContent-Type: text/cloud-config\n\n${part}--x--\n`;
    const { here, inFile } = c('root-account-enabled', text);
    expect(here).toBe(text.replace('disable_root', '# bakelint ignore root-account-enabled: \ndisable_root'));
    expect(inFile === undefined || inFile.startsWith('Content-Type')).toBe(true);
  });
});
