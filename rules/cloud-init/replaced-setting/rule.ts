import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { type Loss, lossesOfParts, lossesOfVendorData, mergedParts } from '../../../languages/cloud-init/merging.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'replaced-setting',
  summary: 'A later part of the user-data replaces a list or mapping',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (tree.within !== undefined) return;
    const parts = tree.parts.length > 0 && tree.templated.length === 0 ? mergedParts(tree) : undefined;
    for (const loss of parts ? lossesOfParts(parts) : []) yield lostPart(loss);
    for (const loss of lostBeside(tree)) yield lostVendorData(loss);
  },
});

function lostBeside(tree: CloudInitTree): readonly Loss[] {
  const { root, templated, surroundings } = tree;
  if (!root || !isUserData(tree) || templated.length > 0) return [];
  const { userData } = surroundings;
  if (!userData?.root || !isUserData(userData) || userData.templated.length > 0 || userData.problems.length > 0)
    return [];
  return lossesOfVendorData(userData.root, root);
}

function lostPart({ entry, by, to, which }: Loss): Finding {
  const what = which ? `The ${which} items of \`${entry.name}\` are` : `\`${entry.name}\` is`;
  return {
    message: to === 'later' ? `${what} replaced by a later part` : `${what} ignored: an earlier part sets it`,
    help: "Add `merge_how: 'list(append)+dict(recurse_array)+str()'` to the later part",
    span: entry.key.span,
    related: [{ message: to === 'later' ? 'Later part' : 'Earlier part', span: by.key.span }],
  };
}

function lostVendorData({ entry, by }: Loss): Finding {
  return {
    message: `\`${entry.name}\` of vendor-data is ignored: the user-data sets it too`,
    help: 'Move it into the user-data, or into a script',
    span: entry.key.span,
    related: [{ message: 'The user-data sets it here', span: by.key.span }],
  };
}
