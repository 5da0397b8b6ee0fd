/** What commands list: directories and Dockerfiles, with one gap for the names of directories. */
import { EACH } from './model.ts';

/** The directories or Dockerfiles that a command lists. */
export function listed(command: string | undefined = ''): string | undefined {
  // A directory that a variable has is somewhere above.
  const [, where = '.'] = /^\s*find[ \t]+(?:-L[ \t]+)?["']?(?:\$\{?\w{1,60}\}?\/)?([\w./*-]+)/.exec(command) ?? [];
  const isFind = /^\s*find\b/.test(command);
  const prefix =
    isFind && !/^[.*]?\/?\*?$/.test(where)
      ? `${where.endsWith('/*') ? where.slice(0, -2) : where.replace(/(?<!\/)\/+$/, '')}/`
      : '';
  const cuts = /dirname|\/Dockerfile|cut\b|basename|%h/.test(command.replace(/-i?name[ \t]+\S+/, ''));
  if (isFind && /-i?name[ \t]+['"]?Dockerfile['"]?(?:\s|$)/.test(command))
    return /basename/.test(command) || !cuts
      ? `${cuts ? '' : prefix}${EACH}${cuts ? '' : '/Dockerfile'}`
      : `${prefix}${EACH}`;
  if (isFind && /-type[ \t]+d\b/.test(command)) return /basename|%f/.test(command) ? EACH : `${prefix}${EACH}`;
  const [, list] =
    /^\s*ls(?:[ \t]+-\w{1,5})*[ \t]+([\w./-]{0,100}\*\/(?:Dockerfile)?)[ \t]*(?:\||$|2>)/.exec(command) ?? [];
  if (list === undefined) return undefined;
  const named = list.replace('*', EACH);
  return cuts || /\btr\b|\bsed\b/.test(command.slice(command.indexOf('|') + 1))
    ? named.replace(/\/(?:Dockerfile)?$/, '')
    : named;
}

// The same of the list of a loop: `images/*/`, `$(ls -d */)`, `$(find . -name Dockerfile)`.
export function listedIn(list: string): string | undefined {
  const text = list.trim().replace(/^["'](.*)["']$/s, '$1');
  const command = /^(?:\$\(|`)(.{1,300})[)`]$/s.exec(text)?.[1];
  if (command !== undefined) {
    const plain = /^\s*ls[ \t]{1,9}(?:-1[ \t]{1,9})?([\w./-]{1,100}?)\/?[ \t]*$/.exec(command)?.[1];
    if (plain !== undefined) return EACH;
    return listed(command.replace(/\\/g, ''));
  }
  // One whole part of a path is not known.
  const [, before = '', after = ''] =
    /^((?:[\w.-]{1,80}\/){0,8})\*(\/(?:(?:Docker|Container)file)?)?$/.exec(text) ?? [];
  return /\*/.test(text) && `${before}*${after}` === text ? `${before}${EACH}${after}` : undefined;
}
