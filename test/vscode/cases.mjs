// One file of each language, what is found in it, and what its quick fixes make of it: a rule's own, then the one that
// ignores. The suite in the extension host and the test of the user interface do the same with them, one through the
// API and one with mouse and keys.
import { readFileSync } from 'node:fs';

const fixture = name => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const above = (text, line, comment) => text.replace(new RegExp(`^(\\s*)${line}`, 'm'), `$1${comment}\n$&`);

export const CASES = [
  {
    file: 'Dockerfile',
    mode: 'dockerfile',
    rule: 'package-install-prompts',
    action: 'Add `-y`',
    wrong: 'install curl',
    right: 'install -y curl',
    ignored: 'FROM debian',
  },
  {
    file: 'image.pkr.hcl',
    mode: 'packer',
    rule: 'secret-variable-not-sensitive',
    action: 'Add `sensitive = true`',
    wrong: 'type = string',
    right: 'type      = string\n  sensitive = true',
    ignored: 'image  =',
  },
  {
    file: 'machine.yaml',
    mode: 'yaml',
    rule: 'unquoted-permissions',
    action: "Write `'0644'`",
    wrong: '0644',
    right: "'0644'",
    ignored: '- docker run',
  },
].map(({ file, mode, rule, action, wrong, right, ignored }) => {
  const mended = fixture(file).replace(wrong, right);
  return {
    file,
    mode,
    steps: [
      { rule, action, after: mended },
      {
        rule: 'latest-tag',
        action: 'Ignore `latest-tag` here',
        reason: 'a fixture',
        after: above(mended, ignored, '# bakelint ignore latest-tag: a fixture'),
      },
    ],
  };
});
