import { expect, it } from 'vitest';
import { containerImages } from '../../facts/container-images.ts';
import { buildOf } from './builds.ts';

const show = (script: string) =>
  containerImages(buildOf(script)).map(({ use, reference }) => `${use} ${reference.repository}:${reference.tag}`);

const CASES: readonly [script: string, ...images: string[]][] = [
  ['docker run -d --name x -p 80:80 --restart always a/b:1 run --pull c:2', 'run a/b:1'],
  ['docker -H tcp://x pull -a a:1; podman --root /x container create -it a:2 sh', 'pull a:1', 'run a:2'],
  ['nerdctl image pull --unpack false a:1; crictl -t 5s pull --creds x:y b:2', 'pull a:1', 'pull b:2'],
  ['ctr -n k8s.io images pull --all-platforms a:1; ctr i pull b:2', 'pull a:1', 'pull b:2'],
  ['docker run --volume /a:/b --rm=true --network host a:1', 'run a:1'],
  // What an unknown option takes is not known either, nor what a variable holds.
  ['docker run --brand-new x a:1; docker run $OPTIONS a:2; docker run --brand-new=x a:3', 'run a:3'],
  ['docker build -t a:1 .; docker exec a sh; docker compose pull a; docker images a'],
];

it.each(CASES)('%s', (script, ...images) => {
  expect(show(script)).toEqual(images);
});
