import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of dist/ runs on Node: the command line, the API, the language server and what they load. */
const SHIPPED =
  /^(?:(?:cli|worker|api)\.js|(?:bakelint|protocol|yaml)\.cjs|data-[\w-]+\.json|THIRD-PARTY-NOTICES\.txt)$/;
/** The declarations of the API as the compiler writes them. */
const DECLARATIONS = '.tsbuild/api/api/index.d.ts';

export interface Manifest {
  readonly version: string;
  readonly repository: { readonly url: string };
  readonly [field: string]: unknown;
}

/**
 * Writes the directory that is published on npm, from the built bundles and the compiled declarations: `npm run pack:npm`
 * makes both first. It has a package.json of its own, because the repository's is the manifest of the VS Code extension.
 */
export function packNpm([directory = 'dist/npm', built = 'dist']: readonly string[]): number {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const declarations = readFileSync(DECLARATIONS, 'utf8');
  if (/^\s*(?:import|export .* from)\b/m.test(declarations))
    throw new Error(`${DECLARATIONS} refers to files that are not in the package`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'dist'), { recursive: true });
  for (const name of readdirSync(built).filter(name => SHIPPED.test(name)))
    cpSync(join(built, name), join(directory, 'dist', name));
  writeFileSync(join(directory, 'dist', 'api.d.ts'), declarations);
  // `bakelint explain` shows the pages of the rules.
  cpSync('docs/rules', join(directory, 'docs', 'rules'), { recursive: true });
  cpSync('docs/bakelint.schema.json', join(directory, 'docs', 'bakelint.schema.json'));
  for (const name of ['LICENSE', 'CHANGELOG.md', 'README.md'])
    writeFileSync(join(directory, name), withAbsoluteLinks(readFileSync(name, 'utf8'), manifest));
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(packageOf(manifest), null, 2)}\n`);
  const page = execFileSync(process.execPath, [join(directory, 'dist', 'cli.js'), 'man'], {
    encoding: 'utf8',
    // The package must not contain what this Node.js compiles.
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  mkdirSync(join(directory, 'man'));
  writeFileSync(join(directory, 'man', 'bakelint.1'), page);
  return 0;
}

/** The manifest of the npm package; it has no dependencies, since all of them are in the bundles. */
function packageOf(manifest: Manifest): Record<string, unknown> {
  const { name, version, description, keywords, license, homepage, bugs, repository, type, bin, engines } = manifest;
  const { node } = engines as { readonly node: string };
  return {
    name,
    version,
    description,
    keywords,
    license,
    homepage,
    bugs,
    repository,
    type,
    bin,
    man: './man/bakelint.1',
    exports: {
      '.': { types: './dist/api.d.ts', default: './dist/api.js' },
      './package.json': './package.json',
    },
    engines: { node },
    publishConfig: { access: 'public' },
  };
}

/** A page whose links to files of the repository lead to that version on GitHub: the package does not have all of them. */
export function withAbsoluteLinks(markdown: string, { version, repository }: Manifest): string {
  const base = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/v${version}/`;
  return markdown.replace(/\]\((?!https?:|#)([^)\s]+)\)/g, (_, target: string) => `](${base}${target})`);
}
