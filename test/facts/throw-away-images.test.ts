import { expect, test } from 'vitest';
import { saysThrowAway } from '../../facts/throw-away-images.ts';

test.each([
  '# Radare2 VM (Test)\n\nBuilds a VM.',
  '# hashistack_demo\n',
  'Web demo\n========\n',
  '# Runtime\n\nImages for continuous integration jobs of our services.',
  '# Builder\n\nBuilds the image for the [acme/action](https://example.com/acme/action) GitHub action.',
  '# Images\n\nTemplates for our *self-hosted* GitHub Actions runners.',
  '# packer-images\n\nConfigurations that make Jenkins agent templates.',
  '# Stack\n\nThese files are for testing purposes, and should **not** be used in production.',
])('%j says that the images are thrown away', readme => {
  expect(saysThrowAway(readme)).toBe(true);
});

test.each([
  '# Test\n',
  '# Latest\n',
  '# Shop\n\nRun `npm ci` and then `npm start`.',
  '# Shop\n\nA tool for releases with GitHub Actions. Built in CI on self-hosted machines.',
  '# Shop\n\n[![CI](https://example.com/ci.svg)](https://example.com/for-ci)\n\nSells things.',
  '# Shop\n\nReady for production.\n\n## Tests\n\nThere is an image for CI tests.',
  '# Homelab\n\nA lab for learning, testing and experiments.',
])('%j does not', readme => {
  expect(saysThrowAway(readme)).toBe(false);
});
