import { readFileSync } from 'node:fs';
import { type Manifest, withAbsoluteLinks } from './pack-npm.ts';

/** Prints what the change log says of a tag's version; fails when the tag does not fit what would be published. */
export function releaseNotes([tag = '']: readonly string[]): number {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const notes = notesFor(tag, manifest, readFileSync('CHANGELOG.md', 'utf8'));
  if ('problem' in notes) {
    process.stderr.write(`${notes.problem}\n`);
    return 1;
  }
  process.stdout.write(notes.text);
  return 0;
}

/** The section of a version without its heading, or why there is none. The version comes from the tag: `v1.2.3`. */
export function notesFor(
  tag: string,
  manifest: Manifest,
  changelog: string,
): { readonly text: string } | { readonly problem: string } {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (version === undefined) return { problem: `The tag ${JSON.stringify(tag)} is not a version such as v1.2.3` };
  if (version !== manifest.version)
    return { problem: `The tag ${tag} does not match version ${manifest.version} in package.json` };
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find(text => text.split(/\s/, 1)[0] === version);
  const text = section?.slice(section.indexOf('\n')).trim();
  if (!text) return { problem: `CHANGELOG.md has no section for ${version}` };
  return { text: `${withAbsoluteLinks(text, manifest)}\n` };
}
