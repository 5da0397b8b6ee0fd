/**
 * What keys do, in a sentence each, by their path: `write_files.defer`. Items of lists are left out of a path, and `*`
 * stands for a name of choice.
 */
export type Descriptions = Readonly<Record<string, string>>;

/** The descriptions of what is below a key. */
export function under(path: string, keys: Descriptions): Descriptions {
  return Object.fromEntries(Object.entries(keys).map(([name, text]) => [`${path}.${name}`, text]));
}
