import { expect, test } from 'vitest';
import { beginningOf } from '../../facts/readmes.ts';
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
  '# Acme\n\nThe images of Acme. They are not fit for running shops in production.',
  '# Acme\n\nImages of shops.\n\n- CI image: all that is needed for CI jobs',
  '# Acme\n\nNot for production.',
  '# Shop\n\nThe shop is a sample microservice application that you can use as a sandbox.',
  '# Containers\n\nThis is a demo repository of applications.',
  '# Web\n\nAn intentionally vulnerable web server.',
  '# Rooms\n\nContainers for the challenges of our CTF.',
  '# Lab Cyber\n\nLearn.',
  '# Images\n\nVirtual machine for the workshop on analog design.',
  '# Images\n\nThis repository is part of our course on images.',
])('%j says that the images are thrown away', readme => {
  expect(saysThrowAway(beginningOf(readme))).toBe(true);
});

test.each([
  '# Test\n',
  '# Latest\n',
  '# Shop\n\nRun `npm ci` and then `npm start`.',
  '# Shop\n\nA tool for releases with GitHub Actions. Built in CI on self-hosted machines.',
  '# Shop\n\n[![CI](https://example.com/ci.svg)](https://example.com/for-ci)\n\nSells things.',
  '# Shop\n\nReady for production.\n\n## Tests\n\nThere is an image for CI tests.',
  '# Shop\n\nNever run untested images in production.',
  '# Shop\n\nBuilt on our self-hosted GitHub Actions runners and deployed to production.',
  '# Shop\n\nImages that are tested on self-hosted runners.',
  '# Shop\n\nThe image of the shop. The default password is not for production.',
  '# Shop\n\nThis image must not be run as root in production.',
  '# Shop\n\nA certificate for testing purposes is in `tls`.',
  '# Running GitHub Actions locally\n\nRead on.',
  '# Shop\n\nThe shop sells courses. Read the docs for a tutorial.',
  '# Shop\n\nSee the wiki for our workshop of the year.',
  '# Shop\n\nScans for vulnerable containers.',
  '# Shop\n\nA system that is vulnerable to nothing. See the sample application.',
  '# Homelab\n\nA lab for learning, testing and experiments.',
])('%j does not', readme => {
  expect(saysThrowAway(beginningOf(readme))).toBe(false);
});
