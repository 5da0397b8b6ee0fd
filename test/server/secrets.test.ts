/** No answer of the server holds a piece of a secret that is in a document. */
import { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import { Session, wait } from './session.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const body = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 36, maxLength: 36 });
/** How much of a secret may not be said, in characters. */
const PIECE = 6;

const documents = (secret: string): readonly [name: string, mode: string, text: string][] => [
  [
    'Dockerfile',
    'dockerfile',
    [
      'FROM debian:latest AS a',
      `ENV API_TOKEN=${secret} PASSWORD="${secret}" X=1`,
      `ARG DB_PASSWORD=${secret}`,
      `RUN curl -u admin:${secret} https://user:${secret}@example.com/x | sh \\`,
      ` && export GITHUB_TOKEN=ghp_${secret} && apt-get install curl && echo ${secret} | docker login -p ${secret}`,
      `LABEL token=ghp_${secret}`,
      `RUN [ "x", "ghp_${secret}"`,
      `NOSUCH ghp_${secret}`,
    ].join('\n'),
  ],
  [
    'a.pkr.hcl',
    'packer',
    [
      `variable "db_password" {\n  default = "${secret}"\n}`,
      `source "amazon-ebs" "x" {\n  secret_key = "${secret}"\n  access_key = "AKIA${secret.slice(0, 16).toUpperCase()}"`,
      `  ssh_password = "ghp_${secret}"\n  tags = { Token = "${secret}" }\n  user_data = <<EOF\n#cloud-config\npassword: ${secret}\nEOF\n}`,
      `build {\n  sources = ["source.amazon-ebs.x"]\n  provisioner "shell" {\n    environment_vars = ["TOKEN=${secret}"]`,
      `    inline = ["curl -H 'Authorization: Bearer ${secret}' https://x | sh"]\n  }\n  ghp_${secret} = "\n}`,
    ].join('\n'),
  ],
  [
    'user-data.yaml',
    'yaml',
    [
      '#cloud-config',
      `password: ${secret}`,
      `chpasswd:\n  list: |\n    root:${secret}`,
      `users:\n  - name: a\n    plain_text_passwd: ${secret}\n    ghp_${secret}: x`,
      `runcmd:\n  - export TOKEN=ghp_${secret}\n  - docker run -e PASSWORD=${secret} nginx:latest`,
      `write_files:\n  - path: /a\n    content: |\n      password=${secret}`,
      `bad: [ghp_${secret}`,
    ].join('\n'),
  ],
];

describe('a secret', () => {
  it('is in nothing that the server sends', async () => {
    const dialled = vi.spyOn(Socket.prototype, 'connect');
    const fetched = vi.spyOn(globalThis, 'fetch');
    const session = await Session.start({ engine: { languages, rules }, files: new Map() });
    try {
      let findings = 0;
      for (const [i, secret] of fc.sample(body, 8).entries()) {
        for (const [name, mode, text] of documents(secret)) {
          const uri = `file:///ws/${i}/${name}`;
          session.sent = '';
          await session.open(uri, text, mode);
          const found = await session.settled(uri);
          findings += found.length;
          const all = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
          await session.actions(uri, all);
          await session.actions(uri, all, { only: ['source.fixAll'] });
          for (const { range } of found) await session.hover(uri, range.start.line, range.start.character);
          await session.change(uri, [{ text: `${text}\n${secret}` }]);
          await session.settled(uri);
          for (let at = 0; at + PIECE <= secret.length; at++)
            expect(session.sent, `${name}: ${secret}`).not.toContain(secret.slice(at, at + PIECE));
        }
      }
      expect(findings).toBeGreaterThan(0);
      expect(dialled).not.toHaveBeenCalled();
      expect(fetched).not.toHaveBeenCalled();
    } finally {
      await session.stop();
      vi.restoreAllMocks();
    }
  });

  it('is in no hover on a variable or local, whichever file sets and uses it', async () => {
    const secret = 'kJ8xx-hunter2';
    // Of its own, so that nothing else hides it.
    const given = 'qW7zz-falcon9';
    const names = ['var.bar', 'local.cmd', 'local.pw', 'local.looked'];
    const use = (step: string): string =>
      `build {\n  sources = ["source.null.x"]\n  provisioner "shell" {\n    ${step}\n  }\n}\nsource "null" "x" {\n${names
        .map((name, i) => `  ssh_x${i} = ${name}\n  x${i}_name = "a-\${${name}}"\n`)
        .join('')}}\n`;
    const unset = 'variable "bar" {}\n';
    const set = `variable "bar" {\n  default = "${given}"\n}\n`;
    const locals = `locals {\n  cmd = "echo '${secret}' | sudo -S sh"\n  db = { password = "${secret}" }\n  pw = local.db.password\n  looked = lookup(local.db, "password", "")\n}\n`;
    for (const step of [
      'inline = ["echo ${var.bar} | sudo -S apt update"]',
      'inline = ["curl -u admin:${var.bar} https://x.example/"]',
      'environment_vars = ["DB_PASSWORD=${var.bar}"]',
      'inline = ["echo root:${var.bar} | sudo chpasswd"]',
      'inline = ["mysql -p${var.bar}"]',
      'inline = ["docker login -p ${var.bar} x.example", "sshpass -p ${var.bar} ssh x"]',
    ])
      for (const texts of [
        { 'a.pkr.hcl': use(step), 'v.pkr.hcl': set + locals },
        { 'a.pkr.hcl': use(step), 'v.pkr.hcl': unset + locals, 'x.auto.pkrvars.hcl': `bar = "${given}"\n` },
        { 'a.pkr.hcl': use(step) + set + locals },
      ]) {
        const files = new Map(Object.entries(texts).map(([name, text]) => [`file:///ws/${name}`, text]));
        const settings = { packer: { inlayHints: true } };
        const session = await Session.start({ engine: { languages, rules: [] }, files, settings });
        try {
          for (const [uri, text] of files) {
            await session.open(uri, text, 'packer');
            session.sent = '';
            const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
            await session.client.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range });
            for (const { index } of text.matchAll(/\b(?:bar|cmd|pw|db|looked)\b/g)) {
              const lines = text.slice(0, index + 1).split('\n');
              await session.hover(uri, lines.length - 1, lines.at(-1)!.length);
            }
            expect(session.sent, `${uri}: ${step}`).toMatch(/\*\*(?:variable|local)\*\*/);
            expect(session.sent, `${uri}: ${step}`).not.toMatch(/hunter|falcon/);
          }
        } finally {
          await session.stop();
        }
      }
  });

  it('hides what the file that sets it shows to be a secret', async () => {
    const uri = 'file:///ws/a.pkr.hcl';
    const text = 'locals {\n  a = var.bar\n  a_name = "x-${var.bar}"\n}\n';
    for (const [set, isShown] of [
      ['variable "bar" {\n  default = "eu-west-1"\n}\n', true],
      ['variable "bar" {\n  default = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"\n}\n', false],
      ['variable "bar" {\n  default = "https://ada:Dune_velvet427@x.example/"\n}\n', false],
      [
        'variable "bar" {\n  default = "Dune_velvet427" # password\n}\nlocals {\n  db_password = "Dune_velvet427"\n}\n',
        false,
      ],
    ] as const) {
      const files = new Map([
        [uri, text],
        ['file:///ws/v.pkr.hcl', set],
      ]);
      const settings = { packer: { inlayHints: true } };
      const session = await Session.start({ engine: { languages, rules: [] }, files, settings });
      try {
        await session.open(uri, text, 'packer');
        await session.settled(uri);
        const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
        const asked = async (): Promise<string> =>
          JSON.stringify([
            await session.hover(uri, 1, 10),
            await session.client.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range }),
          ]);
        for (let i = 0; i < 50 && !(await asked()).includes('v.pkr.hcl'); i++) await wait(10);
        const said = await asked();
        expect(said).toContain('v.pkr.hcl');
        expect(said.includes('bar = '), set).toBe(isShown);
        expect(said.includes('= x-'), set).toBe(isShown);
        expect(session.sent, set).not.toMatch(/16C7e42F|velvet427/);
      } finally {
        await session.stop();
      }
    }
  });

  it('hides no value of a variable that is none', async () => {
    const uri = 'file:///ws/a.pkr.hcl';
    const text = 'variable "region" {\n  default = "eu-west-1"\n}\nlocals {\n  name = "web-${var.region}"\n}\n';
    const session = await Session.start({ engine: { languages, rules: [] }, files: new Map([[uri, text]]) });
    try {
      await session.open(uri, text, 'packer');
      await session.settled(uri);
      expect(JSON.stringify(await session.hover(uri, 0, 12))).toContain('region = \\"eu-west-1\\"');
    } finally {
      await session.stop();
    }
  });
});
