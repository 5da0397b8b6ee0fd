/**
 * The files in which projects name the versions of runtimes that they run on, as their tools document them:
 * https://docs.npmjs.com/cli/configuring-npm/package-json#engines, https://github.com/nvm-sh/nvm#nvmrc,
 * https://packaging.python.org/en/latest/specifications/pyproject-toml/#requires-python, https://go.dev/ref/mod#go-mod-file-go,
 * https://getcomposer.org/doc/04-schema.md#require, https://bundler.io/guides/gemfile_ruby.html,
 * https://learn.microsoft.com/en-us/dotnet/core/tools/global-json,
 * https://docs.gradle.org/current/userguide/toolchains.html,
 * https://maven.apache.org/plugins/maven-compiler-plugin/examples/set-compiler-release.html
 */
import type { ProjectVersions } from '../../core/build.ts';
import { releaseOfCodename } from '../end-of-life/lookup.ts';
import { lineOf, rangeOf } from './ranges.ts';
import { frameworksOf, pythonPins } from './requirements.ts';

type Stated = Omit<ProjectVersions, 'file'>;
type Reader = readonly [name: RegExp, read: (text: string) => readonly Stated[]];

export const READERS: readonly Reader[] = [
  [/^package\.json$/, ofPackage],
  [/^\.(?:nvmrc|node-version)$/, ofNodeVersion],
  [/^\.python-version$/, text => stated('Python', lineOf(text, 2))],
  [/^pyproject\.toml$/, ofPyproject],
  [
    /^Pipfile$/,
    text =>
      stated('Python', exactly(/^python_(?:full_)?version\s{0,8}=\s{0,8}["']([^"']{1,40})["']/m.exec(text)?.[1], 2)),
  ],
  [/^(?:requirements[\w.-]{0,30}|constraints)\.txt$/, ofRequirements],
  [
    /^(?:poetry|uv)\.lock$/,
    text => pythonPins(pinned(text, /^name = "([\w.-]{1,60})"\r?\nversion = "([\d.]{1,30})"/gm)),
  ],
  [
    /^Pipfile\.lock$/,
    text => pythonPins(pinned(text, /"([\w.-]{1,60})": \{[^{}]{0,8000}"version": "==([\d.]{1,30})"/g)),
  ],
  [/^go\.mod$/, text => stated('Go', least(/^go\s{1,8}([\d.]{1,20})/m.exec(text)?.[1]))],
  [/^composer\.json$/, ofComposer],
  [/^\.ruby-version$/, text => stated('Ruby', lineOf(text.replace(/^ruby-/, ''), 2))],
  [
    /^Gemfile$/,
    text =>
      stated('Ruby', ofRange(/^ruby\s{1,8}["']([^"']{1,60})["']/m.exec(text)?.[1]?.replace(/^(?=\d)/, '= '), 'last')),
  ],
  [/^Gemfile\.lock$/, text => frameworksOf('gems', text)],
  [/^global\.json$/, ofGlobal],
  [/\.(?:cs|fs|vb)proj$/, ofProject],
  [
    /^build\.gradle(?:\.kts)?$/,
    text => [
      ...stated('Java', exactly(/JavaLanguageVersion\.of\((\d{1,3})\)/.exec(text)?.[1], 1)),
      ...stated(
        'Java',
        java(/\bsourceCompatibility\s{0,8}=\s{0,8}["']?(?:JavaVersion\.VERSION_)?([\d._]{1,6})/.exec(text)?.[1]),
      ),
    ],
  ],
  [
    /^pom\.xml$/,
    text =>
      stated(
        'Java',
        java(
          /<(?:java\.version|maven\.compiler\.(?:release|target)|release)>\s{0,8}([\d.]{1,6})\s{0,8}</.exec(text)?.[1],
        ),
      ),
  ],
];

const stated = (product: string, allows: Stated['allows'] | undefined): readonly Stated[] =>
  allows ? [{ product, allows }] : [];
const exactly = (version: string | undefined, numbers: 1 | 2) =>
  version === undefined ? undefined : lineOf(version, numbers);
const ofRange = (range: string | undefined, tilde: 'patch' | 'last') =>
  range === undefined ? undefined : rangeOf(range, tilde);
const least = (version: string | undefined) => (version === undefined ? undefined : rangeOf(`>=${version}`, 'last'));

/** What is compiled for a release runs on it and on later ones; `1.8` and `1_8` are 8. */
const java = (version: string | undefined) => least(version?.replace(/^1[._](?=\d)/, ''));

/** Read, it says something in any case: what is installed is known. */
export function ofRequirements(text: string): readonly Stated[] {
  return [{ product: 'Python', allows: () => true }, ...frameworksOf('requirements', text)];
}

const pinned = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, name = '', version = '']) => ({ name, version }));

function ofPackage(text: string): readonly Stated[] {
  const data = objectIn(text);
  const engine = textAt(data, 'engines', 'node');
  const volta = textAt(data, 'volta', 'node');
  const packages = { ...recordAt(data, 'devDependencies'), ...recordAt(data, 'dependencies') };
  return [
    ...stated('Node.js', ofRange(engine, 'patch')),
    ...stated('Node.js', exactly(volta, 1)),
    ...frameworksOf('npm', packages),
  ];
}

function ofNodeVersion(text: string): readonly Stated[] {
  const name = /^lts\/([a-z]{2,20})\s{0,8}$/m.exec(text)?.[1];
  const release = name === undefined ? undefined : releaseOfCodename(['Node.js'], name)?.cycle;
  return stated('Node.js', lineOf(release ?? text, 1));
}

function ofPyproject(text: string): readonly Stated[] {
  const range =
    /^requires-python\s{0,8}=\s{0,8}["']([^"'\n]{1,100})["']/m.exec(text)?.[1] ??
    /^\[tool\.poetry\.dependencies\][^[]{0,4000}?^python\s{0,8}=\s{0,8}["']([^"'\n]{1,100})["']/m.exec(text)?.[1];
  return stated('Python', ofRange(range, 'patch'));
}

function ofComposer(text: string): readonly Stated[] {
  return stated('PHP', ofRange(textAt(objectIn(text), 'require', 'php'), 'last'));
}

/** An SDK builds with its own release unless the file lets it roll forward to a later major one. */
function ofGlobal(text: string): readonly Stated[] {
  const data = objectIn(text);
  const version = textAt(data, 'sdk', 'version');
  if (/major$/i.test(textAt(data, 'sdk', 'rollForward') ?? ''))
    return stated('.NET', least(version?.replace(/-.{1,80}$/, '')));
  return stated('.NET', exactly(version?.replace(/-.{1,80}$/, ''), 1));
}

/** A program that is built for one major release is not started by another. */
function ofProject(text: string): readonly Stated[] {
  const frameworks = /<TargetFrameworks?>([^<]{1,200})</.exec(text)?.[1];
  const majors = [...(frameworks ?? '').matchAll(/net(?:coreapp)?(\d{1,2})\.\d/g)].map(([, major]) => major!);
  return majors.length === 0 ? [] : stated('.NET', version => majors.includes(/^\d{1,2}/.exec(version)?.[0] ?? ''));
}

function objectIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function recordAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found =
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}

function textAt(value: unknown, key: string, inner: string): string | undefined {
  const record = recordAt(value, key);
  const found = Object.hasOwn(record, inner) ? record[inner] : undefined;
  return typeof found === 'string' ? found : undefined;
}
