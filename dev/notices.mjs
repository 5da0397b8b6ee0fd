// The licenses of what others wrote and the bundles contain: packages, found from what the bundler took in, and data.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licenses that allow a package to be shipped inside of ours together with its notice. */
const ALLOWED = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0']);
const LICENSE_FILE = /^(?:licen[cs]e|copying|notice|third-?party-?notices)(?:[.-].*)?$/i;
const HEADING = 'Bakelint contains the following packages and data. The name of each is followed by its license.\n';
const RULE = `\n${'-'.repeat(80)}\n\n`;

/** The directories of packages under node_modules in the bundler's metafiles, sorted. */
export function packagesIn(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const found = inputs.flatMap(path => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(found)].sort();
}

/** The text of the notices for packages, given by their directories. Throws for a package that must not be shipped. */
export function noticesFor(folders) {
  const parts = new Map(folders.map(noticeOf));
  const packages = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return [HEADING, ...packages, readFileSync('data/NOTICE.txt', 'utf8')].join(RULE);
}

/** A package's name with its version, and its notice. */
function noticeOf(folder) {
  const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!ALLOWED.has(license))
    throw new Error(`${name} has the license ${license}, which dev/notices.mjs does not allow`);
  const texts = readdirSync(folder)
    .filter(file => LICENSE_FILE.test(file))
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0) throw new Error(`${name} does not contain the text of its license`);
  const heading = [`${name} ${version} (${license})`, homepage].filter(line => line !== undefined).join('\n');
  return [`${name} ${version}`, `${heading}\n\n${texts.join('\n\n')}\n`];
}
