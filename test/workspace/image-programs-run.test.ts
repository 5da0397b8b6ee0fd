/** What programs in Python and JavaScript build by commands. */
import { expect, test } from 'vitest';
import { asShellText, isProgram } from '../../workspace/images/programs-as-shell.ts';
import { mayBuild } from '../../workspace/images/read.ts';
import { a, b, names } from './image-graph.ts';

const EACH = [['x/a:1'], ['x/b:1']];
test.each<readonly [what: string, file: string, text: string]>([
  [
    'a list',
    'tasks.py',
    'import subprocess\n\ndef build():\n    subprocess.run([\'docker\', \'build\', \'-t\', \'x/a:1\', \'a\'], check=True)\n    subprocess.check_call([\n        "docker", "build",  # the other\n        "-t", "x/b:1",\n        "b",\n    ])\n',
  ],
  [
    'names and formats',
    'scripts/build.py',
    'IMAGE = "x/a"\nDIR = "b"\nTAG = os.environ.get("TAG", "9")\nrun(["docker", "build", "-t", f"{IMAGE}:1", "a"])\nrun(["sudo", "docker", "build", DIR, "--tag=x/b:1"])\n',
  ],
  [
    'strings',
    'build.py',
    'c.run("docker build -t x/a:1 a", pty=True)\nNAME = \'b\'\nos.system(f"docker build -t x/{NAME}:1 {NAME}")\n',
  ],
  [
    'templates',
    'scripts/build.mjs',
    "const name = 'b';\nexecSync(`docker build -t x/a:1 a`);\nexecSync(`docker build -t x/${name}:1 ./${name}`, { stdio: 'inherit' });\n",
  ],
  [
    'arguments',
    'docker/build.ts',
    "await $('docker', ['x']);\nspawnSync('sh', []);\nrun(['docker', 'build', '-t', 'x/a:1', 'a']);\nrun(['docker', 'buildx', 'build', '--tag', 'x/b:1', 'b']);\n",
  ],
])('%s', (_, file, text) => {
  expect(mayBuild(`/w/${file}`)).toBe(true);
  expect(asShellText(text)).toHaveLength(text.length);
  expect(names({ [file]: text }, a, b).map(one => one.map(name => name.replace('?', '')))).toEqual(EACH);
});

test('what is computed is a gap, and no other program is read', () => {
  const text =
    'TAG = os.environ.get("TAG")\nrun(["docker", "build", "-t", f"x/a:{TAG}", "a"])\nrun(["docker", "build", "-t", name, "b"])\n';
  expect(names({ 'build.py': text }, a, b)).toEqual([['x/a:{TAG}?'], []]);
  expect(['/w/src/app.py', '/w/tests/build/a.py', '/w/node_modules/x/scripts/a.js', '/w/a.ts'].some(isProgram)).toBe(
    false,
  );
  expect(asShellText('print("docker")')).toBe('');
  expect(asShellText(`${"['docker', 'build', ".repeat(5_000)}`).length).toBeLessThanOrEqual(100_000);
});
