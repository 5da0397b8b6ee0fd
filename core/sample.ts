/** Files that nobody ships: those of tests, of other projects whose sources are kept here, of examples and of the containers that developers work in. */

/** What a file is there for. */
export type Sample = 'test' | 'example';

const TESTS: ReadonlySet<string> = new Set(
  (
    'test tests testing testdata test-data __tests__ fixture fixtures __fixtures__ test-fixtures e2e spec specs ' +
    'vendor third_party third-party'
  ).split(' '),
);
const EXAMPLES: ReadonlySet<string> = new Set('example examples sample samples demo demos .devcontainer'.split(' '));

/** What a file is there for, by the directories that it is in; `path` is relative to the repository. */
export function sampleOf(path: string): Sample | undefined {
  const directories = path.toLowerCase().split('/').slice(0, -1);
  if (directories.some(name => TESTS.has(name))) return 'test';
  return directories.some(name => EXAMPLES.has(name)) ? 'example' : undefined;
}
