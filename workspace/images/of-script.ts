/** What a script starts otherwise than by a command of a container engine: what it hands to Compose and Kubernetes. */
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf, isShown } from './values.ts';

const MOST = 200;
const LONGEST = 20_000;

const HEREDOC = /<<-?[ \t]{0,9}(["']?)([A-Za-z_]\w{0,40})\1[^\n]{0,200}\n/g;
/** What a Compose file or a manifest has beside the name of an image. */
const OF_CONTAINER =
  /^[ \t]{0,60}(?:-[ \t]{1,9})?(?:services|containers|container_name|volumes|ports|expose|environment|networks|depends_on|command):/m;
const IMAGE = /^[ \t]{1,60}(?:-[ \t]{1,9})?image:[ \t]{1,9}(["']?)([^\s"'#]{1,300})\1[ \t\r]{0,20}$/gm;
/** https://kubernetes.io/docs/reference/kubectl/generated/kubectl_run/ */
const KUBECTL =
  /\b(?:kubectl|oc)[ \t]{1,9}(?:run|create[ \t]{1,9}(?:deployment|deploy|job|cronjob))\b(?:[^\n;|&\\]|\\\r?\n){0,400}?[ \t]--image(?:=|[ \t]{1,9})(["']?)([^\s"';|&]{1,300})\1/g;

/** What else names an image by an option, and what its text has. */
const OTHERS: readonly (readonly [has: string, pattern: RegExp])[] = [
  // https://apptainer.org/docs/user/latest/docker_and_oci.html
  [
    'docker',
    /\b(?:apptainer|singularity)[ \t]{1,9}(?:exec|run|shell|pull|build)\b(?:[^\n;|&\\]|\\\r?\n){0,400}?[ \t](["']?)docker(?:-daemon)?:\/\/([^\s"';|&]{1,300})\1/g,
  ],
  // https://kubernetes.io/docs/reference/kubectl/generated/kubectl_set/kubectl_set_image/
  [
    'set image',
    /\b(?:kubectl|oc)[ \t]{1,9}(?:-[^\n;|&\\]{1,100}[ \t]{1,9})?set[ \t]{1,9}image[ \t](?:[^\n;|&\\]|\\\r?\n){0,400}?[ \t][\w*.-]{1,80}=(["']?)([^\s"';|&]{1,300})\1/g,
  ],
  // https://docs.docker.com/reference/cli/docker/service/update/
  [
    'service',
    /\bdocker[ \t]{1,9}service[ \t]{1,9}update\b(?:[^\n;|&\\]|\\\r?\n){0,400}?[ \t]--image(?:=|[ \t]{1,9})(["']?)([^\s"';|&]{1,300})\1/g,
  ],
];

/** Files that it writes, and commands for Kubernetes. */
export function startsOfScript(text: string, naming: Naming): readonly NamedImage[] {
  const found: NamedImage[] = [];
  const add = (whole: string, written: string, index: number): void => {
    const start = index + whole.lastIndexOf(written);
    const name = naming.started(written, { start, end: start + written.length });
    if (name && found.length < MOST) found.push(name);
  };
  if (text.includes('<<') && text.includes('image:'))
    for (const { 0: opening, 2: mark = '', index } of firstOf(text.matchAll(HEREDOC), MOST)) {
      const start = index + opening.length;
      const body = text.slice(start, start + LONGEST);
      const end = body.search(new RegExp(`^[ \\t]{0,60}${mark}[ \\t\\r]{0,9}$`, 'm'));
      const inside = body.slice(0, end < 0 ? 0 : end);
      if (OF_CONTAINER.test(inside))
        for (const { 0: whole, 2: written = '', index: at } of inside.matchAll(IMAGE)) add(whole, written, start + at);
    }
  if (text.includes('--image'))
    for (const { 0: whole, 2: written = '', index } of firstOf(
      text.matchAll(KUBECTL),
      MOST,
      one => !isShown(text, one.index),
    ))
      add(whole, written, index);
  for (const [has, pattern] of OTHERS)
    if (text.includes(has))
      for (const { 0: whole, 2: written = '', index } of firstOf(
        text.matchAll(pattern),
        MOST,
        one => !isShown(text, one.index),
      ))
        add(whole, written, index);
  return found;
}
