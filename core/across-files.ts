/** What the other files of a workspace say of the images of one file. Plain data; nothing in it is about the file itself. */
import type { Span } from './text.ts';

/** A name that another file writes. */
export interface NameElsewhere {
  readonly name: string;
  /** With the path of the file. */
  readonly place: Span;
}

export interface AcrossFiles {
  /** The container images that stages of the file start from or copy from, by the names that are written there. */
  readonly bases: readonly BaseAcross[];
  /** The names that files give to the stages of this one, where nothing but one Dockerfile gets them. */
  readonly names: readonly GivenName[];
  /** The keys of the labels that files give to the images of this one when they build it. */
  readonly labels: readonly string[];
  /**
   * The file of another environment that differs from this one in nothing but names of environments and numbers, by its path
   * from the directory of this one.
   */
  readonly twin: string | undefined;
}

export interface BaseAcross {
  readonly name: string;
  /** The names, with tags, that files give to the image of this name; not one of them depends on a variable. */
  readonly built: readonly NameElsewhere[];
  /** No file builds it, and all names of images that files build are known. */
  readonly unbuilt: boolean;
  /** What Dockerfiles that one file builds together with this one use of the same image: all tags, the most used first. */
  readonly versions: readonly VersionElsewhere[];
}

export interface VersionElsewhere {
  readonly tag: string;
  /** In how many of the files. */
  readonly files: number;
  /** Some of the places. */
  readonly places: readonly Span[];
}

export interface GivenName extends NameElsewhere {
  /** The number of the stage. */
  readonly stage: number;
}

/** A file of which the others say nothing. */
export const NOTHING_ACROSS: AcrossFiles = { bases: [], names: [], labels: [], twin: undefined };
