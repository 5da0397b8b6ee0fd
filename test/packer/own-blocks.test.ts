/** What editors are told of Packer's own blocks and of what every step takes. `‸` marks the cursor. */
import { describe, expect, it } from 'vitest';
import { packerEditor } from '../../languages/packer/editor/index.ts';
import { read } from './read.ts';

const CURSOR = '‸';
const opened = (marked: string) => ({
  build: read(marked.replace(CURSOR, ''), {}, '/w/a.pkr.hcl').build,
  offset: marked.indexOf(CURSOR),
});
const completions = (marked: string) => {
  const { build, offset } = opened(marked);
  return packerEditor.completions!(build, offset);
};
const labels = (marked: string): string[] => completions(marked).map(({ label }) => label);
const hover = (marked: string): string | undefined => {
  const { build, offset } = opened(marked);
  return packerEditor.hover!(build, offset)?.markdown;
};
const inBuild = (content: string): string =>
  `source "null" "web" {}\nsource "null" "db" {}\nbuild {\n  sources = ["source.null.web", "source.null.db"]\n${content}\n}\n`;

describe('completion', () => {
  it('knows the registry, in a build and at the top level, without the old name of an attribute', () => {
    const names = ['bucket_name', 'description', 'bucket_labels', 'build_labels', 'channels'];
    expect(labels('hcp_packer_registry {\n  ‸\n}\n')).toEqual(names);
    expect(labels(inBuild('  hcp_packer_registry {\n    bucket_name = "x"\n    ‸\n  }'))).toEqual(names.slice(1));
    expect(labels('hcp_packer_registry {\n  bucket_name = "x"\n  ‸')).toEqual(names.slice(1));
    const labelsOf = completions('hcp_packer_registry {\n  ‸\n}\n').find(({ label }) => label === 'bucket_labels')!;
    expect(labelsOf).toMatchObject({ detail: 'map of string', snippet: 'bucket_labels = {\n  $1\n}' });
    expect(labelsOf.documentation).toContain('Labels of the bucket');
  });

  it('offers no blocks that are not documented', () => {
    expect(labels('‸')).not.toContain('communicator');
    expect(labels(inBuild('  ‸'))).not.toContain('from');
    expect(labels(inBuild('  ‸'))).toContain('error-cleanup-provisioner');
    expect(labels(inBuild('  post-processors {\n    ‸\n  }'))).toEqual(['post-processor']);
  });

  it('offers what every step takes, also when a build fails', () => {
    for (const type of ['provisioner', 'error-cleanup-provisioner'])
      expect(labels(inBuild(`  ${type} "shell" {\n    ‸\n  }`))).toEqual(
        expect.arrayContaining(['only', 'except', 'pause_before', 'max_retries', 'timeout', 'override']),
      );
    expect(labels(inBuild('  post-processors {\n    post-processor "manifest" {\n      ‸\n    }\n  }'))).toEqual(
      expect.arrayContaining(['only', 'except', 'keep_input_artifact']),
    );
  });

  it('offers types for variables', () => {
    expect(labels('variable "a" {\n  type = ‸\n}\n')).toEqual(
      expect.arrayContaining(['string', 'number', 'bool', 'list', 'map', 'object']),
    );
    expect(labels('variable "a" {\n  type = list(‸)\n}\n')).toContain('string');
    expect(labels('variable "a" {\n  default = ‸\n}\n')).not.toContain('list');
  });

  it('offers the sources of a build in `override`, and the attributes of the step in each', () => {
    const step = (content: string): string =>
      inBuild(`  provisioner "shell" {\n    inline = ["true"]\n    override = {\n${content}\n    }\n  }`);
    expect(labels(step('      ‸'))).toEqual(['web', 'db']);
    expect(labels(step('      web = { inline = ["x"] }\n      ‸'))).toEqual(['db']);
    expect(labels(step('      web = {\n        ‸\n      }'))).toContain('execute_command');
    expect(labels(step('      web = {\n        ‸\n      }'))).not.toContain('pause_before');
  });
});

describe('hover', () => {
  it('says what blocks are', () => {
    expect(hover('pac‸ker {\n}\n')).toMatch(/^`packer`: .*\n\n\[Documentation\]\(https:.*blocks\/packer\)$/);
    expect(hover('vari‸able "a" {\n}\n')).toContain('PKR_VAR_name');
    expect(hover('variable "a" {\n  valid‸ation {\n  }\n}\n')).toContain('must meet');
    expect(hover(inBuild('  error-clean‸up-provisioner "shell" {\n  }'))).toContain('when a provisioner fails');
    expect(hover(inBuild('  post-proc‸essors {\n  }'))).toContain('one after the other');
    expect(hover(inBuild('  sou‸rce "null.web" {\n  }'))).toContain('with further settings');
    expect(hover('unkn‸own {\n}\n')).toBeUndefined();
  });

  it('says what attributes of Packer itself do', () => {
    expect(hover(inBuild('  provisioner "shell" {\n    pause_be‸fore = "1s"\n  }'))).toMatch(
      /^`pause_before`: duration\n\nHow long to wait .*\n\n\[Documentation\].*blocks\/build\/provisioner\)$/,
    );
    expect(hover('variable "a" {\n  ty‸pe = string\n}\n')).toMatch(/^`type`: type constraint\n\n/);
    expect(hover('hcp_packer_registry {\n  bucket_na‸me = "x"\n}\n')).toMatch(/^`bucket_name`: string\n\n.*36/);
    expect(hover('variable "a" {\n  nul‸lable = true\n}\n')).toBeUndefined();
  });
});
