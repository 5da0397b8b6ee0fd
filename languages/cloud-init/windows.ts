/** User-data of Windows machines: scripts between tags, and scripts whose first line names PowerShell. */
import { nameOf } from '../../core/path.ts';
import type { SourceText } from '../../core/text.ts';
import { type TaggedScript, taggedScripts } from '../../shell/tagged-scripts.ts';

/** The first line that makes Cloudbase-Init run PowerShell. https://cloudbase-init.readthedocs.io/en/latest/userdata.html#powershell */
const PS1 = /^\uFEFF?#ps1(?:_sysnative|_x86)?[ \t]{0,8}(?:\r?\n|$)/i;

/** The tags that EC2Launch reads, as the first that is in a file but blank lines and comments. */
const FIRST_TAG =
  /^\uFEFF?\s{0,200}(?:#[^\n]{0,400}\n\s{0,80}){0,20}<(powershell|script|persist|version|runAsLocalSystem|powershellArguments)>/i;
/** Pages and templates of pages have scripts too. */
const MARKUP =
  /\.(?:x?html?|xml|svg|vue|svelte|md|mdx|jsx?|tsx?|mjs|php|erb|ejs|hbs|twig|jsp|aspx?|cshtml|liquid|njk|rst|adoc)$/i;
const USER_DATA = /(?:user|vendor)[-_]?data/i;

/** Whether a file is user-data of a Windows machine, by its first line. `<script>` alone may begin any page. */
export function isWindowsUserData(path: string, beginning: string): boolean {
  const name = nameOf(path);
  if (MARKUP.test(name)) return false;
  if (PS1.test(beginning)) return true;
  const tag = FIRST_TAG.exec(beginning)?.[1]?.toLowerCase();
  if (tag === undefined) return false;
  return tag === 'script' || tag === 'version'
    ? USER_DATA.test(name) || /<(?:powershell|persist)>/i.test(beginning)
    : true;
}

/** The scripts of such a file, in its order. */
export function windowsScripts(text: SourceText): readonly TaggedScript[] {
  const line = PS1.exec(text.text)?.[0];
  if (line === undefined) return taggedScripts(text);
  return [{ dialect: 'powershell', text: text.slice(line.length, text.text.length) }];
}
