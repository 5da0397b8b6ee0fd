import type { Finding } from '../../../core/finding.ts';
import { unsignedSources } from '../../../facts/unsigned-sources.ts';
import { asMap, asScalar, at, booleanOf, entriesOf, get, walk } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlMap } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'unsigned-repository',
  summary: 'Signature or certificate checks of a package repository are turned off',
  policies: ['G13', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['apt', 'yum_repos', 'zypper'] },
  since: '2026.11',
  *check({ root }) {
    // `conf` is a file that the machine gets, which `unsigned-packages` reads as such.
    const conf = asScalar(at(root, 'apt', 'conf'));
    for (const node of walk(get(root, 'apt'))) {
      const scalar = asScalar(node);
      if (scalar && scalar !== conf) yield* unsignedSources(scalar.text);
    }
    const repositories = [
      ...entriesOf(get(root, 'yum_repos')).map(({ value }) => value),
      ...walk(at(root, 'zypper', 'repos')),
    ];
    for (const repository of repositories) {
      const map = asMap(repository);
      yield* unverified(map);
      const entry = map?.entries.find(({ name }) => name === 'gpgcheck');
      const off = entry && (booleanOf(entry.value) === false || asScalar(entry.value)?.text.text === '0');
      // The signed list of packages has the checksums of all.
      if (booleanOf(get(map, 'repo_gpgcheck')) === true || asScalar(get(map, 'repo_gpgcheck'))?.text.text === '1')
        continue;
      if (!entry || !off || /^file:/.test(asScalar(get(map, 'baseurl'))?.text.text ?? '')) continue;
      yield {
        message: '`gpgcheck` is off: packages are installed without signature checks',
        help: 'Turn it on, and set `gpgkey` to the key of the repository',
        span: entry.span,
      };
    }
  },
});

/** Of yum and dnf. https://dnf.readthedocs.io/en/latest/conf_ref.html */
function* unverified(map: YamlMap | undefined): Iterable<Finding> {
  const entry = map?.entries.find(({ name }) => name === 'sslverify');
  if (!entry || !(booleanOf(entry.value) === false || asScalar(entry.value)?.text.text === '0')) return;
  yield {
    message: '`sslverify` is off: the certificate of the repository is not verified',
    help: 'Remove it, and name your CA in `sslcacert` where it is needed',
    span: entry.span,
  };
}
