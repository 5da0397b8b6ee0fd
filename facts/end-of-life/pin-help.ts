import { quoted } from '../../core/quoted.ts';
import type { ImageReference } from '../image-reference.ts';
import { groupsOf, hasTag } from '../image-tags/listed.ts';
import { tagReading } from './images.ts';
import { supportedRelease } from './lookup.ts';

/** How publishers outside of Docker's library write the release in a tag. https://mcr.microsoft.com */
const TAGS: Readonly<Record<string, (cycle: string) => string>> = {
  'Windows Server': cycle => `ltsc${cycle}`,
  '.NET': cycle => `${cycle}.0`,
};
/** Repositories of Docker Hub that have no images any more, and what took their place. */
const MOVED: Readonly<Record<string, string>> = {
  'docker.io/microsoft/windowsservercore': 'mcr.microsoft.com/windows/servercore',
  'docker.io/microsoft/nanoserver': 'mcr.microsoft.com/windows/nanoserver',
  'docker.io/microsoft/dotnet': 'mcr.microsoft.com/dotnet/sdk',
  'docker.io/microsoft/aspnetcore': 'mcr.microsoft.com/dotnet/aspnet',
  'docker.io/microsoft/aspnetcore-build': 'mcr.microsoft.com/dotnet/sdk',
  'mcr.microsoft.com/dotnet/core/sdk': 'mcr.microsoft.com/dotnet/sdk',
  'mcr.microsoft.com/dotnet/core/aspnet': 'mcr.microsoft.com/dotnet/aspnet',
  'mcr.microsoft.com/dotnet/core/runtime': 'mcr.microsoft.com/dotnet/runtime',
  'mcr.microsoft.com/dotnet/core/runtime-deps': 'mcr.microsoft.com/dotnet/runtime-deps',
  'docker.io/microsoft/mssql-server-linux': 'mcr.microsoft.com/mssql/server',
  'docker.io/microsoft/iis': 'mcr.microsoft.com/windows/servercore/iis',
  'docker.io/microsoft/azure-cli': 'mcr.microsoft.com/azure-cli',
  'docker.io/microsoft/powershell': 'mcr.microsoft.com/powershell',
};

/** How to pin an image: with a supported release as an example where a tag for it is known to exist. */
export function pinHelp({ repository, name }: ImageReference): string {
  const moved = Object.hasOwn(MOVED, name) ? MOVED[name] : undefined;
  const tag = tagOf(moved ?? name);
  const example = tag && quoted(`${moved ?? repository}:${tag}`);
  if (moved) return example ? `The repository moved: use ${example}` : `The repository moved to ${quoted(moved)}`;
  return example ? `Pin a version, such as ${example}, or a digest` : 'Pin a version or a digest';
}

function tagOf(name: string): string | undefined {
  const product = tagReading(name)?.version;
  const cycle = product === undefined ? undefined : supportedRelease(product)?.cycle;
  if (product === undefined || cycle === undefined) return undefined;
  if (Object.hasOwn(TAGS, product)) return TAGS[product]!(cycle);
  return groupsOf(name).some(group => hasTag(group, cycle)) ? cycle : undefined;
}
