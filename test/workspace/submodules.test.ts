import { describe, expect, it } from 'vitest';
import type { Content, Entry, WorkspaceFiles } from '../../workspace/files.ts';
import { filesIn } from '../../workspace/related.ts';

/** Files by their paths below `/r`; a path that ends with `/` is an empty directory. */
function tree(paths: Readonly<Record<string, string>>): WorkspaceFiles {
  const entries = (directory: string): readonly Entry[] | null => {
    const inside = Object.keys(paths).filter(path => `/r/${path}`.startsWith(`${directory}/`));
    if (inside.length === 0) return null;
    const names = new Map<string, Entry['kind']>();
    for (const path of inside) {
      const rest = `/r/${path}`.slice(directory.length + 1);
      if (rest === '') continue;
      names.set(rest.split('/')[0]!, rest.includes('/') ? 'directory' : 'file');
    }
    return [...names].map(([name, kind]) => ({ name, kind }));
  };
  return {
    read: (path): Content | null => {
      const text = paths[path.slice('/r/'.length)];
      return text === undefined ? null : { text };
    },
    list: directory => entries(directory),
    beginning: () => null,
  };
}

const GITMODULES = '[submodule "scripts"]\n\tpath = "lib/scripts"\n\turl = https://git.example.com/scripts.git\n';

describe('a Git submodule', () => {
  it('that is not checked out may hold any file', () => {
    const files = filesIn('/r', tree({ '.gitmodules': GITMODULES, 'lib/scripts/': '' }));
    expect(files.read('/r/lib/scripts/setup.sh')).toBeUndefined();
    expect(files.list('/r/lib/scripts')).toBeUndefined();
    expect(files.list('/r/lib/scripts/deep')).toBeUndefined();
    expect(files.read('/r/lib/setup.sh')).toBeNull();
    expect(files.read('/r/lib/scripts-old/setup.sh')).toBeNull();
  });

  it('that is checked out holds what is there', () => {
    const files = filesIn('/r', tree({ '.gitmodules': GITMODULES, 'lib/scripts/.git': '', 'lib/scripts/a.sh': 'a' }));
    expect(files.read('/r/lib/scripts/a.sh')).toBe('a');
    expect(files.read('/r/lib/scripts/b.sh')).toBeNull();
  });

  it('is known by `.gitmodules` alone', () => {
    expect(filesIn('/r', tree({ 'lib/scripts/': '' })).read('/r/lib/scripts/setup.sh')).toBeNull();
  });
});
