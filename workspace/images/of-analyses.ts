/**
 * The containers that the steps of analyses run in, in the languages of their workflows: CWL, WDL, Nextflow and Snakemake.
 * Variables are written as a shell would have them.
 */
import { nameOf } from '../../core/path.ts';
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf, isShown, MOST } from './values.ts';

export const isAnalysis = (path: string): boolean =>
  /\.(?:cwl|wdl|nf|smk)$|^Snakefile(?:[._-][\w.-]{1,60})?$|^nextflow[\w.-]{0,60}\.config$/i.test(nameOf(path)) ||
  /(?:^|\/)(?:conf|configs?)\/[\w.-]{1,80}\.config$/.test(path);

/** https://www.commonwl.org/v1.2/CommandLineTool.html#DockerRequirement */
const OF_CWL = /(?:^|[\s{,"'])docker(?:Pull|ImageId)["']?:[ \t]{1,20}["']?([^\s"'#,{}]{1,300})/g;
/** https://github.com/openwdl/wdl/blob/wdl-1.1/SPEC.md#container, and inputs that are called like it. */
const OF_WDL =
  /\b(?:\w{1,60}_)?(?:docker|container)(?:_?image|_\w{1,60})?[ \t]{0,20}[:=][ \t]{0,40}((?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\[[^\]\n]{0,300}\]|[^\s"',;{}#[\]]|[ \t](?=[^\s#])){1,300})/gi;
/** https://www.nextflow.io/docs/latest/reference/process.html#container */
const OF_NEXTFLOW =
  /(?:^|[\s{;.])container[ \t]{0,20}(?:=[ \t]{0,20})?(?=["'{p])((?:[^\n"'{};]|"[^"]{0,800}"|'[^'\n]{0,300}'|\{){1,400})/g;
/** https://snakemake.readthedocs.io/en/stable/snakefiles/deployment.html#running-jobs-in-containers */
const OF_SNAKEMAKE =
  /^[ \t]{0,40}(?:container|containerized|singularity)[ \t]{0,9}:[ \t\r]{0,20}(?:\n[ \t]{1,40})?f?(["'])([^"'\n]{1,300})\1/gm;

/** The names of containers; `naming` makes one of a text that sets variables. */
export function ofAnalysis(
  path: string,
  text: string,
  taken: string,
  naming: (text: string) => Naming,
): readonly NamedImage[] {
  const name = nameOf(path);
  const found = new Map<string, NamedImage>();
  const add = (written: string, start: number, by: Naming): void => {
    const plain = written.replace(/^docker:\/\//, '');
    const one = /[\s()]/.test(plain.replace(/\$\{[^{}]{0,200}\}/g, ''))
      ? undefined
      : by.started(plain, { start, end: start + written.length });
    const key = `${one?.name} ${one?.shown}`;
    if (one && (one.known === undefined || /\w/.test(one.known)) && !found.has(key)) found.set(key, one);
  };
  const each = (pattern: RegExp, within: string, use: (value: string, start: number) => void): void => {
    for (const match of firstOf(within.matchAll(pattern), MOST, one => !isShown(within, one.index))) {
      const value = match.at(-1) ?? '';
      use(value, match.index + match[0].lastIndexOf(value));
    }
  };
  if (/\.cwl$/i.test(name)) {
    const by = naming('');
    each(OF_CWL, text, (value, start) => add(value, start, by));
  } else if (/\.wdl$/i.test(name))
    for (const { start, body } of sectionsOf(text)) {
      // What a task declares holds in it alone.
      const by = naming(variablesOfWdl(body));
      each(OF_WDL, body, (value, at) => {
        for (const { written, index } of termsOf(value)) add(written.replaceAll('~{', '${'), start + at + index, by);
      });
    }
  else if (/\.smk$|^Snakefile/i.test(name)) {
    const by = naming('');
    each(OF_SNAKEMAKE, text, (value, start) => add(value.replaceAll('{', '${'), start, by));
  } else {
    const by = naming(variablesOfNextflow(`${taken}\n${text}`));
    each(OF_NEXTFLOW, text, (value, start) => {
      for (const { written, index } of termsOf(value)) add(withPlainNames(written), start + index, by);
    });
  }
  return [...found.values()];
}

/** Tasks and workflows, which have variables of their own. */
function sectionsOf(text: string): readonly { readonly start: number; readonly body: string }[] {
  const starts = [0, ...firstOf(text.matchAll(SECTION), MOST).map(({ index }) => index)];
  return starts.map((start, i) => ({ start, body: text.slice(start, starts[i + 1]) }));
}
const SECTION = /^(?:task|workflow|struct)[ \t]{1,9}\w/gm;

const OF_STRING = /\bString\??[ \t]{1,20}(\w{1,80})[ \t]{0,20}=[ \t]{0,20}"([^"\n]{1,300})"/g;
const variablesOfWdl = (body: string): string =>
  firstOf(body.matchAll(OF_STRING), MOST)
    .map(([, name, value]) => `${name}=${value!.replaceAll('~{', '${')}`)
    .join('\n');

/** `params.image = 'x'`, and the same in a block. */
const OF_PARAMS = /^[ \t]{0,20}params\.(\w{1,80})[ \t]{0,20}=[ \t]{0,20}(["'])([^"'\n]{1,300})\2/gm;
const BLOCK = /\bparams[ \t]{0,9}\{([^{}]{0,6000})\}/g;
const SET = /^[ \t]{0,40}(\w{1,80})[ \t]{0,40}=[ \t]{0,20}(["'])([^"'\n]{1,300})\2/gm;
function variablesOfNextflow(text: string): string {
  const blocks = firstOf(text.matchAll(BLOCK), 20).flatMap(([, body = '']) => [...body.matchAll(SET)]);
  return [...firstOf(text.matchAll(OF_PARAMS), MOST), ...blocks]
    .slice(0, MOST)
    .map(([, name, , value]) => `params_${name}=${withPlainNames(value!)}`)
    .join('\n');
}

/** `${params.image}` and `$params.image` as variables of a shell. */
const withPlainNames = (written: string): string =>
  written.replace(/\$\{?params\.(\w{1,80})\}?/g, (_, name: string) => `\${params_${name}}`);

/**
 * The strings of an expression that may be names of images, as arms of a condition are, and a variable alone. Strings that
 * are joined to others are one.
 */
function termsOf(expression: string): readonly { readonly written: string; readonly index: number }[] {
  const joined = joinedIn(expression.trim());
  if (joined !== undefined) return [{ written: joined, index: expression.search(/\S/) }];
  const strings = [...expression.matchAll(/"([^"]{1,800})"|'([^'\n]{1,300})'/g)];
  return strings.flatMap(({ 1: a, 2: b, index }) => {
    const written = a ?? b ?? '';
    // A string with a condition has strings of its own.
    if (/^\$\{[^{}]{1,400}\?/.test(written.trim()))
      return [...written.matchAll(/'([^'\n]{1,300})'/g)].map(({ 1: inner = '', index: at }) => ({
        written: inner,
        index: index + at + 2,
      }));
    return { written, index: index + 1 };
  });
}

/** `"a/" + name + ":1"` and `params.image` as one text; `undefined` where it is more than that. */
function joinedIn(expression: string): string | undefined {
  const terms = expression.split(/[ \t]{0,20}\+[ \t]{0,20}/);
  const known = terms.map(term => {
    const quoted = /^(?:"([^"\n]{1,300})"|'([^'\n]{1,300})')$/.exec(term);
    if (quoted) return /\?/.test(term) ? undefined : (quoted[1] ?? quoted[2]);
    const name = /^(?:params\.)?([A-Za-z_]\w{0,80})$/.exec(term)?.[1];
    return name === undefined ? undefined : `\${${term.startsWith('params.') ? 'params_' : ''}${name}}`;
  });
  return known.includes(undefined) ? undefined : known.join('');
}
