/** Commands of an installer that name files of the new system by where it is mounted. */
import { Decoder, type SourceText } from '../core/text.ts';

/** What may stand in front of a path in a command. */
const BEFORE = /[\s"'`=<>|;&(:,]/;

/**
 * A script with the paths of the new system as that has them: `/target/etc/hosts` is `/etc/hosts`. `mounts` are absolute
 * and without a slash at the end. Edits keep the directory where it is mounted.
 */
export function onTarget(script: SourceText, mounts: readonly string[]): SourceText {
  const { text } = script;
  const decoder = new Decoder(script);
  let from = 0;
  for (const { mount, at } of placesOf(text, mounts)) {
    decoder.verbatim(from, at);
    from = at + mount.length;
  }
  return from === 0 ? script : decoder.verbatim(from, text.length).done();
}

/** Where the directories stand with a path below them, in the order of the text. */
function placesOf(text: string, mounts: readonly string[]): readonly { readonly mount: string; readonly at: number }[] {
  const places: { mount: string; at: number }[] = [];
  for (const mount of mounts)
    for (let at = text.indexOf(`${mount}/`); at >= 0; at = text.indexOf(`${mount}/`, at + mount.length))
      if (at === 0 || BEFORE.test(text[at - 1]!)) places.push({ mount, at });
  return places.sort((a, b) => a.at - b.at);
}
