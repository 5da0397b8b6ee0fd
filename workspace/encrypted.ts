/**
 * Files whose text is encrypted, or is elsewhere: nothing in them can be linted, and that is meant. git-crypt, Ansible Vault, SOPS,
 * age and OpenPGP, and the pointers of Git LFS.
 */
export function isEncrypted(text: string): boolean {
  return BEGINNING.test(text.slice(0, 200)) || (text.includes('ENC[AES256_GCM,') && isOfSops(text));
}

/**
 * https://github.com/AGWA/git-crypt, https://docs.ansible.com/ansible/latest/vault_guide/vault_using_encrypted_content.html,
 * https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
const BEGINNING =
  /^(?:\0GITCRYPT\0|\$ANSIBLE_VAULT;\d|version https:\/\/git-lfs\.github\.com\/spec\/|-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----)/;

/**
 * The metadata that SOPS adds to YAML, JSON and binary files: https://getsops.io/docs/. It encrypts comments, too, so that
 * a file with a header or an instruction in plain text only contains one.
 */
function isOfSops(text: string): boolean {
  if (/^(?:#(?!ENC\[)[a-z!]|FROM[ \t])/im.test(text)) return false;
  return text.trimStart().startsWith('{')
    ? /^[ \t]{0,8}"sops"[ \t]{0,8}:/m.test(text) && /"mac"[ \t]{0,8}:[ \t]{0,8}"ENC\[/.test(text)
    : /^sops:[ \t]*$/m.test(text) && /^[ \t]{1,8}mac:[ \t]{1,8}ENC\[/m.test(text);
}
