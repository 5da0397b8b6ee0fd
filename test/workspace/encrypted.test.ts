import { expect, test } from 'vitest';
import { isEncrypted } from '../../workspace/encrypted.ts';

test.each([
  '\0GITCRYPT\0\u0001\u0002',
  '$ANSIBLE_VAULT;1.1;AES256\n3162\n',
  'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
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
])('%j is not', text => {
  expect(isEncrypted(text)).toBe(false);
});
