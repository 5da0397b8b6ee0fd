/** How facts about Packer's components are read from the repositories of plugins and brought into the table. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PackerComponentsData } from '../data/packer-components.json';
import { clonesBelow, compareVersions } from '../dev/refresh/packer/clone.ts';
import { importsOf, registrationsOf, returnedBy } from '../dev/refresh/packer/go.ts';
import { attributesOf, folded, unfolded } from '../dev/refresh/packer/model.ts';
import { PACKER_COMPONENTS } from '../dev/refresh/packer.ts';

const root = mkdtempSync(join(tmpdir(), 'bakelint-packer-'));
afterAll(() => rmSync(root, { recursive: true }));

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const attribute = (name: string, type: string, tags = '', goType = '*string') => ({
  field: `\tX${name}   ${goType}   \`mapstructure:"${name}"${tags} cty:"${name}" hcl:"${name}"\``,
  spec: `\t\t"${name}":   &hcldec.AttrSpec{Name: "${name}", Type: ${type}, Required: false},`,
});
const block = (name: string, kind: string, struct: string, tags = '') => ({
  field: `\tX${name}   []${struct}   \`mapstructure:"${name}"${tags} cty:"${name}" hcl:"${name}"\``,
  spec: `\t\t"${name}":   &hcldec.${kind}{TypeName: "${name}", Nested: hcldec.ObjectSpec((*${struct})(nil).HCL2Spec())},`,
});
/** A generated file with the flat form of some structs. */
function generated(
  imports: readonly string[],
  structs: Readonly<Record<string, readonly ReturnType<typeof attribute>[]>>,
) {
  const parts = Object.entries(structs).map(
    ([name, rows]) => `// Flat${name} is generated.
type Flat${name} struct {
${rows.map(({ field }) => field).join('\n')}
}

func (*${name}) FlatMapstructure() interface{ HCL2Spec() map[string]hcldec.Spec } {
\treturn new(Flat${name})
}

func (*Flat${name}) HCL2Spec() map[string]hcldec.Spec {
\ts := map[string]hcldec.Spec{
${rows.map(({ spec }) => spec).join('\n')}
\t}
\treturn s
}
`,
  );
  return `package x\n\nimport (\n${imports.map(line => `\t${line}`).join('\n')}\n)\n\n${parts.join('\n')}`;
}

