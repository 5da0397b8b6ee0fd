/** Commands that share an image or snapshot with every account. */
import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { type Invocation, invocationsIn } from '../../../shell/invocations.ts';

/** The program, the words that name the action, and those that say that it is for everyone. */
type Sharing = readonly [program: string, action: RegExp, everyone: RegExp, what: 'image' | 'snapshot'];

const ALL_USERS = /--member[ =]all(?:Authenticated)?Users(?: |$)/;

/**
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/modify-image-attribute.html,
 * https://cloud.google.com/sdk/gcloud/reference/compute/images/add-iam-policy-binding,
 * https://docs.openstack.org/python-openstackclient/latest/cli/command-objects/image-v2.html,
 * https://docs.openstack.org/python-glanceclient/latest/cli/details.html
 */
const SHARINGS: readonly Sharing[] = [
  [
    'aws',
    /^ec2 modify-image-attribute /,
    /--launch-permission[ =]\{?"?Add"?[=:]\[\{"?Group"?[=:]"?all"?\}|(?=[^\n]{0,2000}--operation-type[ =]add)[^\n]{0,2000}--user-groups?[ =]all(?: |$)/,
    'image',
  ],
  [
    'aws',
    /^ec2 modify-snapshot-attribute /,
    /--create-volume-permission[ =]\{?"?Add"?[=:]\[\{"?Group"?[=:]"?all"?\}|(?=[^\n]{0,2000}--operation-type[ =]add)[^\n]{0,2000}--group-names?[ =]all(?: |$)/,
    'snapshot',
  ],
  ['gcloud', /^(?:beta |alpha )?compute images add-iam-policy-binding /, ALL_USERS, 'image'],
  ['gcloud', /^(?:beta |alpha )?compute snapshots add-iam-policy-binding /, ALL_USERS, 'snapshot'],
  ['openstack', /^image (?:set|create) /, /(?:^| )--(?:public|community)(?: |$)/, 'image'],
  ['glance', /^image-(?:create|update) /, /--visibility[ =](?:public|community)(?: |$)/, 'image'],
];

/** The programs, for rules that say what they need. */
export const SHARING_PROGRAMS: readonly string[] = [...new Set(SHARINGS.map(([program]) => program))];

/** In steps of the builder's own machine too: that is where images are shared. */
export function* sharedByCommand(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of invocationsIn(build, { host: true })) {
    const what = shares(invocation);
    if (what === undefined) continue;
    yield {
      message: `\`${invocation.program}\` shares the ${what} with every account`,
      help: 'Share it only with the accounts that need it',
      span: invocation.script.spanOf(invocation.command),
    };
  }
}

/** Longer commands are not read, in UTF-16 code units. */
const LONGEST = 2_000;

function shares({ args, program }: Invocation): 'image' | 'snapshot' | undefined {
  if (!SHARING_PROGRAMS.includes(program)) return undefined;
  const words = args.map(({ text }) => text).join(' ');
  if (words.length > LONGEST) return undefined;
  return SHARINGS.find(
    ([name, action, everyone]) => name === program && action.test(words) && everyone.test(words),
  )?.[3];
}
