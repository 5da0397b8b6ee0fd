/** What hands a file to machines, and the size of what it hands over. */
import { expect, test } from 'vitest';
import { bytesIn, launcherOf } from '../../languages/cloud-init/launchers.ts';

const filesOf = (texts: Record<string, string>) => ({
  read: (path: string) => texts[path] ?? null,
  list: (folder: string) =>
    Object.keys(texts)
      .filter(path => path.slice(0, path.lastIndexOf('/')) === folder)
      .map(path => path.slice(path.lastIndexOf('/') + 1)),
});
const service = (...templates: string[]) =>
  launcherOf('/r/files/init.yaml', filesOf(Object.fromEntries(templates.map((text, i) => [`/r/main${i}.tf`, text]))))
    ?.service;

const EC2 = 'resource "aws_instance" "web" {\n  user_data = file("${path.module}/files/init.yaml")\n}\n';

test.each<[templates: string[], expected: string | undefined]>([
  [[EC2], 'EC2'],
  [['source "amazon-ebs" "web" {\n  user_data_file = "files/init.yaml"\n}\n'], 'EC2'],
  [['resource "azurerm_linux_virtual_machine" "web" {\n  custom_data = filebase64("files/init.yaml")\n}\n'], 'Azure'],
  [
    ['resource "google_compute_instance" "web" {\n  metadata = {\n    user-data = file("files/init.yaml")\n  }\n}\n'],
    'Compute Engine',
  ],
  [[EC2.replace('file(', 'base64gzip(file(')], undefined],
  [[EC2.replace('init.yaml', 'other.yaml')], undefined],
  [['resource "aws_s3_object" "a" {\n  source = "files/init.yaml"\n}\n'], undefined],
  // Sent to both, the smaller one decides only for one of them.
  [
    [EC2, 'resource "google_compute_instance" "a" {\n  metadata = { user-data = file("files/init.yaml") }\n}\n'],
    undefined,
  ],
  [[], undefined],
])('%j', (templates, expected) => {
  expect(service(...templates)).toBe(expected);
});

test.each(['', 'abc', 'ä', '€', '😀', 'a😀€ä'])('the bytes of %j', text => {
  expect(bytesIn(text)).toBe(new TextEncoder().encode(text).length);
});
