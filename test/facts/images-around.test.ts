import { describe, expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { parentDirectory } from '../../core/path.ts';
import { imagesAround } from '../../facts/images-around.ts';

const filesOf = (texts: Readonly<Record<string, string>>): Files => ({
  read: path => texts[path] ?? null,
  list: folder =>
    Object.keys(texts)
      .filter(path => parentDirectory(path) === folder)
      .map(path => path.slice(folder.length + 1)),
});
const around = (path: string, texts: Readonly<Record<string, string>>) =>
  imagesAround(path, filesOf(texts)).map(({ repository, tag, place }) => `${repository}:${tag} in ${place}`);

describe('images of other files', () => {
  test('are read beside and above the document, and not in itself', () => {
    const texts = {
      '/shop/web/Dockerfile': 'FROM node:1.0\n',
      '/shop/web/Dockerfile.dev': '# syntax=docker/dockerfile:1\nFROM --platform=linux/amd64 node:24.3-slim AS build\n',
      '/shop/Containerfile': 'from golang:1.26\nFROM build\nFROM alpine:edge\nFROM node:$V\n',
      '/shop/notes.txt': 'FROM python:3.14\n',
    };
    expect(around('/shop/web/Dockerfile', texts)).toEqual([
      'node:24.3-slim in Dockerfile.dev',
      'golang:1.26 in Containerfile',
    ]);
  });

  test('are read where files that build the repository say so', () => {
    const texts = {
      '/shop/compose.yaml': [
        'services:',
        '  api:',
        '    build: ./api',
        '  jobs:',
        '    build:',
        '      context: jobs',
        '      dockerfile: docker/jobs/Dockerfile.prod',
        '  db:',
        '    image: "postgres:18.1" # the database',
        '',
      ].join('\n'),
      '/shop/api/Dockerfile': 'FROM node:24.3-slim\n',
      '/shop/docker/jobs/Dockerfile.prod': 'FROM python:3.14-slim\n',
      '/shop/.github/workflows/ci.yml': 'jobs:\n  x:\n    steps:\n      - run: docker build -f tools/Dockerfile .\n',
      '/shop/tools/Dockerfile': 'FROM rust:1.90\n',
    };
    expect(around('/shop/web/Dockerfile', texts).toSorted()).toEqual([
      'node:24.3-slim in api/Dockerfile',
      'postgres:18.1 in compose.yaml',
      'python:3.14-slim in docker/jobs/Dockerfile.prod',
      'rust:1.90 in tools/Dockerfile',
    ]);
  });

  test('are none where nothing can be listed', () => {
    expect(imagesAround('/shop/Dockerfile', { read: () => undefined, list: () => undefined })).toEqual([]);
  });
});
