/** Images that are started by the id that their build puts out: `docker run $(docker build -q .)`, `--iidfile`. */
import { lineBefore } from './values.ts';

/** From a build to where its image is started. */
const FARTHEST = 20_000;
const MOST = 20;

const RUN = /(?:docker|podman|nerdctl|finch|\$[({]?\w{1,40}[)}]?)[ \t]{1,20}(?:container[ \t]{1,20})?(?:run|create)\b/;
/** What a build is inside of: `docker run --rm $(`, `image=$(`. */
const INSIDE = /(?:\$\(|`)[ \t]{0,9}(?:sudo[ \t]{1,9}|@)?$/;
const ASSIGNED = /(?:^|[\s;&|])([A-Za-z_]\w{0,60})[:?]?=["']?(?:\$\(|`)[ \t]{0,9}(?:sudo[ \t]{1,9})?$/;

/** Whether the image of the build at a place of a text is started by its id. `idFile` is what `--iidfile` gives. */
export function isStartedById(text: string, index: number, idFile: string | undefined): boolean {
  const before = lineBefore(text, index);
  if (INSIDE.test(before) && RUN.test(before)) return true;
  const after = text.slice(index, index + FARTHEST);
  const variable = ASSIGNED.exec(before)?.[1];
  const wanted =
    variable !== undefined
      ? [`$${variable}`, `\${${variable}}`, `$(${variable})`]
      : idFile === undefined
        ? []
        : [`cat ${idFile})`, `cat "${idFile}")`, `cat ${idFile}\``, `<${idFile})`, `< ${idFile})`];
  return wanted.some(one => isRunWith(after, one));
}

function isRunWith(text: string, reference: string): boolean {
  for (let at = text.indexOf(reference), i = 0; at >= 0 && i < MOST; at = text.indexOf(reference, at + 1), i++) {
    const end = text[at + reference.length] ?? '';
    if (/\w/.test(end) && /\w$/.test(reference)) continue;
    // A command may go on over several lines.
    const command = text
      .slice(Math.max(0, at - 600), at)
      .split(/(?<!\\)\n|[;&|]/)
      .at(-1)!;
    if (RUN.test(command)) return true;
  }
  return false;
}
