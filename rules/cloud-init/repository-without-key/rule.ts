import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { isLocalUrl } from '../../../facts/local-url.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asMap, asScalar, at, entriesOf, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** Hosts of the distributions, whose keys are in every image. */
const DISTRIBUTION = /(?:^|\.)(?:ubuntu\.com|debian\.org|canonical\.com|raspberrypi\.(?:com|org))$/i;
/** Their mirrors: others have such paths as well, but components of their own. */
const MIRROR = /\/(?:ubuntu|debian)(?:-security|-ports)?\/?$/i;
const COMPONENT = /^(?:main|restricted|universe|multiverse|contrib|non-free(?:-firmware)?)$/;
const LINE =
  /^\s{0,20}deb(?:-src)?\s{1,20}(\[[^\]\n]{0,300}\]\s{1,20})?(\S{1,300})(?:[ \t]{1,20}(\S{1,100})((?:[ \t]{1,20}[\w/-]{1,60}){0,8}))?/;

export default defineCloudInitRule({
  id: 'repository-without-key',
  summary: 'An added package repository has no signing key',
  policies: ['G13', 'G2', 'G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { ...FILE_WRITE_NEEDS, keys: ['sources'], programs: ['add-apt-repository', ...FILE_WRITE_NEEDS.programs!] },
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    yield* withoutAnyKey(build);
    if (!isConfig(tree)) return;
    for (const { name, value } of entriesOf(at(tree.root, 'apt', 'sources'))) {
      const map = asMap(value);
      const source = asScalar(get(map, 'source'));
      const line = source && LINE.exec(source.text.text);
      if (!map || !line || entryOf(map, 'key') || entryOf(map, 'keyid')) continue;
      if (!needsKey(line)) continue;
      yield {
        message: `Repository${name && /^[\w.-]{1,40}$/.test(name) ? ` \`${name}\`` : ''} has no \`key\` or \`keyid\``,
        help: 'Add its `key`, or the full fingerprint as `keyid`',
        span: source.span,
      };
    }
  },
});

/** Whether a line of a repository needs a key of its own, as far as it says. */
function needsKey([, options = '', url = '', , components = '']: RegExpExecArray): boolean {
  if (/\b(?:signed-by|trusted)=/i.test(options) || options.includes(UNRESOLVED) || /^[$\uE000]/.test(url)) return false;
  const host = /^[a-z+]{1,10}:\/\/([^/:]{1,255})/i.exec(url)?.[1] ?? '';
  const own = components.split(/[ \t]+/).filter(word => word !== '' && !COMPONENT.test(word));
  return !DISTRIBUTION.test(host) && (!MIRROR.test(url) || own.length > 0) && isLocalUrl(url) === false;
}

/** Whatever may bring a key to apt: commands, files, and packages with the keys of an archive. */
const MAY_BRING_KEY = /apt-key|trusted\.gpg|keyring|\.(?:gpg|asc)\b|\bgpg\b|signed-by|\.deb\b/i;

/** Repositories that commands and files add, where nothing in the document is a key. */
function* withoutAnyKey(build: ImageBuild): Iterable<Finding> {
  if (MAY_BRING_KEY.test(build.source.text)) return;
  const lines: SourceText[] = fileWrites(build)
    .filter(({ path }) => /^\/etc\/apt\/sources\.list(?:$|\.d\/[^/]{1,200}\.list$)/.test(path))
    .map(({ text }) => text);
  for (const { invocation } of setupCommands(build))
    if (invocation.program === 'add-apt-repository') lines.push(...invocation.args.map(({ value }) => value));
  for (const text of lines) {
    const line = LINE.exec(text.text);
    if (!line || !needsKey(line)) continue;
    yield {
      message: 'Repository is added, but no signing key',
      help: 'Add it in `apt.sources`, with its `key` or the full fingerprint as `keyid`',
      span: text.spanOf(line.index, line.index + line[0].length),
    };
  }
}
