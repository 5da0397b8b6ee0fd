/** The containers that a file of distrobox assembles: https://distrobox.it/usage/distrobox-assemble/ */
import { nameOf } from '../../core/path.ts';
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf, MOST } from './values.ts';

const IMAGE = /^[ \t]{0,20}image[ \t]{0,20}=[ \t]{0,20}["']?([^\s"'#]{1,300})/gm;

export const isDistrobox = (path: string): boolean =>
  /\.ini$/i.test(path) && /distrobox|toolbox|assemble/i.test(nameOf(path));

export const ofDistrobox = (text: string, naming: Naming): readonly NamedImage[] =>
  firstOf(text.matchAll(IMAGE), MOST).flatMap(({ 0: whole, 1: written = '', index }) => {
    const end = index + whole.length;
    return naming.started(written, { start: end - written.length, end }) ?? [];
  });
