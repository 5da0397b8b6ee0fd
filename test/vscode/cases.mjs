// One file of each language, what is found in it, and what its quick fix makes of it. The suite in the extension host
// and the test of the user interface do the same with them, one through the API and one with mouse and keys.
import { readFileSync } from 'node:fs';

const fixture = name => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const above = (text, line, comment) => text.replace(new RegExp(`^(\\s*)${line}`, 'm'), `$1${comment}\n$&`);

export const CASES = [
  { file: 'Dockerfile', mode: 'dockerfile', line: 'FROM debian' },
  { file: 'image.pkr.hcl', mode: 'packer', line: 'image  =' },
  { file: 'machine.yaml', mode: 'yaml', line: '- docker run' },
].map(({ file, mode, line }) => ({
  file,
  mode,
  rule: 'latest-tag',
  action: 'Ignore `latest-tag` here',
  fixed: above(fixture(file), line, '# bakelint ignore latest-tag: '),
}));
