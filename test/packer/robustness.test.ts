import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImageBuild, Step } from '../../core/build.ts';
import type { SourceText, Span } from '../../core/text.ts';
import type { Evaluated, PackerBlock } from '../../languages/packer/tree.ts';
import { documents, mutations, templates } from '../hcl/generate.ts';
import { asJson } from './as-json.ts';
import { read } from './read.ts';

const TEMPLATE = `packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "~> 1.3"
    }
  }
}
variable "region" {
  type    = string
  default = "eu-west-1"
}
variables {
  names = ["a", "b"]
}
locals {
  stamp  = formatdate("YYYY", timestamp())
  common = { Owner = "team", Built = local.stamp }
  files  = [for n in var.names : "scripts/\${n}.sh"]
}
data "amazon-ami" "base" {
  filters     = { name = "x-*" }
  owners      = ["self"]
  most_recent = true
}
source "amazon-ebs" "web" {
  ami_name   = "web-\${local.stamp}"
  source_ami = data.amazon-ami.base.id
  tags       = merge(local.common, { Region = var.region })
  user_data  = <<-EOT
    #cloud-config
    users: \${jsonencode(var.names)}
  EOT
  dynamic "tag" {
    for_each = local.common
    content {
      key   = tag.key
      value = tag.value
    }
  }
}
build {
  name    = "web"
  sources = ["source.amazon-ebs.web", source.docker.none]
  source "amazon-ebs.web" {
    ami_name = "other"
  }
  provisioner "shell" {
    environment_vars = ["A=\${var.region}", "B"]
    env              = { C = "d" }
    inline           = ["echo %{ if var.region == "a" }x%{ endif }", "ls {{ .Path }}"]
  }
  provisioner "shell" {
    scripts         = concat(local.files, ["\${path.root}/z.sh"])
    execute_command = "sudo bash -e {{ .Path }}"
  }
  provisioner "file" {
    content     = "#!/bin/sh\\n"
    destination = "/x"
  }
  post-processors {
    post-processor "manifest" {
      output = "m.json"
    }
  }
}
`;

/** Asks everything that rules can ask, and checks that what is somewhere is in the text. */
function askAll(text: string, path?: string): ImageBuild {
  const { build, tree } = read(text, {}, path);
  const seen = (span: Span | undefined): void => {
    if (!span) return;
    if (!(span.start >= 0 && span.start <= span.end && span.end <= text.length))
      throw new Error(`${span.start}-${span.end} of ${text.length}`);
  };
  const source = (one: SourceText): void => {
    seen(one.span);
    one.replace(0, one.text.length, 'x');
  };
  const evaluated = (value: Evaluated | undefined, depth = 0): void => {
    if (!value || depth > 4) return;
    seen(value.span);
    source(value.written);
    source(value.asContent());
    const shared = value.asValue();
    source(shared.source);
    for (const part of shared.parts) if (typeof part !== 'string') seen(part.span);
    void [value.kind, value.literal, value.byDefault, value.bool, value.raw, value.complete, value.dependsOnVariable];
    for (const reference of value.references) seen(reference.span);
    for (const item of value.items) evaluated(item, depth + 1);
    for (const entry of value.entries) {
      seen(entry.span);
      evaluated(entry.value, depth + 1);
    }
    if (!value.assumingDefaults.complete) void value.assumingDefaults.items;
  };
  const block = (one: PackerBlock): void => {
    seen(one.header);
    seen(one.span);
    for (const label of one.labels) source(label.value);
    for (const attribute of one.attributes) evaluated(attribute.value);
    one.blocks().forEach(block);
  };
  block(tree.file.top);
  const { module } = tree;
  for (const one of [...module.variables, ...module.locals, ...module.sources, ...module.data]) void one.uses;
  for (const { definition, span } of module.references) [definition, span].forEach(seen);
  for (const one of module.builds) {
    for (const use of one.sources) for (const step of one.provisioners) step.runsFor(use);
  }
  for (const { span, target } of tree.comments) [span, target].forEach(seen);
  for (const { span } of build.problems) seen(span);
  for (const stage of build.stages) {
    for (const step of stage.steps as readonly Step[]) {
      seen(step.span);
      if (step.kind === 'run' && step.script) source(step.script.text);
    }
    for (const base of stage.bases) seen(base.span);
    for (const output of stage.outputs) for (const label of output.labels) seen(label.span);
  }
  return build;
}

describe('any text', () => {
  test('a real template', () => {
    const build = askAll(TEMPLATE);
    expect(build.problems).toEqual([]);
    expect(build.stages.length).toBe(1);
  });

  test('half-typed and mutated templates', () => {
    fc.assert(
      fc.property(
        fc.nat(TEMPLATE.length),
        fc.nat(40),
        fc.constantFrom('', '{', '}', '"', '${', '[', '<<E\n', '=', '.'),
        (at, cut, put) => {
          askAll(TEMPLATE.slice(0, at) + put + TEMPLATE.slice(at + cut));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('generated documents', () => {
    fc.assert(
      fc.property(fc.oneof(documents, templates), fc.boolean(), (text, isTemplate) => {
        askAll(text, isTemplate ? '/p/a.pkr.hcl' : '/p/a.pkrvars.hcl');
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(mutations(templates), text => void askAll(text)),
      { numRuns: 300 },
    );
  });

  test('half-typed and mutated JSON', () => {
    const json = asJson(TEMPLATE)!;
    expect(askAll(json, '/p/a.pkr.json').problems).toEqual([]);
    fc.assert(
      fc.property(
        fc.nat(json.length),
        fc.nat(40),
        fc.constantFrom('', '{', '}', '"', '${', '[', '\\', ':', ',', '\\u00'),
        (at, cut, put) => {
          askAll(json.slice(0, at) + put + json.slice(at + cut), '/p/a.pkr.json');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a half-typed line leaves its neighbors', () => {
    const { build, tree } = read(
      TEMPLATE.replace('region           = ', 'reg').replace('  name    = "web"\n', '  name    = \n'),
    );
    expect(build.problems.length).toBeGreaterThan(0);
    expect(tree.module.builds[0]?.sources.length).toBe(3);
    expect(tree.module.builds[0]?.provisioners.length).toBe(3);
    expect(build.stages[0]?.steps.some(step => step.kind === 'run')).toBe(true);
  });
});

describe('a folder with a broken file', () => {
  test('is read all the same', () => {
    const others = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`/p/${i}.pkr.hcl`, `source "docker" "s${i}" {\n  image = "a:${i}"\n}\n`]),
    );
    const { tree } = read('build {\n  sources = ["docker.s7"]\n}\n', {
      ...others,
      '/p/7b.pkr.hcl': 'source "docker" {{{\n"',
    });
    expect(tree.module.sources.filter(({ name }) => /^s\d/.test(name)).length).toBe(200);
    expect(tree.module.builds[0]!.sources[0]!.attribute('image')?.value.literal).toBe('a:7');
    expect(tree.module.complete).toBe(false);
  });
});
