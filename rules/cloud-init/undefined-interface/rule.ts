import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { interfacesOf, networkOf } from '../../../languages/cloud-init/modules/network.ts';
import { asScalar, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'undefined-interface',
  summary: 'A network device names another one that is not defined',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    const interfaces = interfacesOf(tree);
    if (!interfaces || interfaces.references.length === 0) return;
    const { defined, renamed, references } = interfaces;
    const { map, version, ofInstaller } = networkOf(tree)!;
    // Only Netplan reads it.
    const isForNetplan = ofInstaller || entryOf(map, 'renderer') !== undefined;
    const seen = new Set<string>();
    for (const { of, name, node } of references) {
      if (defined.has(name) || seen.has(name)) continue;
      seen.add(name);
      const id = renamed.get(name);
      const listed = new Set(references.flatMap(one => (one.of === of ? one.name : [])));
      const meant = id ?? nearestDevice(name, of, defined, listed);
      const text = asScalar(node)?.text;
      yield {
        message: `${quoted(of)} uses ${quoted(name)}, which is not defined`,
        help:
          id !== undefined
            ? `Use its ID, ${quoted(id)}: Netplan rejects the file otherwise`
            : meant !== undefined
              ? `Did you mean ${quoted(meant)}?`
              : version === 2
                ? `Define ${quoted(name)}, under \`ethernets\` for example: Netplan requires it`
                : `Add ${quoted(name)} as a device of its own: Netplan requires it`,
        span: node.span,
        // With another renderer, such a name is that of a card.
        ...(!isForNetplan && meant === undefined && { preset: 'strict' as const }),
        fixes: [
          meant !== undefined && text !== undefined && node.kind === 'scalar'
            ? fix('suggested', `Use ${quoted(meant)}`, text.replace(0, text.text.length, meant))
            : undefined,
        ],
      };
    }
  },
});

/**
 * `enp1s0` and `enp2s0` are two cards, `eno1` and `ens1` too, `eth0` and `veth0` two kinds: none is a misspelling of the other.
 * What the same device lists already is not meant either.
 */
function nearestDevice(
  name: string,
  of: string,
  defined: ReadonlySet<string>,
  listed: ReadonlySet<string>,
): string | undefined {
  const digits = name.replace(/\D/g, '');
  return nearest(
    name,
    [...defined].filter(
      one =>
        one !== of &&
        !listed.has(one) &&
        one[0] === name[0] &&
        one.replace(/\D/g, '') === digits &&
        !(CARD.test(one) && CARD.test(name)),
    ),
  );
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.net-naming-scheme.html */
const CARD = /^en[ospxP]\w{1,20}$/;
