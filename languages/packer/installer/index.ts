/** Files that templates serve to installers: which format are they in, and what do they say? */
import type { SourceText } from '../../../core/text.ts';
import { answersInCommands } from './commands.ts';
import { type Answer, answer, type Installation, LONGEST_TEXT, MOST_ANSWERS, MOST_SCRIPTS } from './installation.ts';
import { isKickstart, kickstartAnswer, readKickstart } from './kickstart.ts';
import { linesOf } from './lines.ts';
import { isPreseed, preseedAnswer, readPreseed } from './preseed.ts';
import { isUnattend, readUnattend } from './unattend.ts';

/** What a text tells an installer. One that is in no known format has only the answers that its lines look like. */
export function installationIn(whole: SourceText): Installation {
  const text = whole.slice(0, Math.min(whole.text.length, LONGEST_TEXT));
  const read = readAs(text);
  return {
    answers: [...read.answers, ...answersInCommands(text)].slice(0, MOST_ANSWERS),
    scripts: read.scripts.slice(0, MOST_SCRIPTS),
    packages: read.packages,
  };
}

function readAs(text: SourceText): Installation {
  if (isUnattend(text.text)) return readUnattend(text);
  // A comment or a heredoc of the one may quote the other: what comes first decides nothing, questions have a type.
  if (isPreseed(text.text)) return readPreseed(text);
  if (isKickstart(text.text)) return readKickstart(text);
  return { answers: answersInLines(text), scripts: [], packages: [] };
}

/** The answers in lines and commands of a text that someone types. */
export function answersInText(text: SourceText): readonly Answer[] {
  return [...answersInLines(text), ...answersInCommands(text)];
}

function answersInLines(text: SourceText): readonly Answer[] {
  return [...linesOf(text)].flatMap(line => preseedAnswer(line) ?? inQuestion(line) ?? kickstartAnswer(line) ?? []);
}

/** `Password for root account = VALUE`. https://man.openbsd.org/autoinstall */
function inQuestion(line: SourceText): Answer | undefined {
  const match =
    /^Password for (?:root|user)[ \t]{0,8}([\w-]{0,40})[ \t]{0,8}(?:account)?\??[ \t]{0,8}=[ \t]{0,8}/i.exec(line.text);
  return match ? answer('password', line, match[0].length, line.text.length) : undefined;
}
