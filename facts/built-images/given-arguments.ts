/** The arguments that one build file gives to the build of a Dockerfile. */
import { nameOf, parentDirectory } from '../../core/path.ts';
import type { BuildFile } from '../build-files.ts';

/** `--build-arg NAME`, also written as items of a list. */
const OPTION = /--build-arg(?:=|[\s"',-]{1,40})["']?([A-Za-z_]\w{0,80})/g;
/** `build-args: |` of workflows, `args:` of Compose, `args = {` of Bake. */
const KEY =
  /^([ \t]*)(?:-[ \t]+)?["']?(?:build-args|build_args|buildArgs|args)["']?[ \t]{0,20}[:=][ \t]{0,20}[|>{[]?[-+]?[ \t\r]{0,20}$/gm;
const MOST_LINES = 60;
/** Characters around that one command or one entry of a file may have. */
const REACH = 2_500;

/** Whether a file gives the argument wherever it may build the Dockerfile at `path`, and does so at least once. */
export function gives(file: BuildFile, argument: string, path: string): boolean {
  if (!file.text.includes(argument)) return false;
  return [...unitsGiving(file, argument)].some(unit => isAbout(unit, file, path));
}

/** The commands and entries that give it. */
function* unitsGiving(file: BuildFile, argument: string): Iterable<string> {
  const { text } = file;
  for (const { 1: name, index } of text.matchAll(OPTION)) if (name === argument) yield around(text, index);
  for (const { 0: line, 1: indent, index } of text.matchAll(KEY)) {
    const from = index + line.length + 1;
    let end = from;
    let found = false;
    for (let i = 0; i < MOST_LINES && end < text.length; i++) {
      const next = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
      const entry = text.slice(end, next);
      const own = entry.length - entry.trimStart().length;
      if (entry.trim() !== '' && own <= indent!.length) break;
      found ||= /^[ \t]*(?:-[ \t]+)?["']?(\w{1,81})/.exec(entry)?.[1] === argument;
      end = next + 1;
    }
    if (found) yield around(text, index);
  }
}
/** The text between the empty lines around a place. */
function around(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - REACH), at);
  const after = text.slice(at, at + REACH);
  const start = Math.max(before.lastIndexOf('\n\n'), before.lastIndexOf('\n\r\n'));
  const end = after.search(/\n\r?\n/);
  return before.slice(start + 1) + (end < 0 ? after : after.slice(0, end));
}

/** Whether a command or entry is about the Dockerfile: it names it or its directory, or is beside it and names no other. */
export function isAbout(unit: string, file: BuildFile, path: string): boolean {
  const own = parentDirectory(path);
  const name = nameOf(path);
  const named = unit.match(/[\w./-]{0,80}(?:Docker|Container)file[\w.-]{0,40}/g) ?? [];
  const folder = nameOf(own);
  if (named.some(one => nameOf(one) === name && (one === name || path.endsWith(one.replace(/^(?:\.?\/)+/, '')))))
    return true;
  if (folder !== '.' && words(unit).some(word => word === folder)) return true;
  return named.length === 0 && parentDirectory(file.path) === own;
}

/** The words of paths and commands. */
const words = (unit: string): readonly string[] => unit.match(/[\w.-]{1,200}/g) ?? [];
