export interface OfficialImagesData {
  readonly source: string;
  /** The day on which the tags were published as listed: nothing is known of later ones. */
  readonly date: string;
  /** Rows of architectures, separated by spaces; groups name them by their index. */
  readonly architectures: readonly string[];
  /**
   * By image, the groups of tags that name one and the same image: the index of its architectures, then its tags,
   * separated by spaces. Tags of older releases that are still pullable are not there.
   */
  readonly images: Readonly<Record<string, readonly string[]>>;
}

/** The data with what only the refresh command and people read; bundles leave that out. */
export interface KeptOfficialImagesData extends OfficialImagesData {
  readonly license: string;
  readonly notes: readonly string[];
  /** The commit of the source. */
  readonly commit: string;
}

declare const data: OfficialImagesData;
export default data;
