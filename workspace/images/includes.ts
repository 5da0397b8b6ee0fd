/** The files whose variables, and in Makefiles commands too, a build file takes over. */
import type { Files } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import type { Span } from '../../core/text.ts';
import { kindOfPath } from '../../facts/config-files/kinds.ts';
import { variablesOfRole } from './ansible.ts';
import { DEFAULT_FILES, isBakePath } from './bake/calls.ts';
import { isBake } from './bake/targets.ts';
import { filesOf, rootOf } from './called.ts';
import { isGitlab } from './gitlab.ts';
import { isSkaffoldPath } from './skaffold/artifacts.ts';
import { RUNS_SKAFFOLD, DEFAULT_FILE as SKAFFOLD_FILE } from './skaffold/calls.ts';
import { chartOf, withoutEnding } from './templates.ts';
import { firstOf } from './values.ts';

/** Files that one file takes over, also by others, and how deep. */
const MOST = 40;
const DEEPEST = 3;
const LONGEST = 200_000;

export interface Included {
  readonly path: string;
  readonly text: string;
  /** Where the file itself names it, or names the one that does. */
  readonly span: Span;
}

export const isMakefile = (path: string): boolean => /makefile[^/]{0,60}$|\.mk$/i.test(path);

/** `include ../common.mk`, `-include .env`: https://www.gnu.org/software/make/manual/html_node/Include.html */
const OF_MAKE = /^[ ]{0,20}[-s]?include[ \t]{1,20}([^\n#]{1,300})/gm;
/** `source ./env.sh`, `. "$(dirname "$0")/env.sh"`: in the directory of the script. */
const OF_SHELL =
  /^[ \t]{0,40}(?:source|\.)[ \t]{1,9}["']?(?:\$\(dirname [^()\n]{1,60}\)\/|\$\{BASH_SOURCE[^{}\n]{0,20}\}\/|\$\{?(?:\w{0,20}_)?(?:DIR|dir|HERE|here|DIRNAME|SCRIPT_?PATH)\}?\/)?((?:\.{1,2}\/)?\w[\w./-]{0,200})["']?[ \t\r]*$/gm;

/** Workflows and actions of the repository: `uses: ./.github/actions/build`. */
export const IN_WORKFLOWS = /\/\.(?:github|forgejo|gitea)\/(?:workflows|actions)\/.{1,200}\.ya?ml$/;
const OF_WORKFLOW = /^[ \t-]{0,80}uses:[ \t]{0,9}["']?(\.\/[\w./-]{1,200})/gm;

/** `include: a.yml`, `include:` with a list, also of `local: a.yml`: https://docs.gitlab.com/ci/yaml/#includelocal */
const OF_GITLAB = /^include:([^\n]{0,300}(?:\n(?:[ \t-][^\n]{0,300}|[ \t\r]{0,9}(?=\n))){0,60})/gm;
const LOCAL =
  /(?:^|[-\s[,])(?:local:[ \t]{0,9})?["']?(\/?\.?[\w-][\w./-]{0,200}\.ya?ml)["']?[ \t\r]{0,20}(?=$|[\],}#])/gm;

interface Named {
  readonly path: string;
  readonly span: Span;
}

/** Paths in a Makefile count from the directory in which it is run, `directory`. */
function namedIn(path: string, text: string, directory: string, list: Files['list']): readonly Named[] {
  const own = [
    ...namedBy(path, text, directory, list),
    ...bakedBy(path, text, directory, list),
    ...ofSkaffold(path, text, directory),
  ];
  const root = IN_WORKFLOWS.test(path) ? rootOf(path) : isGitlab(path, text) ? directory : undefined;
  const call = root === undefined ? undefined : RUNS_MAKE.exec(text);
  if (root === undefined || !call) return own;
  return [...own, { path: joinPath(root, 'Makefile'), span: { start: call.index, end: call.index + call[0].length } }];
}

/** A run of Bake, and the paths of files that it may be given. */
const RUNS_BAKE =
  /\bbake-action@|(?:\bdocker|buildx\w{0,20}[)}]{0,2}|\w{0,20}DOCKER\w{0,20}[)}]{0,2})[ \t]{1,20}(?:buildx[ \t]{1,20})?bake\b/i;
const OF_BAKE = /(?<![\w./-])(?:[\w./-]{1,200}(?<!\.pkr)\.hcl|[\w./-]{0,200}bake[\w.-]{0,60}\.json)(?![\w/-])/gi;
/** Files that one file may name, directories that it may be run in, and files of one directory. */
const MOST_WRITTEN = 5;
const LEVELS_OF_TOOLS = ['.', '..', '../..'];
const MOST_BESIDE = 12;

/** The files of Bake that a file runs, and beside one the others of its directory. */
function bakedBy(path: string, text: string, directory: string, list: Files['list']): readonly Named[] {
  if (isBakePath(path)) {
    if (!isBake(text)) return [];
    const names = (list(directory) ?? []).filter(name => /(?<!\.pkr)\.hcl$/.test(name) && name !== nameOf(path)).sort();
    return names.slice(0, MOST_BESIDE).map(name => ({ path: joinPath(directory, name), span: { start: 0, end: 0 } }));
  }
  const call = RUNS_BAKE.exec(text);
  if (!call) return [];
  const span = { start: call.index, end: call.index + call[0].length };
  const written = new Set(firstOf(text.matchAll(OF_BAKE), 50).map(([file]) => file.replace(/^(?:\.{0,2}\/)+/, '')));
  const files = [...[...written].slice(0, MOST_WRITTEN), ...DEFAULT_FILES.filter(name => !written.has(name))];
  const root = rootOf(path);
  const folders = IN_WORKFLOWS.test(path) ? [root] : LEVELS_OF_TOOLS.map(level => joinPath(directory, level));
  // What is written counts from one of them.
  return files.flatMap(file => folders.map(folder => ({ path: joinPath(folder, file), span })));
}

/** The files of Skaffold that a file runs. */
function ofSkaffold(path: string, text: string, directory: string): readonly Named[] {
  const call = isSkaffoldPath(path) ? undefined : firstOf(text.matchAll(RUNS_SKAFFOLD), 1)[0];
  if (!call) return [];
  const span = { start: call.index, end: call.index + call[0].length };
  const written = firstOf(text.matchAll(OF_SKAFFOLD), 50).map(([file]) => file.replace(/^(?:\.{0,2}\/)+/, ''));
  const files = [...new Set([...written.slice(0, MOST_WRITTEN), SKAFFOLD_FILE])];
  const folders = IN_WORKFLOWS.test(path) ? [rootOf(path)] : LEVELS_OF_TOOLS.map(level => joinPath(directory, level));
  return files.flatMap(file => folders.map(folder => ({ path: joinPath(folder, file), span })));
}
const OF_SKAFFOLD = /(?<![\w./-])(?:[\w.-]{1,60}\/){0,8}\.{0,2}\/?skaffold[\w.-]{0,60}\.ya?ml(?![\w/-])/gi;

/** Make that is run at the root. */
const RUNS_MAKE = /(?<=[\s;&|"'])make[ \t]{1,9}(?!-C)[\w$-]/;

function namedBy(path: string, text: string, directory: string, list: Files['list']): readonly Named[] {
  if (isMakefile(path))
    return [...text.matchAll(OF_MAKE)].flatMap(({ 0: whole, 1: words = '', index }) =>
      words
        .trim()
        .split(/\s+/)
        .map(word => word.replace(/^\$[({]CURDIR[)}]\//, ''))
        .filter(word => /^[\w./-]{1,200}$/.test(word))
        .map(word => ({ path: joinPath(directory, word), span: { start: index, end: index + whole.length } })),
    );
  if (/\.(?:(?:ba|z|k)?sh)$/.test(path))
    return [...text.matchAll(OF_SHELL)].map(({ 0: whole, 1: file = '', index }) => ({
      path: joinPath(directory, file),
      span: { start: index, end: index + whole.trimEnd().length },
    }));
  if (IN_WORKFLOWS.test(path))
    return [...text.matchAll(OF_WORKFLOW)].flatMap(({ 0: whole, 1: uses = '', index }) =>
      filesOf(rootOf(path), uses).map(path => ({ path, span: { start: index, end: index + whole.length } })),
    );
  if (isGitlab(path, text))
    return [...text.matchAll(OF_GITLAB)].flatMap(({ 0: whole, 1: block = '', index }) =>
      [...block.matchAll(LOCAL)].map(([, file = '']) => ({
        // Paths count from the root of the repository.
        path: joinPath(directory, file.replace(/^\//, '')),
        span: { start: index, end: index + whole.trimEnd().length },
      })),
    );
  const nowhere = { start: 0, end: 0 };
  if (kindOfPath(withoutEnding(path), text) === 'compose' && text.includes('$'))
    return variablesBeside(path, list).map(path => ({ path, span: nowhere }));
  if (path.endsWith('.tf') && USES_VARIABLES.test(text))
    return filesOfTerraform(parentDirectory(path), list).map(file => ({ path: file, span: nowhere }));
  const ofRole = variablesOfRole(path);
  if (ofRole.length > 0 && text.includes('{{')) return ofRole.map(path => ({ path, span: nowhere }));
  if (/\.nf$/.test(path) && text.includes('params.'))
    return LEVELS_OF_TOOLS.map(level => ({ path: joinPath(directory, `${level}/nextflow.config`), span: nowhere }));
  const chart =
    /\.(?:ya?ml|tpl)$/i.test(path) && /\.Values|\binclude\b|\btemplate\b/.test(text) ? chartOf(path) : undefined;
  if (chart !== undefined) return filesOfChart(chart, path, list).map(path => ({ path, span: nowhere }));
  return [];
}

/** What the templates of a chart are filled in with: its values, what it defines for all of them, and the chart around it. */
function filesOfChart(chart: string, path: string, list: Files['list']): readonly string[] {
  const around = parentDirectory(chart);
  const parent = nameOf(around) === 'charts' ? parentDirectory(around) : undefined;
  const directories = new Set([
    joinPath(chart, 'templates'),
    parentDirectory(path),
    ...(parent === undefined ? [] : [joinPath(parent, 'templates')]),
  ]);
  const helpers = [...directories].flatMap(directory =>
    (list(directory) ?? []).filter(name => name.endsWith('.tpl')).map(name => joinPath(directory, name)),
  );
  return [
    ...[chart, parent].flatMap(one => (one === undefined ? [] : joinPath(one, 'values.yaml'))),
    joinPath(chart, 'Chart.yaml'),
    ...helpers.slice(0, MOST_HELPERS),
  ];
}
const MOST_HELPERS = 12;

const USES_VARIABLES =
  /\b\w{0,40}(?:image|ami|template|name|name_regex|values|family|snapshot)"?[ \t]{0,40}[=:][^\n]{0,200}(?:var|local|aws_ecr)/;

/** Where directories of Terraform have their variables, for the most part. A file of values comes first: it counts. */
const OF_TERRAFORM = ['terraform.tfvars', 'variables.tf', 'vars.tf', 'locals.tf', 'main.tf', 'ecr.tf'];
const MOST_OF_TERRAFORM = 20;

/** All that Terraform reads together: https://developer.hashicorp.com/terraform/language/files */
function filesOfTerraform(directory: string, list: Files['list']): readonly string[] {
  const names = (list(directory) ?? []).filter(name => /\.tf$|(?:^terraform|\.auto)\.tfvars$/.test(name));
  const known = OF_TERRAFORM.filter(name => names.length === 0 || names.includes(name));
  const values = names.filter(name => name.endsWith('.tfvars'));
  return [...new Set([...values, ...known, ...[...names].sort()])]
    .slice(0, MOST_OF_TERRAFORM)
    .map(name => joinPath(directory, name));
}

/**
 * The file beside a Compose file that has the values of its variables: https://docs.docker.com/reference/compose-file/interpolation/.
 * It is rarely in the repository, and an example of it often is: what `.env` says comes last and holds.
 */
function variablesBeside(path: string, list: Files['list']): readonly string[] {
  const directory = parentDirectory(path);
  const examples = (list(directory) ?? []).filter(name => EXAMPLE.test(name)).slice(0, MOST_EXAMPLES);
  return [...examples, '.env'].map(name => joinPath(directory, name));
}
const EXAMPLE =
  /^(?:\.?env[._-](?:example|sample|dist|template|default|defaults|tmpl)|(?:example|sample|default|template)\.env|\.(?:example|sample|default)\.env)$/i;
const MOST_EXAMPLES = 2;

/** `asked` are the paths of all that it names, also of those that `read` does not have. */
export function includedIn(
  path: string,
  text: string,
  others: Pick<Files, 'read' | 'list'>,
): { readonly files: readonly Included[]; readonly asked: readonly string[] } {
  const directory = parentDirectory(path);
  const files: Included[] = [];
  const asked = new Set<string>();
  const follow = (from: string, text: string, at: Span | undefined, depth: number): void => {
    const isRun = isMakefile(from) && !isMakefile(path);
    for (const { path: other, span } of namedIn(
      from,
      text.slice(0, LONGEST),
      isRun ? parentDirectory(from) : directory,
      one => others.list(one),
    )) {
      if (asked.size >= MOST || asked.has(other) || other === path) continue;
      asked.add(other);
      const content = others.read(other);
      if (!content) continue;
      files.push({ path: other, text: content.slice(0, LONGEST), span: at ?? span });
      if (depth < DEEPEST)
        follow(isMakefile(path) && nameOf(other) !== '.env' ? path : other, content, at ?? span, depth + 1);
    }
  };
  follow(path, text, undefined, 1);
  return { files, asked: [...asked] };
}
