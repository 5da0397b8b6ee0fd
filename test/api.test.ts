/** The API of the npm package on files that a linted one names. What `docs/api.md` shows is run from the packed package. */
import { expect, test } from 'vitest';
import { fix, lint } from '../api/index.ts';

const TEMPLATE = `source "null" "web" {
  communicator = "none"
}
build {
  sources = ["source.null.web"]
  provisioner "shell" {
    script = "scripts/web.sh"
  }
}
`;
const SECRET = ['kV7', 'pQ2x', 'Zr9m'].join('_');
const SCRIPT = `set -e
export DB_PASSWORD=${SECRET}
apt-get install nginx
`;

test('findings in a script that a template runs name the script', async () => {
  const read = (path: string) => (path === 'images/scripts/web.sh' ? SCRIPT : null);
  const { findings } = await lint(TEMPLATE, {
    path: 'images/web.pkr.hcl',
    today: '2026-11-21',
    files: { read, list: () => ['web.pkr.hcl'] },
  });
  const found = findings.find(({ rule }) => rule === 'package-install-prompts');
  expect(found).toMatchObject({
    path: 'images/scripts/web.sh',
    range: { start: { line: 3, column: 1 } },
    related: [{ message: 'Script runs here', path: undefined, range: { start: { line: 7 } } }],
  });
  expect(findings.find(({ rule }) => rule === 'baked-secret')).toMatchObject({ path: 'images/scripts/web.sh' });
  expect(JSON.stringify(findings)).not.toContain(SECRET);
});

test('fixes in other files are none of the fixes of a text', async () => {
  const template = 'source "docker" "web" {\n  image  = var.image\n  commit = true\n}\n';
  const variables = 'variable "image" {\n  default = "node:16"\n}\n';
  const options = {
    path: 'images/web.pkr.hcl',
    today: '2026-11-21',
    files: {
      read: (path: string) => (path === 'images/variables.pkr.hcl' ? variables : null),
      list: () => ['web.pkr.hcl', 'variables.pkr.hcl'],
    },
  };
  const { findings } = await lint(template, options);
  expect(findings.find(({ rule }) => rule === 'end-of-life-base')).toMatchObject({ fixes: [] });
  expect((await fix(template, { ...options, safety: 'suggested' })).text).not.toContain('26');
});
