/**
 * Credentials in files with a form of their own, where no name with a sign stands before them: as data, each with the page
 * that says so. Files of settings (`NAME=value`, JSON, YAML) need no row.
 */
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import type { SecretContext } from '../judge.ts';
import { classifyName, type NameLists } from '../names.ts';
import { looksDrawn, looksShuffled } from '../strength.ts';
import { type Exposure, type ExposureSite, expose } from './exposure.ts';
import { type FileForm, FORMS } from './form-table.ts';

/** `NAME VALUE` at the end of a line of a configuration file, in quotes or not, with a semicolon or not. */
const DIRECTIVE =
  /(?:^|[ \t])["']?([A-Za-z][\w.-]{2,60})["']?[ \t]{1,20}(?:=[ \t]{0,8})?(?:"(?:(?:Basic|Bearer|Token)[ \t])?([^"\s]{4,400})"|'([^'\s]{4,400})'|([^\s"'[{(<$%#;=]{1}[^\s"';]{3,400}))(?=[ \t]{0,8};?[ \t]{0,8}\}?[ \t]{0,8}\r?$)/dgm;

/** The names that a directive may have beside those of secrets. */
const HEADERS = /^(?:proxy-)?authorization$/i;

/** Configuration with directives: by its place, or by its name. */
const CONFIGURATION =
  /^\/(?:etc|usr\/local\/etc|opt)\/|\.(?:conf|cfg|cf|cnf|key|acl|properties)$|(?:^|\/)(?:\.?[\w-]{1,30}rc|Caddyfile|config)$/;
const SHELL_OR_CODE = /\.(?:sh|py|rb|pl|js|ts|md|txt|html?|ya?ml|json|ps1|service|timer|socket|list|rules|pem|crt)$/;

/** `data_collector.token 'VALUE'`: settings of a program in Ruby, https://docs.chef.io/workstation/config_rb_client/ */
const RUBY_SETTING = /^[ \t]{0,20}([a-z_][\w.]{2,80})[ \t]{1,8}["']([^"'\s#]{4,400})["'][ \t]{0,8}\r?$/dgm;

/** `<password>VALUE</password>`, `<add key="Password" value="VALUE"/>`. */
const ELEMENT = /<([A-Za-z][\w.:-]{1,60})>([^<>\s]{4,400})<\/\1>/dg;
const ENTRY =
  /\b(?:key|name)[ \t]{0,4}=[ \t]{0,4}"([\w.:-]{1,80})"[ \t\r\n]{1,20}value[ \t]{0,4}=[ \t]{0,4}"([^"\s]{4,400})"/dg;

/** A longer file is not searched. In UTF-16 code units. */
const LONGEST = 500_000;

/** The credentials in a file with a form of its own. */
export function formExposures(text: SourceText, path: string, site: ExposureSite, lists: NameLists): Exposure[] {
  const found: Exposure[] = [];
  if (text.text.length > LONGEST) return found;
  const add = (name: string, [start, end]: readonly [number, number], context: SecretContext, only: boolean) => {
    const value = text.slice(start, end);
    if (value.text.includes(UNRESOLVED)) return;
    const exposure = expose(name, value, context, site, lists);
    if (exposure && (!only || exposure.judgement.kind === 'secret')) found.push(exposure);
  };
  for (const form of FORMS)
    if (form.path.test(path))
      for (const at of valuesIn(text.text, form)) add(form.name, at, form.context, form.context === 'file');
  if (CONFIGURATION.test(path) && !SHELL_OR_CODE.test(path) && TRIGGER.test(text.text))
    for (const match of text.text.matchAll(DIRECTIVE)) {
      const name = HEADERS.test(match[1]!) ? 'token' : match[1]!;
      if (classifyName(name, lists) !== 'strong' || isComment(text.text, match.index)) continue;
      add(name, match.indices!.slice(2).find(one => one !== undefined)!, 'file', true);
    }
  if (path.endsWith('.rb') && TRIGGER.test(text.text))
    for (const { 1: name, indices } of text.text.matchAll(RUBY_SETTING))
      if (classifyName(name!, lists) === 'strong') add(name!, indices![2]!, 'file', true);
  if (/<\/|\/>/.test(text.text))
    for (const pattern of [ELEMENT, ENTRY])
      for (const { 1: written, indices } of text.text.matchAll(pattern)) {
        const name = written!.replace(/^ClearText/, '');
        if (classifyName(name, lists) === 'strong') add(name, indices![2]!, 'file', true);
      }
  return found;
}

/** Where the values of a form are. Of files that others look like, only those that were drawn by chance, and only if most were. */
function valuesIn(text: string, { line, not, drawn }: FileForm): readonly (readonly [number, number])[] {
  const all = Array.from(text.matchAll(line), ({ indices }) => indices!.slice(1).findLast(one => one !== undefined)!);
  const written = ([start, end]: readonly [number, number]) => text.slice(start, end);
  const counted = drawn ? all.filter(at => looksDrawn(written(at)) || looksShuffled(written(at))) : all;
  if (counted.length * 2 <= all.length) return [];
  return counted.filter(at => !not?.test(written(at)));
}

/** What a name of a secret has in it. */
const TRIGGER = /pass|pw|secret|token|key|auth|cred|psk/i;

function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at) + 1;
  return /^[ \t]{0,20}[#;!]/.test(text.slice(start, at + 1));
}
