/** Which files are Dockerfiles. */
import type { Recognition } from '../../core/language.ts';
import { nameOf } from '../../core/path.ts';
import { quoted } from '../../core/quoted.ts';

/** Extensions of files that are about a Dockerfile or generate one; their content decides. */
const OTHER_ENDINGS =
  /\.(?:md|txt|rst|adoc|html?|xml|css|sh|bash|ps1|py|rb|php|pl|lua|vim|el|[cm]?js|[cm]?ts|jsx|tsx|go|rs|java|kt|cs|c|h|cc|cpp|hpp|swift|scala|clj|ex|sql|tf|json|ya?ml|toml|ini|in|patch|diff|log|lock|tmp|png|jpe?g|gif|svg|webp|ico|pdf|drawio|puml|dot|zip|t?gz|tar)$/;
/** What tools leave beside a file that they change. */
const BACKUP = /\.(?:orig|rej|swp|bak)$|~$/;
const TEMPLATE_ENDINGS =
  /\.(?:j2|jinja2?|njk|twig|liquid|tera|gotmpl|ctmpl|tftpl|erb|epp|ejs|eex|eta|mako|mustache|hbs|vm|ftlh?|m4|in)$/;
const TEMPLATE_MARKS =
  /\{\{|\{%|<%|%%[A-Z]|\[%|<\/?#[a-z]|^#(?:set|foreach|parse|macro)[ \t]?\(|^[ \t]{0,20}%[ \t]{0,9}(?:if|for|end(?:if|for))\b/m;

/** By name: `Dockerfile`, `Dockerfile.*`, `*.Dockerfile`, and the same for `Containerfile`, in any case. */
export function detectDockerfile(path: string, beginning: string): boolean {
  const name = nameOf(path).toLowerCase();
  if (name.endsWith('.dockerignore') || name.endsWith('.containerignore')) return false;
  if (BACKUP.test(name)) return false;
  if (name === 'dockerfile' || name === 'containerfile') return true;
  if (name.endsWith('.dockerfile') || name.endsWith('.containerfile')) return true;
  // A template that generates a Dockerfile is not one.
  if (/\.(?:template|tmpl|tpl)$/.test(name) || (TEMPLATE_ENDINGS.test(name) && TEMPLATE_MARKS.test(beginning)))
    return false;
  if (!/^(?:dockerfile|containerfile)[.]/.test(name)) return startsWithHint(name) && startsLikeDockerfile(beginning);
  return OTHER_ENDINGS.test(name) || TEMPLATE_ENDINGS.test(name) ? startsLikeDockerfile(beginning) : true;
}

/** `Dockerfile-dev`, `Dockerfile_test`, `base.Dockerfile.in`: the name hints at it, the content decides. */
function startsWithHint(name: string): boolean {
  return /(?:^|[._-])(?:dockerfile|containerfile)(?:[._-]|$)/.test(name);
}

/** Directives and comments, then ARG with an argument, or a valid FROM: prose may also begin with these words. */
function startsLikeDockerfile(beginning: string): boolean {
  let at = beginning.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < beginning.length) {
    const newline = beginning.indexOf('\n', at);
    const end = newline < 0 ? beginning.length : newline;
    const line = beginning.slice(at, end).trim();
    if (line !== '' && !line.startsWith('#')) return opensDockerfile(line);
    at = end + 1;
  }
  return false;
}

function opensDockerfile(line: string): boolean {
  const [keyword = '', ...words] = line.replace(/\\$/, '').trim().split(/\s+/);
  if (/^ARG$/i.test(keyword)) return words.length > 0;
  const rest = words.filter(word => !word.startsWith('--'));
  return /^FROM$/i.test(keyword) && (rest.length === 1 || (rest.length <= 3 && /^AS$/i.test(rest[1] ?? '')));
}

/** `Language.recognition` for Dockerfiles. */
export function recognizeDockerfile(path: string, beginning: string): Recognition {
  const name = nameOf(path);
  const form = /containerfile/i.test(name) ? 'Containerfile' : 'Dockerfile';
  if (detectDockerfile(path, '')) return { form, evidence: `the name ${quoted(name)}` };
  const keyword = /^[ \t]{0,20}(FROM|ARG)[ \t]/im.exec(beginning)?.[1] ?? 'FROM';
  return { form, evidence: `the name ${quoted(name)} and the first instruction, \`${keyword.toUpperCase()}\`` };
}

/** `Language.mayNameFiles` for Dockerfiles: whatever content decides. */
export function mayNameFilesAsDockerfile(path: string): boolean {
  const name = nameOf(path).toLowerCase();
  return /dockerfile|containerfile/.test(name) && !/\.(?:docker|container)ignore$/.test(name);
}
