import { describe, expect, it } from 'vitest';
import { namesOf } from '../../core/quoted.ts';
import { setsAptOption } from '../../facts/package-settings.ts';
import { isUpgrade, managerCommand, setting } from '../../facts/packages/commands.ts';
import { removedPaths, runsCleaner, takesAway } from '../../facts/removals.ts';
import { setupTexts } from '../../facts/setup-texts.ts';
import { invocationsOf } from '../../shell/invocations.ts';
import { scriptOf } from '../shell/parser.ts';
import { buildOf } from './builds.ts';

const one = (text: string) => invocationsOf(scriptOf(text))[0]!;

describe('commands of package managers', () => {
  it.each<[string, string, string?]>([
    ['apt-get -qq -o A=b update', 'apt update'],
    ['apt-get -y -t x install a', 'apt install'],
    ['apk --no-cache add a', 'apk add'],
    ['dnf5 module enable nodejs:22', 'dnf module enable'],
    ['zypper -n --root /x in a', 'zypper in', 'install'],
    ['pacman --noconfirm -Syu a', 'pacman -Syu', 'sync'],
    ['pacman -y -S a', 'pacman -S', 'sync'],
    ['python3 -m pip cache purge', 'pip cache purge'],
    ['npm i a', 'npm i', 'install'],
    ['micromamba install -n base a', 'conda install'],
    ['npm cache clean --force', 'npm cache clean'],
  ])('%s', (text, shown, action) => {
    const command = managerCommand(one(text))!;
    expect(`${command.manager} ${command.verb}`).toBe(shown);
    expect(command.action).toBe(action ?? command.verb);
  });

  it.each(['curl x', 'apt-get', 'apt-get $VERB a', 'yum', 'pacman --version'])('%s is none', text => {
    expect(managerCommand(one(text))).toBeUndefined();
  });

  it.each([
    ['apt-get upgrade', true],
    ['aptitude safe-upgrade', true],
    ['apt-get update', false],
    ['dnf update', true],
    ['apk update', false],
    ['apk upgrade', true],
    ['zypper dup', true],
    ['pacman -Syu', true],
    ['pacman -Sy a', false],
    ['npm update', false],
  ])('%s: upgrades the distribution: %j', (text, upgrades) => {
    expect(isUpgrade(managerCommand(one(text))!)).toBe(upgrades);
  });

  it('knows options on both sides of the verb, and settings', () => {
    const command = managerCommand(one('apt-get -o APT::X=1 -qq install -oapt::x=2 -y a'))!;
    expect(command.arguments.has('--yes')).toBe(true);
    expect(command.arguments.has('-q')).toBe(true);
    expect(command.arguments.has('--simulate')).toBe(false);
    expect(setting(command, 'APT::x')).toBe('2');
    expect(setting(command, 'APT::y')).toBeUndefined();
    expect(command.arguments.operands.map(word => word.raw)).toEqual(['a']);
  });
});

describe('removals', () => {
  it.each([
    ['/var/lib/apt/lists/*', true],
    ['/var/lib/apt/lists', true],
    ['/var/lib/apt/lists/', true],
    ['/var/lib/apt', true],
    ['/var/lib/*', true],
    ['/var/lib/apt/lists/*_Packages', true],
    ['/var/*/apt/lists', true],
    ['/var/lib/apt/lists/partial', false],
    ['/var/lib/apt/lists2', false],
    ['/var/cache/apt', false],
    ['var/lib/apt/lists', false],
    ['/', false],
    ['', false],
  ])('%s', (path, taken) => {
    expect(takesAway(path, '/var/lib/apt/lists')).toBe(taken);
  });

  it.each([
    ['rm -rf /a /b/*', ['/a', '/b/*']],
    ['rm -f /x/{a,b}/{c,d}', ['/x/a/c', '/x/b/c', '/x/a/d', '/x/b/d']],
    ['rm -rf /x/{a}', ['/x/{a}']],
    ['find /a /b -type f -delete', ['/a', '/b']],
    ['find /a -exec rm {} +', ['/a']],
    ["find -L /a '(' -name b ')' -exec /bin/rm -f {} ';'", ['/a']],
    ['shred -un 3 /a', ['/a']],
  ])('%s', (text, paths) => {
    expect(removedPaths(one(text))!.toSorted()).toEqual(paths.toSorted());
  });

  it.each(['ls /a', 'find /a -name b', 'find /a -name rm', 'mv /a /b'])('%s deletes nothing', text => {
    expect(removedPaths(one(text))).toBeUndefined();
  });

  it('gives up on braces that stand for too much', () => {
    const text = `rm ${'{a,b}'.repeat(4)}${'{0,1,2,3,4,5,6,7,8,9}'.repeat(4)}`;
    expect(removedPaths(one(text))!.length).toBeLessThanOrEqual(64);
  });

  it.each([
    ['./cleanup.sh', true],
    ['bash -x /tmp/clean.sh', true],
    ['. ./minimize', true],
    ['apt-get clean', false],
    ['make clean', false],
    ['bash setup.sh', false],
    ['bash setup.sh --clean', true],
    ['bash setup.sh clean', true],
    ["bash -c 'make clean'", false],
  ])('%s as a clean-up', (text, cleans) => {
    expect(runsCleaner(one(text))).toBe(cleans);
  });
});

describe('what a build writes', () => {
  it('knows what goes into the configuration of apt', () => {
    const echo = `echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/x`;
    expect(setsAptOption(buildOf('apt-get update', echo), 'Assume-Yes')).toBe(true);
    expect(setsAptOption(buildOf(echo), 'Install-Recommends')).toBe(false);
    expect(setsAptOption(buildOf('apt-get -o APT::Get::Assume-Yes=1 update'), 'Assume-Yes')).toBe(false);
  });

  it('leaves out what is only looked for', () => {
    const build = buildOf(`grep xa xb`, `echo xc > xd`, `cat <<EOF >xe\nxf\nEOF`);
    expect(setupTexts(build, ['x']).map(({ text }) => text)).toEqual(['xc', 'xd', 'xf\n', 'xe']);
  });

  it('knows the texts that hold one of some words, in any case', () => {
    const build = buildOf('echo SSL-verify', 'echo other', 'echo gpgcheck');
    const texts = (...words: string[]) => setupTexts(build, words).map(({ text }) => text);
    expect(texts('sslverify')).toEqual([]);
    expect(texts('gpgcheck', 'ssl')).toEqual(['SSL-verify', 'gpgcheck']);
    expect(texts('other')).toEqual(['other']);
  });
});

describe('names in messages', () => {
  it.each([
    [['a'], '`a`'],
    [['a', 'b'], '`a` and `b`'],
    [['a', 'b', 'c'], '`a`, `b` and `c`'],
    [['a', 'b', 'c', 'd'], '`a`, `b` and 2 more'],
  ])('%j', (names, shown) => {
    expect(namesOf(names)).toBe(shown);
  });
});
