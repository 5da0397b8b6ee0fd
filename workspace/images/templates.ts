/** Templates of YAML: of Helm, Jinja, confd and others. What is written around their expressions is read. */
import { nameOf, parentDirectory } from '../../core/path.ts';

const ENDING = /\.(?:tmpl|tpl|template|gotmpl|j2|jinja2?|erb|ejs|hbs|mustache|dist|example|sample|in)$/i;

/** The path of what a template becomes: `compose.yaml` of `compose.yaml.j2`. */
export function withoutEnding(path: string): string {
  if (!ENDING.test(path)) return path;
  const plain = path.replace(ENDING, '');
  return /^(?:docker-|podman-)?compose[\w.-]{0,40}$/i.test(nameOf(plain)) && !/\.ya?ml$/i.test(plain)
    ? `${plain}.yaml`
    : plain;
}

export const isTemplatePath = (path: string): boolean => ENDING.test(path) && /\.ya?ml$/i.test(withoutEnding(path));

/** Whether a text has expressions of a template. Those of workflows, `${{ … }}`, are none. */
export const isTemplate = (text: string): boolean => /(?:^|[^$])\{\{|\{%/.test(text);

/** A line that has nothing but expressions and statements, or comments of them. */
const STATEMENTS =
  /^[ \t]*(?:(?:\{\{[^\n{}]{0,300}\}\}|\{%[^\n%]{0,300}%\}|\{#[^\n#]{0,300}#\}|<%[^\n%]{0,300}%>)[ \t]*){1,5}\r?$/gm;
/** Statements beside something: they take no room in what becomes of it. */
const STATEMENT = /\{\{-?[ \t]{0,9}(?:if|else|end|range|with|define|block)\b[^\n{}]{0,300}\}\}|\{%[^\n%]{0,300}%\}/g;
/** Quotes in it would end those around it. */
const EXPRESSION = /\{\{[^\n{}]{1,300}\}\}/g;
/** A value that begins with an expression: a mapping for YAML. */
const VALUE = /((?::|-)[ \t]{1,9})\{\{ ([^\n{}"]{1,200}) \}\}([^\n"#]{0,300}?)(?=[ \t]{0,9}\r?$)/gm;

/** As YAML, in as many characters: without statements, and with values that begin with an expression in quotes. */
export const asYaml = (text: string): string =>
  text
    .replace(STATEMENTS, line => line.replace(/[^\r]/g, ' '))
    .split('\n')
    .map(line => (line.includes('{') ? withoutStatements(line) : line))
    .join('\n')
    .replace(EXPRESSION, one => one.replace(/["']/g, '_'))
    .replace(VALUE, (_, before: string, inside: string, rest: string) => `${before}"{{${inside}}}${rest}"`);

/** What is after them moves to the left: its indentation counts without them. */
function withoutStatements(line: string): string {
  const rest = line.replace(STATEMENT, '');
  return rest + ' '.repeat(line.length - rest.length);
}

/** The directory of the chart of Helm that a template is of. */
export function chartOf(path: string): string | undefined {
  for (let directory = parentDirectory(path), i = 0; i < 6; i++) {
    if (nameOf(directory) === 'templates') return parentDirectory(directory);
    const parent = parentDirectory(directory);
    if (parent === directory) return undefined;
    directory = parent;
  }
  return undefined;
}
