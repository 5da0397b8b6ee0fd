/** The variables of Terraform and of jobs of Nomad, as a shell would set them and refer to them. */
import { lastFew } from './last-few.ts';
import { firstOf } from './values.ts';

const MOST = 300;
const VARIABLE = /\bvariable[ \t]{1,9}"?([A-Za-z_][\w-]{0,60})"?[ \t]{0,9}\{([^{}]{0,1000})/g;
const DEFAULT = /(?:^|\n)[ \t]{0,40}default[ \t]{0,20}=[ \t]{0,20}"([^"\n]{1,300})"/;
/** In `locals`, and in files of values. */
const SET = /^[ \t]{0,8}([A-Za-z_][\w-]{0,60})[ \t]{0,40}=[ \t]{0,20}"([^"\n]{1,300})"[ \t\r]{0,20}$/gm;
const LOCALS = /\blocals[ \t]{0,9}\{((?:[^{}$]|\$(?!\{)|\$\{[^{}]{0,200}\}){0,5000})/g;
/** `resource "aws_ecr_repository" "web" { name = "shop/web" }` */
const REPOSITORY =
  /\b(?:resource|data)[ \t]{1,9}"aws_ecr(?:public)?_repository"[ \t]{1,9}"([\w-]{1,60})"[ \t]{0,9}\{[^{}]{0,600}?\b(?:name|repository_name)[ \t]{0,20}=[ \t]{0,20}"([^"\n]{1,200})"/g;

/** Lines that set them: `NAME=value`. */
export function variablesOfHcl(texts: readonly { readonly path: string; readonly text: string }[]): string {
  const lines: string[] = [];
  const add = (name: string, value: string): void => {
    if (lines.length < MOST) lines.push(`${plain(name)}=${referring(value)}`);
  };
  for (const { path, text } of texts)
    for (const [name, value] of path.endsWith('.tfvars') ? valuesIn(text) : variablesIn(text)) add(name, value);
  return lines.join('\n');
}

type Pairs = readonly (readonly [name: string, value: string])[];

const valuesIn = lastFew(
  (text): Pairs => firstOf(text.matchAll(SET), MOST).map(([, name = '', value = '']) => [name, value]),
);

/** The files of a directory are read one after the other, each with all of the others. */
const variablesIn = lastFew((text): Pairs => {
  const found: (readonly [string, string])[] = [];
  for (const [, name = '', body = ''] of text.matchAll(VARIABLE)) {
    const value = DEFAULT.exec(body)?.[1];
    if (value !== undefined) found.push([name, value]);
  }
  for (const [, body = ''] of text.matchAll(LOCALS))
    for (const [, name = '', value = ''] of body.matchAll(SET)) found.push([name, value]);
  for (const [, name = '', value = ''] of text.matchAll(REPOSITORY))
    found.push([`ecr_${name}`, `\${registry}/${value}`]);
  return found.slice(0, MOST);
});

/** A text with `${NAME}` in place of `${var.NAME}` and the like. */
export const referring = (written: string): string =>
  written.replace(/\$\{([^{}]{1,200})\}/g, (whole, inside: string) => reference(inside) ?? whole);

/** What an expression refers to: a variable, an address of a registry, or one of a map of images. */
export function reference(expression: string): string | undefined {
  const written = expression.trim();
  const one = /^(?:var|local)\.([\w-]{1,60})$/.exec(written)?.[1];
  if (one !== undefined) return `\${${plain(one)}}`;
  const repository =
    /^(?:data\.)?aws_ecr(?:public)?_repository\.([\w-]{1,60})(?:\[[^\]]{0,30}\])?\.(?:repository_url|repository_uri)$/.exec(
      written,
    )?.[1];
  if (repository !== undefined) return `\${ecr_${plain(repository)}}`;
  const [, map, key] =
    /^(?:var|local)\.([\w-]{0,40}images?(?:_[\w-]{1,30})?)(?:\["([a-z\d][\w.-]{1,60})"\]|\.[a-z\d][\w-]{1,60})$/.exec(
      written,
    ) ?? [];
  return map === undefined ? undefined : `\${${plain(map)}}/${key ?? written.slice(written.lastIndexOf('.') + 1)}`;
}

const plain = (name: string): string => name.replaceAll('-', '_');
