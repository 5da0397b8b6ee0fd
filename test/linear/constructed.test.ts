import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { notLinear, type Pattern } from './linear.ts';
import { LAYERS, sourcesOf } from './literals.ts';

/** Documents that make the engine build every pattern that it builds from pieces. */
const DOCUMENTS = [
  { path: 'Dockerfile', text: '#bakelint\nFROM a\nRUN echo \\\n\nCMD x\n' },
  {
    path: 'user-data',
    text: 'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/cloud-config; charset="utf-8"\n\nhostname: a\n--b--\n',
  },
  { path: 'user-data', text: '## template: jinja\n#cloud-config\nhostname: a{{ b }}\nbootcmd:\n  - "{{ b }}"\n' },
  { path: 'user-data', text: '#cloud-config\nwrite_files:\n  - path: "/a"\n    permissions: "0o644"\n' },
  { path: 'image.pkr.hcl', text: 'source "amazon-ebs" "web" {\n  ami_name = "web"\n}\n' },
  { path: 'user-data', text: '#cloud-config\npackages: [jq]\nbootcmd:\n  - jq . /a\n' },
  { path: 'user-data', text: '#cloud-config\nruncmd:\n  - |\n    cat <<EOF\nunindented\nEOF\n' },
];

/** The same for the index of images. */
const BUILD_FILES = [
  ['Jenkinsfile', "agent { dockerfile { dir 'a' filename 'B' } }\ndocker.build('x/a')\n"],
  [
    'build.sh',
    'NAMES=(a b)\nbuild() {\n  docker build -t "x/$1" "$1"\n}\nbuild a\nfor n in "${NAMES[@]}"; do docker build -t x/$n $n; done\ncat <<EOF > compose.yaml\nservices:\n  a:\n    image: x/a\nEOF\n',
  ],
] as const;

const NativeRegExp = RegExp;
afterAll(() => {
  globalThis.RegExp = NativeRegExp;
});

/** What `new RegExp` was called with, by the file of the project that called it. */
async function constructed(): Promise<ReadonlyMap<string, readonly Pattern[]>> {
  const found = new Map<string, Pattern[]>();
  globalThis.RegExp = new Proxy(NativeRegExp, {
    construct(target, args: [string | RegExp, string?], newTarget) {
      const made = Reflect.construct(target, args, newTarget) as RegExp;
      const caller = new Error().stack?.split('\n')[2] ?? '';
      const file = LAYERS.map(layer => caller.lastIndexOf(`/${layer}/`)).find(
        at => at >= 0 && !caller.includes('node_modules'),
      );
      if (file !== undefined) {
        const path = caller.slice(file + 1, caller.indexOf('.ts', file) + 3);
        found.set(path, [...(found.get(path) ?? []), { label: path, source: made.source, flags: made.flags }]);
      }
      return made;
    },
  });
  const { lint } = await import('../../core/linter.ts');
  const { NO_CONFIG, settingsFor } = await import('../../core/config/resolve.ts');
  const { NO_FILES } = await import('../../core/language.ts');
  const { factsOfBuildFile } = await import('../../workspace/images/of-build-file.ts');
  const { readConfig } = await import('../../core/config/read.ts');
  const { shellParser } = await import('../../shell/parser.ts');
  const { languages } = await import('../../languages/index.ts');
  const { rules } = await import('../../rules/index.ts');
  const { SourceText } = await import('../../core/text.ts');
  const settings = settingsFor(NO_CONFIG, '', rules, 'all');
  readConfig('ruleset: "2026.11"\nimages:\n  cloud-init-version: "22.2"\n', rules);
  const engine = { languages, rules, shell: shellParser };
  for (const [path, text] of BUILD_FILES) factsOfBuildFile(path, text, one => one);
  for (const document of DOCUMENTS) {
    const result = lint(document, { engine, settings, files: NO_FILES, today: undefined });
    // Each change of a text makes further ones.
    for (const step of result?.build.stages.flatMap(stage => stage.steps) ?? [])
      for (const value of Object.values(step))
        if (value?.source instanceof SourceText) value.source.replace(0, 1, '"\t');
  }
  return found;
}

test('every regular expression that is built from pieces is linear', async () => {
  const found = await constructed();
  const files = LAYERS.flatMap(sourcesOf).filter(file => /\bnew RegExp\(/.test(readFileSync(file, 'utf8')));
  expect(files.filter(file => !found.has(file))).toEqual([]);
  expect(notLinear([...found.values()].flat())).toEqual([]);
});

test('every form of a value that the data of Packer has is linear', () => {
  const { formats } = JSON.parse(readFileSync('data/packer-components.json', 'utf8')) as {
    formats: Record<string, { pattern: string; parts?: string; ignoreCase?: boolean }>;
  };
  const patterns = Object.entries(formats).flatMap(([label, { ignoreCase, parts, pattern }]) =>
    [pattern, ...(parts === undefined ? [] : [parts])].map(source => ({
      label,
      source,
      flags: ignoreCase ? 'iu' : 'u',
    })),
  );
  expect(patterns.length).toBeGreaterThan(10);
  expect(notLinear(patterns)).toEqual([]);
});
