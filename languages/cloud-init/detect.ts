/**
 * Which files are cloud-init's: by what they begin with, then by name. Editors know 15% of the files in the wild by
 * name, so the content comes first; files in other languages that merely contain user-data are not taken.
 */
import type { Recognition } from '../../core/language.ts';
import { nameOf } from '../../core/path.ts';
import { quoted } from '../../core/quoted.ts';
import { type Foreign, foreignOf } from './foreign.ts';
import { type Header, headerOf } from './header.ts';
import { isForInstaller, isInstallerFile } from './installer.ts';
import { isWindowsUserData } from './windows.ts';

/** Suffixes that template engines' files have after the real name. */
const TEMPLATE_ENDING =
  /\.(?:tpl|tftpl|tmpl|gotmpl|ctmpl|erb|epp|ejs|eex|mako|j2|jinja2?|njk|tera|liquid|mustache|hbs|pkrtpl|pkrtpl\.hcl|template|skel|skeleton|stub|in|sample|example|dist)$/;

/** Files of other languages, by ending: user-data inside them is theirs to nest. */
const FOREIGN =
  /\.(?:tf|tfvars|hcl|nomad|md|mdx|markdown|rst|adoc|go|py|pyi|rb|pp|js|mjs|cjs|jsx|ts|mts|cts|tsx|java|kt|kts|scala|rs|c|cc|cpp|cxx|h|hh|hpp|m|cs|php|pl|pm|lua|swift|nix|html?|xml|svg|css|scss|json|jsonc|json5|ipynb|toml|ini|sql|groovy|gradle|diff|patch|log|lock|ps1|psm1|bat|cmd|eml|mbox|bicep|snap|csv|spec|tmp|twig|vue|svelte|jsp|haml|slim|pug|dart|exs?|heex|elm|clj|hs|zig|proto|graphql|feature|tex)$/;
/** Directories whose files are variables of Ansible, whatever they are called. */
const OF_ANSIBLE = /(?:^|\/)(?:group|host)_vars\//;
/** Files of pipelines, by their names: those of GitHub and Gitea by their directory. */
const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]{1,200}$/;
const PIPELINE = /(?:^|[._-])(?:gitlab-ci|azure-pipelines?)(?:[._-][^/]{0,200})?\.ya?ml$/;
const FOREIGN_NAME = /^(?:dockerfile|containerfile|vagrantfile|jenkinsfile|makefile|meta[-_]?data)(?:[-_.]|$)/;

const USER_DATA = /(?:^|[-_.])(?:user|vendor)[-_]?data(?:[-_.]|$)/;
const CLOUD_CONFIG_NAME = /^(?:.+[-_.])?cloud[-_]?(?:init|config)\.ya?ml$|^cloud[-_]?(?:init|config)[-_.][^/]+\.ya?ml$/;
const CFG = /(?:^|\/)(?:cloud\.cfg|cloud\.cfg\.d\/[^/]+\.cfg)$/;
/** What user-data by name may end in. */
const PLAIN_ENDING = /^[^.]*(?:\.[\w-]+)*?(?:\.(?:ya?ml|txt|cfg|conf|sh|mime|yaml\.in|\d+))?$/;

/** The path without the endings of template engines, lower case. */
export function withoutTemplateEnding(path: string): string {
  return path.toLowerCase().replace(TEMPLATE_ENDING, '').replace(TEMPLATE_ENDING, '');
}

/** Whether the path is that of the network configuration beside user-data: `network-config`, `network-config.yaml`. */
export function isNetworkConfig(path: string): boolean {
  return /^(?:.{1,60}[-_.])?network[-_]config(?:[-_]v[12])?(?:\.ya?ml)?$/.test(nameOf(withoutTemplateEnding(path)));
}

/** Whether the path is cloud-init's own configuration, `cloud.cfg` or a file in `cloud.cfg.d`. */
export function isCloudCfg(path: string): boolean {
  return CFG.test(withoutTemplateEnding(path));
}

/** Whether a file with the header is meant for `cloud.cfg.d` by its name: `90_site.cfg`, with or without the name of a system as suffix. */
export function isConfigPiece(path: string): boolean {
  // `cloud.conf` is that of a gadget snap: https://documentation.ubuntu.com/core/reference/gadget-snap-format/
  return /^(?:\d\d[-_][^/]*\.cfg(?:\.[\w-]+)?|cloud\.conf)$/.test(nameOf(withoutTemplateEnding(path)));
}

