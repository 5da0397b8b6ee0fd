/** What is in the place of a file in a checkout: a pointer of Git LFS, or a text that a tool has encrypted as a whole. */
const STAND_IN =
  /^(?:version https:\/\/git-lfs\.github\.com\/spec\/v1\s|\$ANSIBLE_VAULT;|-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----)/;

/** Whether a text stands for a file whose content is elsewhere. It is in none of our languages, whatever its name. */
export function isStandIn(text: string): boolean {
  return STAND_IN.test(text.slice(0, 100));
}
