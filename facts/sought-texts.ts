/** What commands look for or take away: to say it of a text sets nothing. */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Span } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { sedCommandOf, soughtBySed } from '../shell/sed-scripts.ts';
import { setupCommands } from './setup-commands.ts';

/** Whether a place is only in what a command looks for or takes away: the left side of `s///`, a pattern of `grep`. */
export function isSought({ file, start, end }: Span, build: ImageBuild): boolean {
  return soughtPlaces(build).some(place => place.file === file && place.start <= start && end <= place.end);
}

const soughtPlaces = memo((build: ImageBuild): readonly Span[] =>
  setupCommands(build).flatMap(({ invocation }) => soughtBy(invocation)),
);

function soughtBy(invocation: Invocation): readonly Span[] {
  const { args, program, script } = invocation;
  const sed = sedCommandOf(invocation);
  if (sed) return sed.scripts.flatMap(text => soughtBySed(text).map(({ span }) => span));
  return READERS.has(program) || removesRepository(invocation) ? args.map(word => script.spanOf(word)) : [];
}
const READERS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'awk', 'test', '[', '[[']);

/** https://manpages.ubuntu.com/manpages/noble/man1/add-apt-repository.1.html, zypper(8) */
function removesRepository({ args, program }: Invocation): boolean {
  if (program === 'zypper') return args.some(({ literal }) => literal === 'removerepo' || literal === 'rr');
  return (
    /^(?:add-apt-repository|apt-add-repository)$/.test(program) &&
    args.some(({ literal = '' }) => literal === '--remove' || /^-[a-z]{0,5}r[a-z]{0,5}$/.test(literal))
  );
}