/** `Language.detect` for cloud-init. */
export function detectCloudInit(path: string, beginning: string): boolean {
  const bare = withoutTemplateEnding(path);
  const name = nameOf(bare);
  if (isWindowsUserData(bare, beginning)) return true;
  if (FOREIGN.test(name) || FOREIGN_NAME.test(name)) return false;
  const named = USER_DATA.test(name) && PLAIN_ENDING.test(name);
  const header = headerOf(beginning);
  if (WORKFLOW.test(bare.slice(-300)) || (!header && PIPELINE.test(name.slice(-300)))) return false;
  switch (header?.kind) {
    case 'mime':
      return named || /text\/(?:cloud-|x-shellscript|x-include|part-handler|jinja2)/.test(beginning);
    case 'script':
      return named;
    case undefined:
      break;
    default:
      return true;
  }
  if (OF_ANSIBLE.test(path)) return false;
  if (isNetworkConfig(path))
    return /^[ \t]{0,20}(?:version:[ \t]{0,9}[12]|network:|ethernets:|wifis:)[ \t]{0,20}\r?$/m.test(beginning);
  if (isCloudCfg(path) || isHeaderlessScript(path, beginning) || isInstallerFile(bare, beginning)) return true;
  return (named || CLOUD_CONFIG_NAME.test(name)) && looksLikeConfig(beginning);
}

/** The names that documentation and tools use for user-data: `user-data`, `vendor-data.yaml`, `cloud-init.yml`. */
const USUAL_NAME = /^(?:(?:user|vendor)[-_]?data2?|cloud[-_](?:init|config))(?:\.ya?ml)?$/;

/** Whether a file is user-data by its name alone, if nothing in it says otherwise. */
export function isUsualName(path: string): boolean {
  return USUAL_NAME.test(nameOf(withoutTemplateEnding(path)));
}

const SCRIPT_NAME = /^(?:user|vendor)[-_]?data(?:\.(?:sh|txt))?$/;
/** What the first command of a script is, most often. */
const FIRST_COMMAND =
  /^(?:sudo|apt(?:-get)?|yum|dnf|apk|zypper|echo|export|set|cd|mkdir|curl|wget|systemctl|service|docker|git|pip3?|npm|useradd|adduser|hostnamectl|amazon-linux-extras|snap|sed|cat|chmod|chown|cp|mv|rm|touch|source|sleep|bash|sh)[ \t]/;

/** Whether a file with the name of user-data holds commands without a `#!` line. */
export function isHeaderlessScript(path: string, text: string): boolean {
  if (!SCRIPT_NAME.test(nameOf(path.toLowerCase()))) return false;
  const first = text.split('\n', 200).find(line => !/^\uFEFF?\s*(?:#|$)/.test(line));
  return first !== undefined && FIRST_COMMAND.test(first);
}

/** What another program reads although it has the name of user-data; `undefined` for everything else. */
export function foreignUserData(path: string, beginning: string): Foreign | undefined {
  const name = nameOf(withoutTemplateEnding(path));
  return USER_DATA.test(name) || CLOUD_CONFIG_NAME.test(name) ? foreignOf(beginning) : undefined;
}

/** Whether text without a header may be cloud-config: a mapping, and not that of another program. */
function looksLikeConfig(text: string): boolean {
  if (foreignOf(text) || /^(?:kind|\$schema)\s*:/m.test(text)) return false;
  const first = text.split('\n', 200).find(line => !/^\uFEFF?\s*(?:#|---|$)/.test(line));
  return first === undefined || /^\uFEFF?\s*(?:["']?[\w.-]+["']?\s*:(?:\s|$)|[{$%]|<%)/.test(first);
}

const FORMS: Readonly<Record<Header['kind'], Recognition>> = {
  'cloud-config': { form: 'cloud-config', evidence: 'the line `#cloud-config`' },
  'jinja cloud-config': { form: 'cloud-config with Jinja', evidence: 'the line `## template: jinja`' },
  archive: { form: 'cloud-config archive', evidence: 'the line `#cloud-config-archive`' },
  include: { form: 'include file', evidence: 'the line `#include`' },
  boothook: { form: 'boothook', evidence: 'the line `#cloud-boothook`' },
  script: { form: 'user-data script', evidence: 'the name and the line `#!`' },
  'part-handler': { form: 'part handler', evidence: 'the line `#part-handler`' },
  mime: { form: 'MIME message', evidence: 'the mail headers of a multipart message' },
  misplaced: { form: 'cloud-config', evidence: 'a line that is meant to be the header `#cloud-config`' },
};

/** `Language.recognition` for cloud-init. */
export function recognizeCloudInit(path: string, beginning: string): Recognition {
  if (isWindowsUserData(withoutTemplateEnding(path), beginning))
    return { form: 'user-data of Windows', evidence: 'the tag `<powershell>` or `<script>`, or the line `#ps1`' };
  const header = headerOf(beginning);
  const name = quoted(nameOf(path));
  if (isForInstaller(withoutTemplateEnding(path), beginning))
    return { form: 'autoinstall', evidence: `the name ${name} and keys of Ubuntu's installer` };
  if (header) return FORMS[header.kind];
  if (isNetworkConfig(path))
    return { form: 'network configuration', evidence: `the name ${name} and \`version\` or \`network\`` };
  if (isHeaderlessScript(path, beginning))
    return { form: 'user-data script', evidence: `the name ${name} and its commands` };
  if (isCloudCfg(path)) return { form: 'configuration of cloud-init', evidence: `the path of ${name}` };
  return { form: 'cloud-config', evidence: `the name ${name} and a mapping in it` };
}