const MODULE = 'github.com/example/packer-plugin-kettle';
const SDK = 'github.com/hashicorp/packer-plugin-sdk';
const nulled = attribute('packer_debug', 'cty.Bool', '', '*bool');
const KETTLE = {
  'go.mod': `module ${MODULE}\n\ngo 1.21\n`,
  'main.go': `package main

import (
	tea "${MODULE}/builder/kettle"
	"${MODULE}/datasource/leaf"
	"${SDK}/plugin"
)

func main() {
	pps := plugin.NewSet()
	pps.RegisterBuilder(plugin.DEFAULT_NAME, new(tea.Builder))
	pps.RegisterDatasource("leaf", new(leaf.Datasource))
	pps.RegisterProvisioner("stir", &missing.Provisioner{})
}
`,
  'version/version.go': 'package version\n\nvar (\n\tVersion = "1.2.0"\n)\n',
  'builder/kettle/builder.go': `package kettle

type Builder struct {
	config Config
	runner multistep.Runner
}

func (b *Builder) ConfigSpec() hcldec.ObjectSpec { return b.config.FlatMapstructure().HCL2Spec() }

func (b *Builder) Prepare() error { return nil }
`,
  'builder/kettle/config.hcl2spec.go': generated([`"${SDK}/template/config"`, `"${MODULE}/common"`], {
    Config: [
      nulled,
      attribute('water', 'cty.String', ' required:"true"'),
      attribute('boil_for', 'cty.String'),
      attribute('degrees', 'cty.Number', '', '*int'),
      attribute('leaves', 'cty.List(cty.String)', '', '[]string'),
      attribute('stains', 'cty.Map(cty.String)', ' undocumented:"true"', 'map[string]string'),
      attribute('seal', 'cty.List(cty.Number)', '', '[]byte'),
      attribute('mode', 'cty.Bool', '', 'os.FileMode'),
      attribute('tea', 'cty.String'),
      block('cup', 'BlockListSpec', 'common.FlatCup'),
      block('lid', 'BlockSpec', 'FlatLid'),
      block('tag', 'BlockListSpec', 'config.FlatKeyValue'),
    ].map(row => ({ ...row, spec: row.spec.includes('"mode"') ? `${row.spec} /* no type found */` : row.spec })),
    Lid: [attribute('tight', 'cty.Bool'), attribute('tea', 'cty.String')],
  }),
  'common/cup.hcl2spec.go': generated([], {
    Cup: [attribute('size', 'cty.String', ' required:"true"'), block('saucer', 'BlockSpec', 'FlatSaucer')],
    Saucer: [attribute('gilded', 'cty.Bool'), block('cup', 'BlockListSpec', 'FlatCup')],
  }),
  'datasource/leaf/data.go': `package leaf

type Datasource struct {
	config Config
}

func (d *Datasource) ConfigSpec() hcldec.ObjectSpec {
	return d.config.FlatMapstructure().HCL2Spec()
}

func (d *Datasource) OutputSpec() hcldec.ObjectSpec {
	return (&DatasourceOutput{}).FlatMapstructure().HCL2Spec()
}
`,
  'datasource/leaf/data.hcl2spec.go': generated([], {
    Config: [nulled, attribute('name', 'cty.String')],
    DatasourceOutput: [attribute('picked', 'cty.String'), attribute('kinds', 'cty.List(cty.String)')],
  }),
  'docs-partials/builder/kettle/Config-not-required.mdx': `<!-- Code generated -->

- \`boil_for\` (duration string | ex: "1h5m2s") - How long.

- \`tea\` (string) - Deprecated: use \`whatever\` no more, use
  \`leaves\` instead.
`,
  'docs-partials/builder/kettle/Lid-not-required.mdx': '- `tea` (string) - What it keeps in. Not deprecated.\n',
};
const KEY_VALUE = {
  'go.mod': `module ${SDK}\n`,
  'template/config/custom_types.hcl2spec.go': generated([], {
    KeyValue: [attribute('key', 'cty.String'), attribute('value', 'cty.String')],
  }),
};

const EMPTY: PackerComponentsData = {
  source: 'somewhere',
  date: '2020-01-01',
  plugins: {},
  groups: { packer_debug: { internal: true, attributes: { bool: 'packer_debug' } } },
  types: {},
  renamed: {},
  conditions: {},
  formats: {},
  functions: {},
  templateFunctions: {},
  templateRenamed: {},
  goTemplateBuiltins: '',
  core: { version: '1.0.0', bundledPluginsRemovedIn: '1.0.0', blocks: {}, dynamicBlocks: true, accessors: {} },
};
const refresh = (data: PackerComponentsData, folder: string) =>
  PACKER_COMPONENTS.refresh(data, { place: join(root, folder), date: undefined });

describe('a plugin that is new', () => {
  write('new/kettle', KETTLE);
  write('new/sdk', KEY_VALUE);

  it('is read with all its components', async () => {
    const { data, report } = await refresh(EMPTY, 'new');
    expect(Object.keys(data.plugins)).toEqual(['github.com/example/kettle']);
    const plugin = data.plugins['github.com/example/kettle']!;
    expect({ ...plugin, components: undefined }).toEqual({
      repository: 'example/packer-plugin-kettle',
      name: 'kettle',
      version: '1.2.0',
      commit: '',
      date: '',
      historyFrom: '1.2.0',
      components: undefined,
    });
    expect(plugin.components).toEqual({
      'data kettle-leaf': {
        attributes: { bool: 'packer_debug', string: 'name' },
        outputs: { 'list(string)': 'kinds', string: 'picked' },
      },
      'source kettle': {
        attributes: {
          'block kettle.Lid': 'lid',
          'blocks kettle.Cup': 'cup',
          'blocks sdk.KeyValue': 'tag',
          bool: 'mode packer_debug',
          bytes: 'seal',
          duration: 'boil_for',
          'list(string)': 'leaves',
          'map(string)': 'stains',
          number: 'degrees',
          string: 'tea water',
        },
        undocumented: 'stains',
        deprecated: { tea: 'leaves' },
        documentedRequired: 'water',
      },
    });
    expect(data.types).toEqual({
      'kettle.Cup': {
        attributes: { 'block kettle.Saucer': 'saucer', string: 'size' },
        documentedRequired: 'size',
      },
      'kettle.Lid': { attributes: { bool: 'tight', string: 'tea' } },
      'kettle.Saucer': { attributes: { 'blocks kettle.Cup': 'cup', bool: 'gilded' } },
      'sdk.KeyValue': { attributes: { string: 'key value' } },
    });
    expect(report).toEqual([
      'github.com/example/kettle: provisioner kettle-stir: no spec found',
      'github.com/example/kettle: source kettle is new',
      'github.com/example/kettle: data kettle-leaf is new',
    ]);
  });

  it('needs a folder with modules', async () => {
    write('none', { 'README.md': 'nothing' });
    await expect(refresh(EMPTY, 'none')).rejects.toThrow('no directory with a go.mod');
  });
});

