/**
 * Dependencies that do not run on later runtimes: the first version of each that does. Of Python packages with compiled
 * parts these are the first with files for that Python on https://pypi.org; of others, what their release notes say.
 */
import type { ProjectVersions } from '../../core/build.ts';

type Stated = Omit<ProjectVersions, 'file'>;

/** First versions for Python 3.11, 3.12, 3.13 and 3.14. */
const PYTHON: Readonly<Record<string, readonly [string, string, string, string]>> = {
  aiohttp: ['3.8.3', '3.9.0', '3.10.6', '3.13.0'],
  'apache-airflow': ['2.6.2', '2.9.0', '3.1.0', '99'],
  cffi: ['1.15.1', '1.16.0', '1.17.0', '2.0.0'],
  cython: ['0.29.30', '0.29.34', '3.0.11', '3.1.0'],
  django: ['4.1.3', '4.2.8', '5.1.3', '5.2.8'],
  gevent: ['22.10.1', '23.9.0', '24.10.1', '25.9.1'],
  greenlet: ['2.0.0', '3.0.0', '3.1.0', '3.2.4'],
  grpcio: ['1.50.0', '1.59.0', '1.67.0', '1.76.0'],
  jinja2: ['3.0.0', '3.0.0', '3.0.0', '3.0.0'],
  llvmlite: ['0.40.0', '0.42.0', '0.44.0', '0.46.0'],
  lxml: ['4.9.1', '4.9.3', '5.3.0', '6.0.1'],
  markupsafe: ['2.0.0', '2.0.0', '2.0.0', '2.0.0'],
  matplotlib: ['3.6.1', '3.8.0', '3.9.2', '3.10.5'],
  numba: ['0.57.0', '0.59.0', '0.61.0', '0.63.0'],
  numpy: ['1.23.2', '1.26.0', '2.1.0', '2.3.2'],
  onnxruntime: ['1.15.0', '1.17.0', '1.20.0', '1.24.0'],
  pandas: ['1.5.1', '2.1.1', '2.2.3', '2.3.3'],
  pillow: ['9.3.0', '10.1.0', '11.0.0', '12.0.0'],
  'psycopg2-binary': ['2.9.5', '2.9.8', '2.9.10', '2.9.11'],
  'pydantic-core': ['2.0.1', '2.4.0', '2.20.0', '2.41.0'],
  pydantic: ['1.10.2', '1.10.13', '2.8.0', '2.12.0'],
  pyyaml: ['6.0', '6.0.1', '6.0.2', '6.0.3'],
  'scikit-learn': ['1.1.3', '1.3.1', '1.5.2', '1.7.2'],
  scipy: ['1.9.2', '1.11.2', '1.14.1', '1.16.1'],
  sqlalchemy: ['1.4.42', '1.4.49', '2.0.31', '2.0.44'],
  tensorflow: ['2.12.0', '2.16.1', '2.20.0', '99'],
  torch: ['2.0.0', '2.2.0', '2.5.0', '2.9.0'],
  torchvision: ['0.15.1', '0.17.0', '0.20.0', '0.24.0'],
};
const FIRST_MINOR = 11;

/** Before these, they build with an OpenSSL that Node.js has not had since 17. https://nodejs.org/en/blog/release/v17.0.0 */
const BEFORE_OPENSSL_3: Readonly<Record<string, number>> = {
  '@angular-devkit/build-angular': 12,
  '@vue/cli-service': 5,
  gatsby: 4,
  next: 11,
  nuxt: 3,
  'react-scripts': 5,
  webpack: 5,
};

/** What the pinned dependencies of a project allow. */
export function frameworksOf(kind: 'requirements' | 'gems', text: string): readonly Stated[];
export function frameworksOf(kind: 'npm', packages: Readonly<Record<string, unknown>>): readonly Stated[];
export function frameworksOf(
  kind: 'requirements' | 'gems' | 'npm',
  given: string | Readonly<Record<string, unknown>>,
): readonly Stated[] {
  if (typeof given !== 'string') return ofNpm(given);
  return kind === 'gems'
    ? ofGems(given)
    : pythonPins([...given.matchAll(PIN)].map(([, name = '', version = '']) => ({ name, version })));
}

const PIN = /^([A-Za-z][\w.-]{1,60})(?:\[[\w,.-]{1,60}\])?\s{0,8}==\s{0,8}([\d.]{1,30})/gm;

/** What the pins of Python packages allow: a version before the first one for a Python is not installed there. */
export function pythonPins(pins: readonly { readonly name: string; readonly version: string }[]): readonly Stated[] {
  return pins.flatMap(({ name, version }): readonly Stated[] => {
    const key = name.toLowerCase().replaceAll(/[._-]{1,10}/g, '-');
    const first = Object.hasOwn(PYTHON, key) ? PYTHON[key]! : undefined;
    if (!first) return [];
    return [
      {
        product: 'Python',
        allows: python => {
          const minor = Number(/^3\.(\d{1,3})/.exec(python)?.[1] ?? FIRST_MINOR - 1);
          const least = minor < FIRST_MINOR ? undefined : (first[minor - FIRST_MINOR] ?? '99');
          return least === undefined || !isBefore(version, least);
        },
      },
    ];
  });
}

function ofNpm(packages: Readonly<Record<string, unknown>>): readonly Stated[] {
  const old = Object.entries(BEFORE_OPENSSL_3).some(([name, first]) => {
    const range = Object.hasOwn(packages, name) ? packages[name] : undefined;
    const major = typeof range === 'string' ? /^[\^~=v]{0,2}(\d{1,3})(?:\.|$)/.exec(range)?.[1] : undefined;
    return major !== undefined && Number(major) < first;
  });
  const states: Stated[] = [];
  if (old) states.push({ product: 'Node.js', allows: isBelow(17) });
  // https://github.com/sass/node-sass#node-version-support-policy
  if (Object.hasOwn(packages, 'node-sass')) states.push({ product: 'Node.js', allows: isBelow(21) });
  return states;
}

const isBelow = (major: number) => (version: string) => Number(/^\d{1,9}/.exec(version)?.[0] ?? 0) < major;

/** Rails before 7.0 does not start on Ruby 3.2 and later. https://guides.rubyonrails.org/upgrading_ruby_on_rails.html#ruby-versions */
function ofGems(text: string): readonly Stated[] {
  const rails = /^ {4}rails \(([\d.]{1,20})\)/m.exec(text)?.[1];
  if (rails === undefined || !isBefore(rails, '7.0')) return [];
  return [{ product: 'Ruby', allows: ruby => isBefore(ruby, '3.2') }];
}

function isBefore(version: string, other: string): boolean {
  const [left, right] = [version, other].map(text => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] || 0) - (right[i] || 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
