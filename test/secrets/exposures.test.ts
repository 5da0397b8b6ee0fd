import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LanguageId } from '../../core/build.ts';
import { NO_FILES } from '../../core/language.ts';
import { type Engine, lower } from '../../core/linter.ts';
import { overlaps } from '../../core/text.ts';
import { engineOf } from '../../dev/engine.ts';
import { filled, opaque, PLANTS } from '../../dev/secrets/documents.ts';
import { seeded } from '../../dev/secrets/random.ts';
import { exposuresOf } from '../../facts/secrets/exposures/concern.ts';
import { type Exposure, type ExposureSite, once } from '../../facts/secrets/exposures/exposure.ts';
import { credentialFile, isHome, withoutSlash } from '../../facts/secrets/exposures/files.ts';
import { exposures } from '../../facts/secrets/exposures/find.ts';
import { languages } from '../../languages/index.ts';

let engine: Engine;
beforeAll(async () => {
  engine = engineOf([]);
});
const buildOf = (text: string, id: LanguageId = 'dockerfile', path = 'Dockerfile') =>
  lower({ path, text }, languages.find(language => language.id === id)!, { engine, files: NO_FILES });

describe('credential files', () => {
  const yes =
    `id_rsa keys/id_ed25519 /home/a/.ssh/id_ecdsa ID_RSA id_rsa.bak deploy.key certs/server-key.pem private.pem
    app.p12 release.jks .netrc _netrc .git-credentials .env .env.production .env* .env.* .ssh .ssh/ ~/.aws .aws/credentials
    .kube/config .docker/config.json terraform.tfstate prod.tfvars secrets.yaml my-service-account.json .npmrc *.key
    C:\\keys\\id_rsa ./id_rsa .htpasswd`.split(/\s+/);
  const no = `id_rsa.pub id_ed25519.pub ca.pem fullchain.pem server.crt .env.example .env.sample .env.dist .env.test
    nodesource.gpg.key release.key pubkey.key truststore.jks cacerts.jks debug.keystore config.json config package.json
    .yarnrc.yml credentials.md example.tfvars environment env.sh key monkey.png keys/README.md docker-compose.yml . .. /`.split(
    /\s+/,
  );
  test.each(yes)('%s is one', path =>
    expect(credentialFile(path)?.what).toMatch(/^an? |(?:credentials|keys|passwords|state|variables)$/),
  );
  test.each(no)('%s is none', path => expect(credentialFile(path)).toBeUndefined());

  test('what is at the end of a path does not matter', () => {
    for (const end of ['/', '/.', '/*', '//']) expect(withoutSlash(`a/.ssh${end}`)).toBe('a/.ssh');
    expect(withoutSlash('/')).toBe('/');
  });

  test.each([
    ['/root/.npmrc', true],
    ['~/', true],
    ['$HOME/.npmrc', true],
    ['/home/node/.npmrc', true],
    ['/app/.npmrc', false],
    ['./', false],
    ['/home/node/app/.npmrc', false],
  ] as const)('%s in a home folder: %s', (path, home) => expect(isHome(path)).toBe(home));
});

describe('a secret is told once', () => {
  const site: ExposureSite = { kind: 'text', place: 'this file', span: { start: 0, end: 0 }, stage: undefined };
  const exposure = fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 8 }), strong: fc.boolean() }).map(
    ({ start, length, strong }): Exposure => ({
      judgement: { kind: strong ? 'secret' : 'placeholder', what: 'a secret', certainty: 'certain', start: 0, end: 0 },
      span: { start, end: start + length },
      name: undefined,
      site,
    }),
  );
  test('nothing that is kept overlaps, and what is dropped overlaps something', () => {
    fc.assert(
      fc.property(fc.array(exposure, { maxLength: 12 }), all => {
        const kept = once(all);
        for (const one of kept)
          for (const other of kept) if (one !== other) expect(overlaps(one.span, other.span)).toBe(false);
        if (all.length > 0) expect(kept.length).toBeGreaterThan(0);
        for (const one of all)
          if (all.every(other => other === one || !overlaps(one.span, other.span))) expect(kept).toContain(one);
      }),
    );
  });

  test('in every place that the rules know', () => {
    const random = seeded(3);
    for (const plant of PLANTS) {
      const secret = opaque(random);
      const build = buildOf(filled(plant, secret), plant.language, plant.path);
      const all = [build, ...build.nested]
        .flatMap(one => exposures(one))
        .filter(({ judgement }) => judgement.kind === 'secret');
      expect([plant.text, all.length]).toEqual([plant.text, 1]);
    }
  });
});

describe('names of the user', () => {
  const text = 'FROM debian:12.8\nENV MY_PIN=1aB9cD8eF7gH6 API_TOKEN=9zY8xW7vU6tS5rQ4\n';
  test('can be allowed and denied', () => {
    const names = (lists: object) => exposuresOf(buildOf(text), 'baked', lists).map(({ name }) => name);
    expect(names({})).toEqual(['API_TOKEN']);
    expect(names({ allow: ['api_*'] })).toEqual([]);
    expect(names({ deny: ['*_pin'] })).toEqual(['MY_PIN', 'API_TOKEN']);
  });
});