describe('a plugin that is known', () => {
  const known: PackerComponentsData = {
    ...EMPTY,
    plugins: {
      'github.com/hashicorp/kettle': {
        repository: 'Example/packer-plugin-kettle',
        name: 'kettle',
        version: '1.0.0',
        commit: 'abc',
        date: '2021-01-01',
        historyFrom: '0.1.0',
        incomplete: true,
        components: {
          'source kettle': {
            attributes: {
              bool: 'whistle packer_debug',
              string: 'water boil_for tea',
              duration: 'degrees',
              'blocks kettle.Mug': 'cup',
            },
            secret: 'whistle tea',
            values: { water: ['tap', 'spring'] },
            deprecated: { tea: '' },
            required: 'water whistle',
            requiredOneOf: ['boil_for whistle', 'whistle'],
            documentedRequired: 'tea',
            templateData: 'Steam',
            attributesSince: { '0.2.0': 'tea whistle' },
            attributesRemoved: { '0.3.0': 'degrees handle' },
          },
          'provisioner kettle-pour': { attributes: { string: 'into' } },
        },
      },
    },
    types: { 'kettle.Mug': { attributes: { 'block kettle.Plate': 'saucer', string: 'size' }, required: 'size' } },
  };

  it('keeps what the code does not say, of the attributes that there still are', async () => {
    const { data } = await refresh(known, 'new');
    const plugin = data.plugins['github.com/hashicorp/kettle']!;
    expect(Object.keys(plugin.components)).toEqual(['data kettle-leaf', 'source kettle']);
    expect(plugin.removedComponents).toEqual({ 'provisioner kettle-pour': '1.0.0' });
    expect({ ...plugin, components: undefined }).toMatchObject({
      version: '1.2.0',
      commit: 'abc',
      historyFrom: '0.1.0',
    });
    expect('incomplete' in plugin).toBe(false);
    expect(plugin.components['source kettle']).toEqual({
      attributes: {
        'block kettle.Lid': 'lid',
        // The struct has another name, and the same attributes.
        'blocks kettle.Mug': 'cup',
        'blocks sdk.KeyValue': 'tag',
        bool: 'mode packer_debug',
        bytes: 'seal',
        duration: 'boil_for',
        'list(string)': 'leaves',
        'map(string)': 'stains',
        number: 'degrees',
        string: 'tea water',
      },
      secret: 'tea',
      undocumented: 'stains',
      deprecated: { tea: '' },
      values: { water: ['tap', 'spring'] },
      required: 'water',
      requiredOneOf: ['boil_for'],
      templateData: 'Steam',
      // Without tags, the version that the code has.
      attributesSince: { '0.2.0': 'tea', '1.2.0': 'leaves lid mode seal stains tag' },
      attributesRemoved: { '0.3.0': 'handle', '1.2.0': 'whistle' },
    });
    expect(data.types['kettle.Mug']).toMatchObject({ required: 'size' });
  });

  it('has the versions from the tags of the clone', async () => {
    write('tagged/kettle', KETTLE);
    const folder = join(root, 'tagged/kettle');
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        env: { ...process.env, GIT_COMMITTER_DATE: '2026-02-03T12:00:00Z' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const spec = 'builder/kettle/config.hcl2spec.go';
    const commit = (change: (text: string) => string, tag?: string) => {
      writeFileSync(join(folder, spec), change(readFileSync(join(folder, spec), 'utf8')));
      git('add', '-A');
      git('commit', '-q', '-m', 'x', '--allow-empty');
      if (tag) git('tag', tag);
    };
    git('init', '-q');
    const before = (text: string) => text.replaceAll('"leaves"', '"whistle"').replaceAll('"seal"', '"handle"');
    commit(before, 'v1.0.0');
    commit(text => text.replaceAll('"handle"', '"seal"'), 'v1.1.0');
    commit(text => text, 'v1.2.0-rc1');
    commit(text => text.replaceAll('"whistle"', '"leaves"'), 'v1.10.0');
    commit(text => text.replaceAll('"stains"', '"steam"'));
    write('tagged/kettle', { 'left-over.go': 'package x' });

    const { data } = await refresh(known, 'tagged');
    const plugin = data.plugins['github.com/hashicorp/kettle']!;
    expect(plugin.version).toBe('1.10.0');
    expect(plugin.date).toBe('2026-02-03');
    expect(plugin.commit).toMatch(/^[0-9a-f]{7,}$/);
    expect(data.date).toBe('2026-02-03');
    const component = plugin.components['source kettle']!;
    expect(component.attributesSince).toMatchObject({ '1.10.0': 'leaves', unreleased: 'steam' });
    expect(component.attributesSince?.['1.1.0']).toContain('seal');
    expect(component.attributesRemoved).toEqual({ '0.3.0': 'handle', '1.10.0': 'whistle' });
    expect(clonesBelow(folder)[0]!.tags).toEqual(['v1.0.0', 'v1.1.0', 'v1.10.0']);
  });
});

describe('Go', () => {
  it('names its imports', () => {
    const code = `import (\n\t"fmt"\n\tawscommon "a.b/c/common"\n\t"a.b/c/v2"\n\t_ "a.b/d"\n)\n\nconst x = "no/import"\n`;
    expect([...importsOf(code)]).toEqual([
      ['fmt', 'fmt'],
      ['awscommon', 'a.b/c/common'],
      ['c', 'a.b/c/v2'],
      ['_', 'a.b/d'],
    ]);
    expect([...importsOf('import "fmt"\nimport z "a/b"\n')]).toEqual([
      ['fmt', 'fmt'],
      ['z', 'a/b'],
    ]);
  });

  it('registers components', () => {
    const code = 'p.RegisterPostProcessor("a-b", new(x.P))\n p.RegisterProvisioner(plugin.DEFAULT_NAME, &Q{})\n';
    expect(registrationsOf(code)).toEqual([
      { kind: 'post-processor', name: 'a-b', type: { qualifier: 'x', name: 'P' } },
      { kind: 'provisioner', name: undefined, type: { qualifier: undefined, name: 'Q' } },
    ]);
  });

  it.each([
    ['return new(FlatConfig).HCL2Spec()', undefined, 'Config'],
    ['return (*common.FlatConfig)(nil).HCL2Spec()', 'common', 'Config'],
    ['return (&Other{}).FlatMapstructure().HCL2Spec()', undefined, 'Other'],
    ['return new(common.Other).FlatMapstructure().HCL2Spec()', 'common', 'Other'],
    ['return b.config.FlatMapstructure().HCL2Spec()', 'common', 'Settings'],
    ['return b.first.FlatMapstructure().HCL2Spec()', undefined, 'Pair'],
    ['return b.Embedded.FlatMapstructure().HCL2Spec()', 'common', 'Embedded'],
  ])('returns a spec: %s', (statement, qualifier, name) => {
    const struct = 'type B struct {\n\tconfig *common.Settings\n\tfirst, second Pair\n\tcommon.Embedded\n}\n';
    const code = (type: string) => `func (b *${type}) ConfigSpec() hcldec.ObjectSpec {\n\t${statement}\n}\n`;
    expect(returnedBy(`${struct}${code('BB')}${code('B')}`, 'B', 'ConfigSpec')).toEqual({ qualifier, name });
    expect(returnedBy(struct + code('B'), 'B', 'OutputSpec')).toBeUndefined();
    expect(returnedBy(struct + code('BB'), 'B', 'ConfigSpec')).toBeUndefined();
  });

  it('says nothing of a method that returns no spec', () => {
    const code = 'type B struct {\n}\nfunc (b *B) ConfigSpec() hcldec.ObjectSpec { return nil }\n';
    expect(returnedBy(code, 'B', 'ConfigSpec')).toBeUndefined();
    expect(
      returnedBy(code.replace('nil', 'b.config.FlatMapstructure().HCL2Spec()'), 'B', 'ConfigSpec'),
    ).toBeUndefined();
  });
});

describe('the table', () => {
  const shared = 'one_long_name another_long_name yet_another_long_name a_name_that_is_very_long_indeed';
  const models = new Map([
    [
      'plugin',
      new Map(
        ['source a', 'source b', 'source c'].map(name => [
          name,
          {
            facts: name === 'source b' ? { required: 'own' } : {},
            attributes: attributesOf({
              attributes: { string: `${shared} own`, bool: name === 'source c' ? 'other' : 'flag' },
              secret: name === 'source a' ? 'own' : undefined,
              values: { one_long_name: ['x'] },
            } as never),
          },
        ]),
      ),
    ],
  ]);

  it('has attributes that the same components share once', () => {
    const { groups, plugins } = folded(models);
    expect(Object.keys(groups)).toEqual(['a_name_that_is_very_long_indeed']);
    expect(plugins.get('plugin')).toEqual({
      'source a': {
        groups: 'a_name_that_is_very_long_indeed',
        attributes: { bool: 'flag', string: 'own' },
        secret: 'own',
      },
      'source b': {
        groups: 'a_name_that_is_very_long_indeed',
        attributes: { bool: 'flag', string: 'own' },
        required: 'own',
      },
      'source c': { groups: 'a_name_that_is_very_long_indeed', attributes: { bool: 'other', string: 'own' } },
    });
    expect(groups.a_name_that_is_very_long_indeed?.values).toEqual({ one_long_name: ['x'] });
  });

  it('unfolds to what was folded', () => {
    const { groups, plugins } = folded(models);
    const plugin = { repository: '', name: '', version: '', commit: '', date: '', historyFrom: '' };
    const data = { ...EMPTY, groups, plugins: { plugin: { ...plugin, components: plugins.get('plugin')! } } };
    const sorted = (all: typeof models) =>
      [...all.get('plugin')!].map(([name, { facts, attributes }]) => [name, facts, Object.fromEntries(attributes)]);
    expect(sorted(unfolded(data) as typeof models)).toEqual(sorted(models));
  });

  it('sees what is wrong', async () => {
    const { data } = await refresh(EMPTY, 'new');
    const [[address, plugin]] = Object.entries(data.plugins) as [[string, (typeof data.plugins)[string]]];
    const wrong = (change: object, more: object = {}) =>
      PACKER_COMPONENTS.problems({
        ...data,
        plugins: { [address]: { ...plugin, date: '2026-01-01', ...change } },
        ...more,
      });
    expect(wrong({})).toEqual([]);
    expect(wrong({ date: '' })).toEqual([`${address}: has no date`]);
    expect(wrong({ version: 'v1' })).toEqual([`${address}: has no version`]);
    expect(wrong({}, { types: { ...data.types, 'kettle.Pot': {} } })).toEqual(['unused type kettle.Pot']);
    const { 'sdk.KeyValue': _, ...types } = data.types;
    expect(wrong({}, { types })).toEqual(['the type sdk.KeyValue does not exist']);
    const components = (component: object) => ({ components: { ...plugin.components, ...component } });
    expect(wrong(components({ 'builder x': {} }))).toEqual([`${address}: builder x has an unknown kind`]);
    expect(wrong(components({ 'source x': { groups: 'g' } }))).toEqual([
      `${address}: source x uses the unknown group g`,
    ]);
    expect(
      wrong(components({ 'source x': { attributes: { string: 'a' }, required: 'a b', requiredOneOf: ['a c'] } })),
    ).toEqual([`${address}: source x has no attribute b`, `${address}: source x has no attribute c`]);
    const twice = { other: { ...plugin, date: '2026-01-01' }, [address]: { ...plugin, date: '2026-01-01' } };
    expect(wrong({}, { plugins: twice })).toEqual(['data kettle-leaf occurs twice', 'source kettle occurs twice']);
  });
});

it('versions are compared by their numbers', () => {
  expect(['1.10.0', '1.2.0', '0.9.9', '1.2.10'].toSorted(compareVersions)).toEqual([
    '0.9.9',
    '1.2.0',
    '1.2.10',
    '1.10.0',
  ]);
});
