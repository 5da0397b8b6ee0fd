import { describe, expect, it } from 'vitest';
import { checksumFix } from '../../facts/downloads/published-checksums.ts';
import { downloads } from '../../facts/downloads.ts';
import { buildOf } from './builds.ts';

/** A file, and the check that its vendor's checksum allows; `undefined` where none is published. */
const PUBLISHED: readonly [file: string, check: string | undefined][] = [
  [
    'https://nodejs.org/dist/v24.11.1/node-v24.11.1-linux-x64.tar.xz',
    'https://nodejs.org/dist/v24.11.1/SHASUMS256.txt | node-v24.11.1-linux-x64.tar.xz',
  ],
  [
    'https://releases.hashicorp.com/terraform/1.14.0/terraform_1.14.0_linux_amd64.zip',
    'https://releases.hashicorp.com/terraform/1.14.0/terraform_1.14.0_SHA256SUMS | terraform_1.14.0_linux_amd64.zip',
  ],
  [
    'https://get.helm.sh/helm-v4.0.1-linux-amd64.tar.gz',
    'https://get.helm.sh/helm-v4.0.1-linux-amd64.tar.gz.sha256sum',
  ],
  [
    'https://dl.k8s.io/release/v1.34.2/bin/linux/amd64/kubectl',
    'https://dl.k8s.io/release/v1.34.2/bin/linux/amd64/kubectl.sha256',
  ],
  ['https://go.dev/dl/go1.25.4.linux-amd64.tar.gz', 'https://dl.google.com/go/go1.25.4.linux-amd64.tar.gz.sha256'],
  [
    'https://static.rust-lang.org/rustup/dist/x86_64-unknown-linux-gnu/rustup-init',
    'https://static.rust-lang.org/rustup/dist/x86_64-unknown-linux-gnu/rustup-init.sha256',
  ],
  [
    'https://services.gradle.org/distributions/gradle-9.2.1-bin.zip',
    'https://services.gradle.org/distributions/gradle-9.2.1-bin.zip.sha256',
  ],
  [
    'https://dlcdn.apache.org/maven/maven-3/3.9.11/binaries/apache-maven-3.9.11-bin.tar.gz',
    'https://archive.apache.org/dist/maven/maven-3/3.9.11/binaries/apache-maven-3.9.11-bin.tar.gz.sha512',
  ],
  [
    'https://kind.sigs.k8s.io/dl/v0.30.0/kind-linux-amd64',
    'https://kind.sigs.k8s.io/dl/v0.30.0/kind-linux-amd64.sha256sum',
  ],
  [
    'https://storage.googleapis.com/minikube/releases/v1.37.0/minikube-linux-amd64',
    'https://storage.googleapis.com/minikube/releases/v1.37.0/minikube-linux-amd64.sha256',
  ],
  [
    'https://github.com/conda-forge/miniforge/releases/latest/download/Miniforge3-Linux-x86_64.sh',
    'https://github.com/conda-forge/miniforge/releases/latest/download/Miniforge3-Linux-x86_64.sh.sha256',
  ],
  [
    'https://github.com/docker/compose/releases/download/v2.40.3/docker-compose-linux-x86_64',
    'https://github.com/docker/compose/releases/download/v2.40.3/docker-compose-linux-x86_64.sha256',
  ],
  ['https://github.com/docker/compose/releases/download/1.29.2/docker-compose-Linux-x86_64', undefined],
  [
    'https://github.com/Kitware/CMake/releases/download/v4.2.0/cmake-4.2.0-linux-x86_64.tar.gz',
    'https://github.com/Kitware/CMake/releases/download/v4.2.0/cmake-4.2.0-SHA-256.txt | -i cmake-4.2.0-linux-x86_64.tar.gz',
  ],
  [
    'https://github.com/krallin/tini/releases/download/v0.19.0/tini-amd64',
    'https://github.com/krallin/tini/releases/download/v0.19.0/tini-amd64.sha256sum',
  ],
  [
    'https://github.com/hadolint/hadolint/releases/download/v2.14.0/hadolint-linux-x86_64',
    'https://github.com/hadolint/hadolint/releases/download/v2.14.0/hadolint-linux-x86_64.sha256',
  ],
  [
    'https://github.com/tianon/gosu/releases/download/1.19/gosu-amd64',
    'https://github.com/tianon/gosu/releases/download/1.19/SHA256SUMS | gosu-amd64',
  ],
  [
    'https://github.com/getsops/sops/releases/download/v3.11.0/sops-v3.11.0.linux.amd64',
    'https://github.com/getsops/sops/releases/download/v3.11.0/sops-v3.11.0.checksums.txt | sops-v3.11.0.linux.amd64',
  ],
  [
    'https://github.com/getsops/sops/releases/download/v3.8.0/sops-v3.8.0.linux.amd64',
    'https://github.com/getsops/sops/releases/download/v3.8.0/sops-v3.8.0.checksums.txt | sops-v3.8.0.linux.amd64',
  ],
  [
    'https://github.com/getsops/sops/releases/download/v$V/sops-v$V.linux.amd64',
    'https://github.com/getsops/sops/releases/download/v$V/sops-v$V.checksums.txt | sops-v$V.linux.amd64',
  ],
  ['https://github.com/getsops/sops/releases/download/v3.7.3/sops-v3.7.3.linux.amd64', undefined],
  ['https://github.com/mozilla/sops/releases/download/v3.7.3/sops-v3.7.3.linux.amd64', undefined],
  [
    'https://github.com/aquasecurity/trivy/releases/download/v0.67.2/trivy_0.67.2_Linux-64bit.tar.gz',
    'https://github.com/aquasecurity/trivy/releases/download/v0.67.2/trivy_0.67.2_checksums.txt | trivy_0.67.2_Linux-64bit.tar.gz',
  ],
  [
    'https://github.com/sigstore/cosign/releases/download/v3.0.2/cosign-linux-amd64',
    'https://github.com/sigstore/cosign/releases/download/v3.0.2/cosign_checksums.txt | cosign-linux-amd64',
  ],
  [
    'https://github.com/astral-sh/uv/releases/download/0.9.11/uv-x86_64-unknown-linux-gnu.tar.gz',
    'https://github.com/astral-sh/uv/releases/download/0.9.11/uv-x86_64-unknown-linux-gnu.tar.gz.sha256',
  ],
  ['https://example.com/tool-1.0.tar.gz', undefined],
];

describe('checksumFix', () => {
  it.each(PUBLISHED)('%s', (file, check) => {
    const build = buildOf(`curl -fsSLO ${file}`);
    const text = checksumFix(downloads(build)[0]!, build)?.edits[0]?.newText;
    const [, address, name] =
      /^.*?\$\(curl -fsSL "([^"]+)"(?: \| grep ((?:-i )?" [^"]+\$"))? \| cut/s.exec(text ?? '') ?? [];
    expect(address && [address, name?.replace(/" (.*)\$"/, '$1')].filter(Boolean).join(' | ')).toBe(check);
    if (check)
      expect(text).toContain(
        `  ${file.slice(file.lastIndexOf('/') + 1)}" | sha${check.endsWith('sha512') ? 512 : 256}sum -c -`,
      );
  });
});
