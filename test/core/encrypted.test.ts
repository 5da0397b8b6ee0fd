import { expect, test } from 'vitest';
import { isEncrypted } from '../../core/encrypted.ts';

test.each([
  '\0GITCRYPT\0\u0001\u0002',
  '$ANSIBLE_VAULT;1.1;AES256\n3162\n',
  'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
  '-----BEGIN PGP MESSAGE-----\nVersion: GnuPG v2\n\nhQEMA+/=\n=Ab12\n-----END PGP MESSAGE-----\n',
  '---\nusers:\n    - name: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]\n      groups: []\n    # read by hand\n    - ENC[AES256_GCM,data:a]\n"a b": ""\nkind_unencrypted:\n    - Secret: |\n        text\nsops:\n    kms: []\n    mac: ENC[AES256_GCM,data:m,type:str]\n',
  'sops:\r\n    mac: ENC[AES256_GCM,data:m]\r\na: ENC[AES256_GCM,data:m]\r\n',
  '{"data": "ENC[AES256_GCM,data:a]", "list": ["ENC[AES256_GCM,x]", "", null], "a_unencrypted": {"b": 1}, "sops": {"mac": "ENC[AES256_GCM,y]"}}',
  '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n',
  '-----BEGIN PGP MESSAGE-----\n\nhQ\n',
  '#ENC[AES256_GCM,data:a,iv:b,tag:c,type:comment]\nhostname: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]\nsops:\n    mac: ENC[AES256_GCM,data:m,type:str]\n    version: 3.9.0\n',
  '{\n\t"region": "ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]",\n\t"sops": {\n\t\t"mac": "ENC[AES256_GCM,data:m,type:str]",\n\t\t"version": "3.9.0"\n\t}\n}\n',
])('%j is encrypted', text => {
  expect(isEncrypted(text)).toBe(true);
});

test.each([
  'region = "eu-central-1"\n',
  '# $ANSIBLE_VAULT;1.1\n',
  '#cloud-config\npassword: ENC[AES256_GCM,data:a]\n',
  '#cloud-config\nsops: true\n',
  'FROM scratch\n\0',
  // Lines that look like it in a comment, a string or a heredoc.
  '# ENC[AES256_GCM,\n  FROM debian\n# \nsops:\n  mac: ENC[AES256_GCM,x]\n',
  'region = "x"\n/*\nsops:\n  mac: ENC[AES256_GCM,x]\n*/\n',
  'locals {\n  a = <<EOF\nsops:\n  mac: ENC[AES256_GCM,x]\nEOF\n}\n',
  '{"variables": {"sops": "x", "mac": "ENC[AES256_GCM,x]"}, "builders": []}',
  '{"variables": {"a": "b"}, "sops": {"mac": "ENC[AES256_GCM,x]"}}',
  '{"a": 1, "sops": {"mac": "ENC[AES256_GCM,x]"}}',
  '{"a": "ENC[AES256_GCM,x] b", "sops": {"mac": "ENC[AES256_GCM,x]"}}',
  '# ENC[AES256_GCM,\nsops:\n//registry.example/:_authToken=abc\n',
  '# ENC[AES256_GCM,\nsops:\n  mac: ENC[AES256_GCM,x]\n//registry.example/:_authToken=abc\n',
  'a: ENC[AES256_GCM,x]\nb: plain\nsops:\n  mac: ENC[AES256_GCM,x]\n',
  'a: ENC[AES256_GCM,x]\nb: |\n  plain\nsops:\n  mac: ENC[AES256_GCM,x]\n',
  'a: ENC[AES256_GCM,x]\nsops:\n  mac: x\n',
  'a:\n  sops:\n    mac: ENC[AES256_GCM,x]\n',
  'null',
  // A first line, and something else behind it.
  '$ANSIBLE_VAULT;1.1;AES256\n//registry.example/:_authToken=abc\n',
  '-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\nFROM debian\n',
  'version https://git-lfs.github.com/spec/v1\nFROM=debian\n',
])('%j is not', text => {
  expect(isEncrypted(text)).toBe(false);
});

test('a long text takes one pass', () => {
  const lines = 'a: ENC[AES256_GCM,x]\n'.repeat(100_000);
  expect(isEncrypted(`${lines}sops:\n  mac: ENC[AES256_GCM,x]\n`)).toBe(true);
  expect(isEncrypted(`${'['.repeat(100_000)} ENC[AES256_GCM,`)).toBe(false);
});
