/** Names of a template in messages. Longer ones, or with other characters, may be anything that was pasted: a secret, say. */
const PLAIN_WORD = /^[\w-]{1,39}$/;
const LONGEST = 60;

/** Whether a message may repeat a name, or names joined by dots: `amazon-ebs.web`. */
export function isPlainName(name: string): boolean {
  return name.length <= LONGEST && name.split('.').every(word => PLAIN_WORD.test(word));
}

/** A name in backticks, or what to say in place of one that a message may not repeat. */
export function shownName(name: string, otherwise: string): string {
  return isPlainName(name) ? `\`${name}\`` : otherwise;
}

/** What Packer calls a source: a builder of a JSON template without a name has only its type. */
export function sourceName({ name, type }: { readonly name: string; readonly type: string }): string {
  return name === type ? type : `${type}.${name}`;
}
