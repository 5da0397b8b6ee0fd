/**
 * Whether a file is a template, and in which languages.
 *
 * The file's ending or Jinja's header decides. Where neither is there, `${…}` and `{{…}}` may as well be shell or a
 * program's own format (`docker ps --format '{{.Names}}'`): they count as a template only where cloud-init would have no
 * use for them as they are, that is outside scripts and files, or where the text is not YAML without masking. A file
 * that is a template in one place is one everywhere: then `${X}` in its scripts is unknown, which is all a rule needs.
 */
import type { Finding } from '../../core/finding.ts';
import { overlaps, type SourceText } from '../../core/text.ts';
import type { JinjaTemplate } from './jinja/reader.ts';
import { findConstructs, maskTemplates } from './masking.ts';
import { walk } from './nodes.ts';
import type { TemplateLanguage, YamlNode } from './tree.ts';
import { LONGEST_DOCUMENT, parseYaml, type YamlText } from './yaml.ts';

export interface TemplatedYaml extends YamlText {
  readonly templated: readonly TemplateLanguage[];
}

/** Keys whose text may hold such forms for its own sake: shell, file content, formats of other programs. */
const OWN_SYNTAX = new Set([
  'runcmd',
  'bootcmd',
  'write_files',
  'snap',
  'apt',
  'autoinstall',
  'final_message',
  'phone_home',
  'ntp',
  'chef',
  'puppet',
  'rsyslog',
  'yum_repos',
  'zypper',
  'ca_certs',
  'salt_minion',
  'system_info',
  'power_state',
  'coreos',
  'stages',
]);

/** The languages that the file's name declares; `undefined` when it says nothing. */
function declared(path: string | undefined, text: string): readonly TemplateLanguage[] | undefined {
  const ending =
    /\.(tftpl|pkrtpl|pkrtpl\.hcl|j2|jinja2?|njk|tera|liquid|gotmpl|ctmpl|mustache|hbs|erb|epp|ejs|eex|tpl|tmpl|template|skel|skeleton|stub|in)$/.exec(
      path?.toLowerCase() ?? '',
    )?.[1];
  switch (ending) {
    case undefined:
      return undefined;
    case 'tftpl':
    case 'pkrtpl':
    case 'pkrtpl.hcl':
      return ['terraform'];
    case 'j2':
    case 'jinja':
    case 'jinja2':
    case 'njk':
    case 'tera':
    case 'liquid':
      return ['jinja'];
    case 'gotmpl':
    case 'ctmpl':
    case 'mustache':
    case 'hbs':
      return ['go'];
    case 'erb':
    case 'epp':
    case 'ejs':
    case 'eex':
      return ['erb'];
    default:
      return ['terraform', bracesOf(text)];
  }
}

/** `${join(", ", list)}`: no shell has such an expansion. */
const CALL = /\$\{[ \t]{0,4}[a-z][a-z0-9_]{1,30}\(/;

/** What a template of ytt has and no other YAML: code at the start of a comment. */
const YTT = /^\uFEFF?[ \t]{0,40}#@[ \t]{0,8}(?:load\(|data\/values\b|(?:def|if|for)\b[^\n]{0,200}:[ \t\r]{0,8}$)/m;

function bracesOf(text: string): TemplateLanguage {
  return text.includes('{%') ? 'jinja' : 'go';
}

/** Reads YAML that may be a template. `path` is the file's, whose ending counts; `jinja` is what cloud-init renders in it. */
export function parseTemplated(source: SourceText, path: string | undefined, jinja?: JinjaTemplate): TemplatedYaml {
  if (source.text.length > LONGEST_DOCUMENT) return { ...parseYaml(source), templated: [] };
  const named = YTT.test(source.text) ? (['ytt'] as const) : declared(path, source.text);
  if (jinja) return masked(source, named?.includes('terraform') ? ['terraform', 'jinja'] : ['jinja'], jinja);
  if (named) return masked(source, named);
  const asWritten = withoutInserts(source, parseYaml(source));
  const { text } = source;
  if (!/\$\{|%\{|\{\{|\{%|<%/.test(text)) return asWritten;
  const candidates: TemplateLanguage[] = [];
  if (/\$\{|%\{/.test(text)) candidates.push('terraform');
  if (/\{\{|\{%/.test(text)) candidates.push(bracesOf(text));
  if (/<%[-=\s][^\n]{0,400}%>/.test(text)) candidates.push('erb');
  if (asWritten.problems.length > 0) {
    // Not every candidate must be one: the fewest masks that make it YAML are the likeliest.
    const tries = [...candidates.map(language => [language]), ...(candidates.length > 1 ? [candidates] : [])];
    const read = tries.map(some => masked(source, some)).sort((a, b) => a.problems.length - b.problems.length)[0];
    return read && read.problems.length < asWritten.problems.length ? read : asWritten;
  }
  const used = candidates.filter(
    language => standsOutside(asWritten.document, language) || (language === 'terraform' && CALL.test(text)),
  );
  return used.length > 0 ? masked(source, used) : asWritten;
}

function masked(source: SourceText, languages: readonly TemplateLanguage[], jinja?: JinjaTemplate): TemplatedYaml {
  const { text, templated, optional } = maskTemplates(source, languages, jinja?.problem ? undefined : jinja?.tags);
  const read = parseYaml(text);
  return { ...read, problems: optional ? [] : outsideOf(DIRECTIVE_LINE, source, read.problems), templated };
}

/** A line that is gone when the template is filled in, and takes the beginning of the next with it. */
const DIRECTIVE_LINE = /^[ \t]{0,200}(?:%\{[^\n]{0,500}~\}|\{[{%][^\n]{0,500}-[%}]\})[ \t\r]{0,20}$/gm;
/** `content: |@@HTTPD_CONF@@`, `- %(SSH_KEY)s`: a script inserts a file or a value there. */
const INSERT =
  /^[^\n#]{0,400}[-:|>][ \t]{0,8}(?:@@[A-Z][\w-]{0,60}@@|%\([A-Za-z_]\w{0,60}\)s|\uE000{3,100})[ \t\r]{0,20}$/gm;

function outsideOf(lines: RegExp, source: SourceText, problems: readonly Finding[]): readonly Finding[] {
  if (problems.length === 0) return problems;
  const spans = [...source.text.matchAll(lines)].map(({ 0: line, index }) => source.spanOf(index, index + line.length));
  return problems.filter(({ span }) => !spans.some(one => overlaps(one, span)));
}

/** What is written where a file is inserted is no YAML yet. */
function withoutInserts(source: SourceText, read: YamlText): TemplatedYaml {
  const problems = outsideOf(INSERT, source, read.problems);
  return { ...read, problems, templated: problems.length < read.problems.length ? ['placeholders'] : [] };
}

/** Whether a template expression is in a place where only a template has one. */
function standsOutside(document: YamlNode | undefined, language: TemplateLanguage): boolean {
  const roots = document?.kind === 'map' ? document.entries : [];
  for (const { name, value } of roots) {
    if (name === undefined) return true;
    if (OWN_SYNTAX.has(name)) continue;
    for (const node of walk(value)) {
      if (node.kind === 'scalar' && findConstructs(node.written.text, [language]).some(found => !found.escaped))
        return true;
      // `key: {{ x }}` is a mapping with a mapping for its key, which is never intended.
      if (node.kind === 'map' && node.flow && language !== 'terraform' && node.written.text.startsWith('{{'))
        return true;
    }
  }
  return false;
}
