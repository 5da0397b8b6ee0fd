/**
 * Files that nobody ships: those of tests, of other projects whose sources are kept here, of examples, those that are not
 * used any more, of targets for training, and of the containers that developers and pipelines work in.
 */

/** What a file is there for. */
export type Sample = 'test' | 'example' | 'retired' | 'vendored';

const TESTS: ReadonlySet<string> = new Set(
  '__tests__ __fixtures__ spec specs suites testsuite testsuites molecule'.split(' '),
);
/** Parts of names, between `-`, `_` and `.`: `test-images`, `Dockerfile.e2e`. */
const TEST_WORDS: ReadonlySet<string> = new Set(
  'test tests testing testdata testfile testfiles e2e fixture fixtures unittest unittests smoketest smoketests testbed testbeds vmtest vmtests'.split(
    ' ',
  ),
);
const EXAMPLES: ReadonlySet<string> = new Set(
  'example examples sample samples demo demos archive archives legacy .devcontainer .ci .github .gitlab .circleci .buildkite .travis'.split(
    ' ',
  ),
);
/** Of what is not built any more. */
const RETIRED: ReadonlySet<string> = new Set(
  'archived attic deprecated obsolete retired unmaintained unused outdated graveyard eol'.split(' '),
);
/** `old`, `templates_old`, `.old`, `old-images`; in a longer name it is a word like others. */
const OLD = /^[._]?old$|[._-]old$|^old[_-]/;
const DOCUMENTATION: ReadonlySet<string> = new Set('doc docs documentation'.split(' '));
const VENDORED: ReadonlySet<string> = new Set(
  'vendor vendored third_party third-party thirdparty node_modules bower_components'.split(' '),
);

/** What a file is there for, by the directories that it is in and by its name; `path` is relative to the repository. */
export function sampleOf(path: string): Sample | undefined {
  const names = path.toLowerCase().split('/');
  const directories = names.slice(0, -1);
  // Other projects have a directory of their own there; `services/vendor/Dockerfile` is about vendors.
  if (directories.slice(0, -1).some(name => VENDORED.has(name))) return 'vendored';
  if (names.some(hasTestWord) || directories.some(name => TESTS.has(name))) return 'test';
  if (directories.some(isRetired) || /\.(?:old|bak|deprecated|obsolete|retired|unused)$/.test(names.at(-1)!))
    return 'retired';
  // Pages of a manual show other files; a Dockerfile there builds them.
  if (directories.some(name => DOCUMENTATION.has(name)) && !/(?:docker|container)file/.test(names.at(-1)!))
    return 'example';
  const isExample =
    /\.(?:example|sample|dist)$/.test(names.at(-1)!) ||
    directories.some(isTarget) ||
    directories.some(name => EXAMPLES.has(name) || EXAMPLES.has(name.replace(/^\./, '')));
  return isExample ? 'example' : undefined;
}

/** `deprecated`, `images-obsolete`, `deprecated-images`; after a verb and elsewhere it is what a program looks for. */
function isRetired(name: string): boolean {
  const words = name.split(/[._-]+/).filter(Boolean);
  const isOfThings = words.length === 2 && /^(?:images?|templates?|files|dockerfiles?|scripts)$/.test(words[1]!);
  return (
    OLD.test(name) ||
    (RETIRED.has(words.at(-1) ?? '') && !SEARCHES.test(words[0]!)) ||
    (isOfThings && RETIRED.has(words[0]!))
  );
}
/**
 * Whether a name is that of a target that people attack to learn how, whose weaknesses are what it is for: `vulnerable-web`,
 * `web-vulnerable`; not `non-vulnerable` and `scan-vulnerable`.
 */
export function isTarget(name: string): boolean {
  const words = name
    .toLowerCase()
    .split(/[._-]+/)
    .filter(Boolean);
  if (words.some(word => /^(?:not?|non|never|fix|fixed|patched)$/.test(word) || SEARCHES.test(word))) return false;
  return (
    /^vuln(?:erable)?$/.test(words[0] ?? '') ||
    words.at(-1) === 'vulnerable' ||
    /^damn[-_]?vulnerable/.test(name.toLowerCase())
  );
}
/** `find-unused`, `check-eol` */
const SEARCHES = /^(?:find|check|clean(?:up)?|list|remove|delete|detect|prune|purge|scan(?:ner)?|report|get|show)$/;
const hasTestWord = (name: string): boolean => name.split(/[._-]+/).some(word => TEST_WORDS.has(word));
