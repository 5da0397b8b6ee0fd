/** Passwords in files that a command makes accounts from, whatever their names: `chpasswd < FILE`, `newusers FILE`. */
import type { ImageBuild } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import type { SourceText } from '../../../core/text.ts';
import { type Invocation, invocationsIn } from '../../../shell/invocations.ts';
import { runsOneOf } from '../../../shell/programs-run.ts';
import { fileWrites } from '../../file-writes.ts';
import type { NameLists } from '../names.ts';
import { type Exposure, expose, placeOf } from './exposure.ts';
import { siteOf } from './scene.ts';

/** Longer files are not searched, in UTF-16 code units. */
const LONGEST = 100_000;

/** `NAME:PASSWORD` of chpasswd(8), and the first two fields of newusers(8) */
const ENTRY = /^(?!#)[\w.@-]{1,64}:([^\s:]{1,200})(?::[^\n]{0,400})?[ \t]{0,8}\r?$/dgm;

export function accountListExposures(build: ImageBuild, lists: NameLists): readonly Exposure[] {
  if (!runsOneOf(build, ['chpasswd', 'newusers'])) return [];
  const read = invocationsIn(build).flatMap(({ invocation }) => filesRead(invocation));
  if (read.length === 0) return [];
  const found: Exposure[] = [];
  for (const { path, text, step, stage } of fileWrites(build))
    if (text.text.length <= LONGEST && read.some(one => isSame(one, path))) {
      const site = siteOf('file', placeOf('', nameOf(path), 'a file'), { span: step.span, stage, lists });
      for (const value of entriesIn(text)) {
        const exposure = expose('password', value, 'account', site, lists);
        if (exposure?.judgement.kind === 'secret') found.push(exposure);
      }
    }
  return found;
}

function filesRead({ program, command, args }: Invocation): readonly string[] {
  if (program !== 'chpasswd' && program !== 'newusers') return [];
  const producer = command.pipeline[command.pipeline.indexOf(command) - 1];
  const words = [
    ...(program === 'newusers' ? args : []),
    ...(producer?.words[0]?.literal === 'cat' ? producer.words.slice(1) : []),
    ...command.redirects.flatMap(({ operator, target }) => (operator === '<' && target ? [target] : [])),
  ];
  return words.flatMap(({ literal }) => (literal === undefined || literal.startsWith('-') ? [] : [literal]));
}

/** A relative path is below a directory that is not known here. */
function isSame(read: string, written: string): boolean {
  return read === written || (!read.startsWith('/') && nameOf(read) === nameOf(written));
}

function entriesIn(text: SourceText): readonly SourceText[] {
  return Array.from(text.text.matchAll(ENTRY), ({ indices }) => text.slice(...indices![1]!));
}
