import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { SourceText, Span } from '../../../core/text.ts';
import { followsNewest } from '../../../facts/environments.ts';
import { repositoryMatches } from '../../../facts/repository-lines.ts';

/** Branches of distributions that never become a release, or become another one: what is installed from them changes from day to day. */
const BRANCHES: readonly (readonly [pattern: RegExp, name: (found: RegExpMatchArray) => string])[] = [
  // https://wiki.alpinelinux.org/wiki/Repositories
  [/\/alpine\/(edge)\/(?:main|community|testing)\b/g, () => 'Alpine `edge`'],
  // https://wiki.debian.org/DebianUnstable, and names that move with each release
  [
    /\bdeb(?:-src)?[ \t]{1,8}(?:\[[^\]\n]{0,300}\][ \t]{1,8})?https?:\/\/(?:[\w.-]{1,80}\.)?debian\.org\/debian\/?[ \t]{1,8}(sid|unstable|testing|experimental|stable)\b/g,
    ([, suite]) => `Debian \`${suite}\``,
  ],
  // https://wiki.ubuntu.com/Testing/EnableProposed
  [
    /\bdeb(?:-src)?[ \t]{1,8}(?:\[[^\]\n]{0,300}\][ \t]{1,8})?https?:\/\/[\w.-]{1,80}\.ubuntu\.com\/ubuntu\/?[ \t]{1,8}((?:\w{1,20}|\$\w{1,30})-proposed|devel)\b/g,
    ([, suite]) => `Ubuntu \`${suite!.endsWith('-proposed') ? 'proposed' : 'devel'}\``,
  ],
  [/\/fedora\/[\w./-]{0,60}\/(rawhide)\b/g, () => 'Fedora Rawhide'],
];
const HINTS = ['/alpine/edge', 'debian.org', 'ubuntu.com', 'rawhide'];

export default defineBuildRule({
  id: 'rolling-repository',
  summary: 'Packages come from a rolling branch of a distribution',
  policies: ['G2', 'G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file'], keys: ['apt', 'apk_repos'] },
  since: '2026.11',
  *check(build, { path = '' }): Iterable<Finding> {
    if (followsNewest(path)) return;
    const seen = new Set<string>();
    const followed = branchesOf(build);
    for (const [pattern, name] of BRANCHES)
      for (const { found, text } of repositoryMatches(build, HINTS, pattern)) {
        const branch = name(found);
        if (seen.has(branch) || followed.has(SAME[found[1]!] ?? found[1]!)) continue;
        seen.add(branch);
        const at = found.index + found[0].lastIndexOf(found[1]!);
        yield finding(branch, text.spanOf(at, at + found[1]!.length), build);
      }
    const edge = build.language === 'cloud-init' ? alpineEdge(build.source) : undefined;
    if (edge && !seen.has('Alpine `edge`')) yield finding('Alpine `edge`', edge, build);
  },
});

/** Names of one branch. */
const SAME: Readonly<Record<string, string>> = { unstable: 'sid' };

/** The branches that the images are of which it starts from: their packages fit. */
function branchesOf({ stages }: ImageBuild): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { bases } of stages)
    for (const base of bases) {
      const value =
        base.kind === 'registry'
          ? base.reference
          : base.kind === 'iso'
            ? base.url
            : base.kind === 'cloud'
              ? base.selector
              : undefined;
      const text = (value?.literal ?? value?.byDefault ?? '').slice(0, 500);
      for (const [word] of text.matchAll(/\b(?:edge|sid|unstable|testing|experimental|stable|devel|rawhide)\b/g))
        found.add(SAME[word] ?? word);
    }
  return found;
}

function finding(branch: string, span: Span, build: ImageBuild): Finding {
  return {
    message: `Packages come from ${branch}, ${branch.includes('stable`') && !branch.includes('unstable') ? 'which moves to each new release' : 'a rolling branch'}`,
    help: `Use the repository of the ${build.language === 'dockerfile' ? "base image's release" : 'release that the machine runs'}`,
    span,
  };
}

/** `apk_repos` of cloud-init: https://docs.cloud-init.io/en/latest/reference/modules.html#apk-configure */
function alpineEdge(text: SourceText): Span | undefined {
  const match =
    /^[ \t]{1,20}alpine_repo:[^\n]{0,200}\n(?:[ \t]{2,40}[^\n]{0,200}\n){0,6}?[ \t]{2,40}version:[ \t]{1,8}["']?(edge)\b/m.exec(
      text.text,
    );
  if (!match) return undefined;
  const end = match.index + match[0].length;
  return text.spanOf(end - match[1]!.length, end);
}
