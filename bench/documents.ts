/** Documents of any length for the measurements, made of what real files are made of. */
import type { LanguageId } from '../core/build.ts';

export const LANGUAGES: readonly LanguageId[] = ['dockerfile', 'packer', 'cloud-init'];
/** What editors call them. */
export const MODES: Readonly<Record<LanguageId, string>> = {
  dockerfile: 'dockerfile',
  packer: 'packer',
  'cloud-init': 'yaml',
};

/** About `lines` lines in a language: the same text for the same arguments, scripts of its own for each `seed`. */
export function documentOf(
  language: LanguageId,
  lines: number,
  seed = 0,
): { readonly path: string; readonly text: string } {
  switch (language) {
    case 'dockerfile':
      return {
        path: 'Dockerfile',
        text: repeated(dockerfileBlock, lines, seed, 'ARG VERSION=1.2.3\nFROM debian:12.8-slim AS base\n'),
      };
    case 'packer':
      return {
        path: 'image.pkr.hcl',
        text: repeated(packerBlock, lines, seed, 'packer {\n  required_version = ">= 1.9"\n}\n'),
      };
    case 'cloud-init':
      return { path: 'user-data.yaml', text: cloudConfig(lines, seed) };
  }
}

/** The numbers of a document's blocks begin at its seed, this far apart. */
const APART = 100;

function repeated(block: (index: number) => string, lines: number, seed: number, head: string): string {
  const parts = [head];
  let count = head.split('\n').length - 1;
  for (let i = seed * APART; count < lines; i++) {
    const part = block(i);
    parts.push(part);
    count += part.split('\n').length - 1;
  }
  return parts.join('');
}

/** The digit at the end of a command in the first script of a generated Dockerfile that has one, to be typed over. */
export function typingPlace(text: string): { readonly line: number; readonly column: number } {
  const lines = text.split('\n');
  const line = lines.findIndex(content => content.includes('echo "arm '));
  return { line, column: lines[line]!.indexOf('arm ') + 4 };
}

const dockerfileBlock = (i: number): string => `
FROM base AS stage${i}
ARG TARGETARCH
ENV APP_HOME=/srv/app${i} \\
    LANG=C.UTF-8
WORKDIR \${APP_HOME}
COPY --chown=app:app package${i}.json ./
RUN apt-get update \\
 && apt-get install -y --no-install-recommends \\
    libapp${i}-dev \\
    curl=7.88.1-10 \\
 && rm -rf /var/lib/apt/lists/*
RUN --mount=type=cache,target=/root/.npm \\
    set -eux; \\
    npm ci --omit=dev; \\
    if [ "$TARGETARCH" = arm64 ]; then echo "arm ${i}"; fi
LABEL org.opencontainers.image.title="app${i}" org.opencontainers.image.version="1.0.${i}"
USER app
EXPOSE 80${i % 90}
CMD ["node", "server${i}.js"]
`;

const packerBlock = (i: number): string => `
variable "region_${i}" {
  type        = string
  description = "Where image ${i} is built."
  default     = "eu-central-1"
}

source "amazon-ebs" "image_${i}" {
  ami_name      = "image-${i}-\${formatdate("YYYYMMDDhhmm", timestamp())}"
  instance_type = "t3.small"
  region        = var.region_${i}
  ssh_username  = "ubuntu"
  source_ami_filter {
    filters = {
      name = "ubuntu-noble-24.04-amd64-server-20250115"
    }
    owners = ["099720109477"]
  }
  tags = {
    Owner   = "platform"
    Purpose = "bench ${i}"
  }
}

build {
  sources = ["source.amazon-ebs.image_${i}"]
  provisioner "shell" {
    inline = [
      "sudo apt-get update",
      "sudo apt-get install -y --no-install-recommends libapp${i}-dev",
      "sudo cloud-init clean --logs",
    ]
  }
}
`;

function cloudConfig(lines: number, seed: number): string {
  const item = (i: number): string => `  - path: /etc/app/conf${i}.d/settings
    permissions: '0644'
    content: |
      name = app${i}
      log = /var/log/app${i}.log
`;
  const files = repeated(
    item,
    Math.floor(lines * 0.6),
    seed,
    '#cloud-config\npackage_update: true\npackages: [curl, jq]\nwrite_files:\n',
  );
  const command = (i: number): string =>
    `  - systemctl enable --now app${i}.service\n  - [sh, -c, "echo ready ${i} >> /var/log/boot"]\n`;
  return files + repeated(command, Math.floor(lines * 0.4), seed, 'runcmd:\n');
}
