/** The findings of a linted workspace are those of the command line in the same directory. */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import { diskSource } from '../../server/disk.ts';
import { normalized } from '../../server/files.ts';
import { LINT_WORKSPACE, type WorkspaceLinted } from '../../server/protocol.ts';
import { folderWith, runOn } from '../cli/real.ts';
import { onWindows } from '../host.ts';
import { Session } from './session.ts';

let session: Session | undefined;
afterEach(() => session?.stop());

const RUNS = (script: string): string => `build {
  sources = ["source.null.web"]
  provisioner "shell" {
    script = "${script}"
  }
}
`;

const TREE = {
  '.git/HEAD': '',
  '.gitignore': 'build/\n*.gen.Dockerfile\n',
  '.bakelint.yaml': 'extends: strict\nignore: [vendor]\nrules: {no-such-rule: off}\n',
  Dockerfile: 'FROM node:latest\nCOPY scripts/setup.sh /tmp/\nRUN sh /tmp/setup.sh\nCOPY secret.txt /srv/\n',
  '.dockerignore': 'secret.txt\n',
  'scripts/setup.sh': 'set -e\napt-get install nginx\ncurl -k https://example.com/a -o /srv/a\n',
  'api/Dockerfile': 'FROM alpine:3.21\nRUN apk add curl\n',
  'web/Dockerfile': 'FROM alpine:3.23\nRUN cd /srv\n',
  'web/.bakelint.yaml': 'rules: {cd-without-effect: off}\n',
  'compose.yaml': 'services:\n  api: {build: api}\n  web: {build: web}\n',
  'vendor/Dockerfile': 'FROM node:latest\n',
  'build/Dockerfile': 'FROM node:latest\n',
  'a.gen.Dockerfile': 'FROM node:latest\n',
  'node_modules/a/Dockerfile': 'FROM node:latest\n',
  'images/web/build.pkr.hcl': RUNS('../../scripts/setup.sh'),
  'images/web/source.pkr.hcl': 'source "null" "web" {\n  communicator = var.kind\n}\n',
  'images/web/variables.pkr.hcl': 'variable "kind" {\n  default = "none"\n}\nvariable "password" {\n}\n',
  'old/template.json': '{"builders": [{"type": "null", "communicator": "none"}]}\n',
  'old/other.json': '{"builders": 1}\n',
  'cloud/user-data': '#cloud-config\nruncmd:\n  - docker run nginx:latest\n',
  'cloud/any.yaml': '#cloud-config\nwrite_files:\n  - {path: /srv/a, permissions: 0644}\n',
  'cloud/note.txt': '#cloud-config\nnone: 1\n',
  'nested/.git/HEAD': '',
  'nested/Dockerfile': 'FROM node:latest\n',
  'empty/Dockerfile': '',
  'notes.md': 'FROM node:latest\n',
  'with space é/Dockerfile': 'FROM node:latest\n',
};

it('in one tree with all that decides about files', async () => {
  const root = folderWith(TREE);
  writeFileSync(join(root, 'web/utf16.Dockerfile'), Buffer.from([0xff, 0xfe, 0x46, 0]));
  writeFileSync(join(root, 'web/long.Dockerfile'), `# ${'x'.repeat(2_000_000)}\nFROM node:latest\n`);
  if (!onWindows) {
    symlinkSync(join(root, 'api/Dockerfile'), join(root, 'web/link.Dockerfile'));
    symlinkSync(join(root, 'notes.md'), join(root, 'web/notes.Dockerfile'));
    symlinkSync(root, join(root, 'api/loop'));
    symlinkSync('/', join(root, 'api/outside'));
  }
  const [found, expected] = [await findingsOfServer(root), await findingsOfCommandLine(root)];
  expect(found).toEqual(expected);
  for (const one of ['base-version-drift', 'curl-without-fail', 'invalid-config', 'unreadable-file'])
    expect(expected.join('\n')).toContain(one);
}, 60_000);

async function findingsOfServer(root: string): Promise<readonly string[]> {
  const folder = pathToFileURL(root).href;
  session = await Session.start({ engine: { languages, rules }, disk: diskSource, workspaceFolders: [folder] });
  const done = await session.client.sendRequest<WorkspaceLinted>('workspace/executeCommand', {
    command: LINT_WORKSPACE,
  });
  const last = new Map(session.published.map(({ uri, diagnostics }) => [uri, diagnostics]));
  const shown = (uri: string): string => decodeURIComponent(uri.slice(normalized(folder).length + 1));
  const found = [...last]
    .flatMap(([uri, diagnostics]) =>
      diagnostics.map(({ code, range: { start } }) => `${shown(uri)}:${start.line + 1}:${start.character + 1} ${code}`),
    )
    .sort();
  // Those of configurations are not of a linted file.
  expect(done.findings).toBe(found.filter(one => !one.endsWith(' invalid-config')).length);
  return found;
}

async function findingsOfCommandLine(root: string): Promise<readonly string[]> {
  const { out } = await runOn('2026-11-01', root, '--format', 'json', '.');
  const { files } = JSON.parse(out) as { files: readonly Report[] };
  return files
    .flatMap(({ path, diagnostics }) =>
      diagnostics.map(({ rule, range: { start } }) => `${path}:${start.line}:${start.column} ${rule}`),
    )
    .sort();
}

interface Report {
  readonly path: string;
  readonly diagnostics: readonly {
    readonly rule: string;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
  }[];
}
