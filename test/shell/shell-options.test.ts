import { describe, expect, it } from 'vitest';
import { plainWord, shebangOptions, shellOptions } from '../../shell/shell-options.ts';

const shown = ({ errexit, pipefail }: { errexit: boolean; pipefail: boolean }) =>
  `${errexit ? 'errexit ' : ''}${pipefail ? 'pipefail' : ''}`.trim();

describe('a shell starts with', () => {
  it.each([
    ['-c', ''],
    ['-e -c', 'errexit'],
    ['-euxo pipefail -c', 'errexit pipefail'],
    ['-oe pipefail -c', 'errexit pipefail'],
    ['-o errexit -o pipefail -c', 'errexit pipefail'],
    ['--login -c', ''],
    ['-c -- -e', ''],
    ['x.sh -e', ''],
  ])('%s: %j', (words, options) => {
    expect(shown(shellOptions(words.split(' ').map(plainWord)))).toBe(options);
  });

  it.each([
    ['#!/bin/sh', ''],
    ['#!/bin/bash -eu\necho -e', 'errexit'],
    ['#! /bin/bash -e -o pipefail', 'errexit pipefail'],
    ['#!/usr/bin/env bash', ''],
    ['#!/usr/bin/env -S bash -e\r\n', 'errexit'],
    ['#!/usr/bin/env -S A=1 bash -eo pipefail', 'errexit pipefail'],
    ['set -e', ''],
    ['#!', ''],
  ])('%j: %j', (text, options) => {
    expect(shown(shebangOptions(text))).toBe(options);
  });
});
