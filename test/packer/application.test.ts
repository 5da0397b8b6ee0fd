/** Applications that are taken out of templates: what is written passes our own rules, and the template stays valid. */
import { describe, expect, it } from 'vitest';
import { NO_CONFIG, settingsWith } from '../../core/config/resolve.ts';
import type { Extraction } from '../../core/editor.ts';
import { applyEdits } from '../../core/fixer.ts';
import { lint } from '../../core/linter.ts';
import { EXAMPLE_DAY, engineOf } from '../../dev/engine.ts';
import { packerEditor } from '../../languages/packer/editor/index.ts';
import { rules } from '../../rules/index.ts';
import { read } from './read.ts';

const engine = engineOf(rules);

interface Taken {
  readonly files: Readonly<Record<string, string>>;
  readonly containerfile: string;
  readonly compose: string;
  readonly template: string;
}

function extractions(template: string, files: Readonly<Record<string, string>> = {}, path = '/w/image.pkr.hcl') {
  const { build } = read(template, files, path);
  return packerEditor.extractions!(build);
}

function taken(
  one: Extraction,
  template: string,
  names: readonly string[] = [],
  owners: readonly string[] = [],
): Taken {
  const { files, edits } = one.make({ isTaken: name => names.includes(name), owners });
  const byName = Object.fromEntries(files.map(({ name, text }) => [name, text]));
  return {
    files: byName,
    containerfile: files.find(({ name }) => name.startsWith('Containerfile'))?.text ?? '',
    compose: files.find(({ name }) => name.startsWith('compose'))?.text ?? '',
    template: applyEdits(template, edits),
  };
}

function found(path: string, text: string): string[] {
  const files = { read: () => null, list: () => null };
  const input = { engine, settings: settingsWith(NO_CONFIG, [], rules, 'strict'), files, today: EXAMPLE_DAY };
  return (lint({ path, text }, input)?.diagnostics ?? []).map(({ rule, message }) => `${rule}: ${message}`);
}

/** What is allowed to be found in a file that is written: only asking a registry gives a digest, and only people know the owner. */
const findingsIn = (text: string): string[] =>
  found('/w/Containerfile', text).filter(
    one => !one.startsWith('base-image-without-digest') && !/^empty-label: .*placeholder/.test(one),
  );

const template = (...provisioners: readonly string[]): string => `source "amazon-ebs" "shop" {
  ami_name   = "shop-1.4.2"
  source_ami = "ami-0123456789abcdef0"
}

build {
  sources = ["source.amazon-ebs.shop"]

${provisioners.join('\n\n')}
}
`;
const shell = (...lines: readonly string[]): string =>
  `  provisioner "shell" {\n    inline = [\n${lines.map(line => `      ${JSON.stringify(line)},\n`).join('')}    ]\n  }`;
const upload = (source: string, destination: string): string =>
  `  provisioner "file" {\n    source      = ${JSON.stringify(source)}\n    destination = ${JSON.stringify(destination)}\n  }`;
const unit = (start: string, more = ''): string => `  provisioner "file" {
    destination = "/etc/systemd/system/shop.service"
    content     = <<EOT
[Service]
WorkingDirectory=/opt/shop
User=shop
${more}ExecStart=${start}
EOT
  }`;

interface Stack {
  readonly install: readonly string[];
  readonly start: string;
  readonly files: readonly string[];
  readonly packages: string;
}
const STACKS: Readonly<Record<string, readonly Stack[]>> = {
  node: [
    { install: ['npm ci --omit=dev'], start: '/usr/bin/node server.js', files: ['dist/', './'], packages: 'nodejs' },
    { install: ['npm install', 'npm run build'], start: '/usr/bin/npm start', files: ['app/'], packages: 'nodejs npm' },
    {
      install: ['yarn install --frozen-lockfile'],
      start: 'node /opt/shop/index.js --port 3000',
      files: ['../shop-app/'],
      packages: 'nodejs-20',
    },
    {
      install: ['pnpm install --frozen-lockfile', 'pnpm build'],
      start: 'node index.js',
      files: ['package.json'],
      packages: 'nodejs',
    },
  ],
  python: [
    {
      install: ['pip3 install -r requirements.txt'],
      start: '/opt/shop/venv/bin/gunicorn --bind 0.0.0.0:8000 shop.wsgi',
      files: ['app/'],
      packages: 'python3 python3-venv',
    },
    {
      install: ['pip install -r /opt/shop/requirements.txt'],
      start: '/usr/bin/python3 /opt/shop/main.py',
      files: ['requirements.txt', './'],
      packages: 'python3.12',
    },
    {
      install: ['poetry install --no-dev'],
      start: '/usr/local/bin/uvicorn shop:app --port 8000',
      files: ['src/'],
      packages: 'python3',
    },
    { install: ['uv sync --frozen'], start: 'uvicorn shop:app', files: ['src/'], packages: 'python3' },
  ],
  go: [
    {
      install: ['go build -o /opt/shop/shop ./cmd/shop'],
      start: '/opt/shop/shop -addr :9000',
      files: ['src/', './'],
      packages: 'golang',
    },
    { install: ['go build'], start: '/usr/local/bin/shop', files: ['app/'], packages: 'golang-go' },
  ],
  java: [
    {
      install: [],
      start: '/usr/bin/java -jar /opt/shop/shop.jar --server.port=8081',
      files: ['target/shop.jar'],
      packages: 'openjdk-17-jre-headless',
    },
    {
      install: ['mvn -B package'],
      start: '/usr/bin/java -Xmx512m -jar /opt/shop/target/shop.jar',
      files: ['app/'],
      packages: 'openjdk-21-jdk maven',
    },
    {
      install: ['./gradlew bootJar'],
      start: '/usr/bin/java -jar /opt/shop/build/libs/shop.jar',
      files: ['app/'],
      packages: 'java-8-openjdk',
    },
    { install: [], start: '/usr/share/tomcat9/bin/catalina.sh run', files: ['target/shop.war'], packages: 'tomcat9' },
  ],
  ruby: [
    {
      install: ['bundle install --deployment'],
      start: '/usr/local/bin/bundle exec puma -p 3000',
      files: ['app/'],
      packages: 'ruby-full',
    },
  ],
  php: [
    { install: ['composer install --no-dev'], start: '', files: ['app/', 'index.php'], packages: 'php8.3-fpm nginx' },
    { install: [], start: '', files: ['app/index.php'], packages: 'apache2 php' },
  ],
  rust: [
    { install: ['cargo build --release'], start: '/opt/shop/target/release/shop', files: ['app/'], packages: 'cargo' },
  ],
  static: [
    { install: [], start: '', files: ['dist/', 'public/'], packages: 'nginx' },
    { install: ['npm ci', 'npm run build'], start: '', files: ['frontend/'], packages: 'nginx nodejs' },
  ],
  unknown: [
    {
      install: [],
      start: '/opt/shop/bin/shop serve',
      files: ['build/shop', 'release.tar.gz', 'app.zip'],
      packages: 'curl',
    },
    {
      install: ['dotnet publish -c Release'],
      start: '/usr/bin/dotnet /opt/shop/shop.dll',
      files: ['src/'],
      packages: 'dotnet-sdk-8.0',
    },
  ],
};

/** Every stack, uploaded and cloned, with a unit and without. */
function* templates(): Generator<readonly [name: string, text: string]> {
  for (const [name, stacks] of Object.entries(STACKS))
    for (const [i, { install, start, files, packages }] of stacks.entries()) {
      const commands = install.map(one => `cd /opt/shop && ${one}`);
      const ways = [
        ...files.map(file => [file, upload(file, '/opt/shop')] as const),
        ['clone', shell('git clone https://git.example.com/team/shop.git /opt/shop')] as const,
        ['nowhere', ''] as const,
        ['tag', shell('git clone --branch v1.4.2 git@git.example.com:team/shop.git /opt/shop')] as const,
      ];
      const units = start === '' ? [[]] : [[], [unit(start)], [unit(start, 'Environment=PORT=8080 MODE=live\n')]];
      for (const [way, provisioner] of ways)
        for (const [j, written] of units.entries())
          yield [
            `${name} ${i} ${way} ${j}`,
            template(
              shell(`apt-get install -y ${packages}`),
              provisioner,
              ...(commands.length > 0 ? [shell(...commands)] : []),
              ...written,
            ),
          ];
    }
}

describe('an application that is taken out', () => {
  const all = [...templates()].filter(([, text]) => extractions(text).length > 0);

  it('is found in most of the templates', () => {
    expect(all.length).toBeGreaterThan(80);
    expect(new Set(all.map(([name]) => name.split(' ')[0]))).toEqual(new Set(Object.keys(STACKS)));
  });

  it.each(all)('%s: the Containerfile passes the strict rules, and the template stays one', (_, text) => {
    const { containerfile, compose, template: left } = taken(extractions(text)[0]!, text);
    expect({ containerfile, findings: findingsIn(containerfile) }).toEqual({ containerfile, findings: [] });
    expect(compose).toMatch(/^services:\n {2}shop:\n {4}build:\n/m);
    expect(found('/w/image.pkr.hcl', left).filter(one => one.startsWith('syntax-error'))).toEqual([]);
    expect(left).toMatch(/# (?:The application is built and run with|TODO: )/);
  });

  it('has the command, the ports, the account and the environment of its unit', () => {
    const text = template(
      upload('app/', '/opt/shop'),
      unit(
        '/opt/shop/venv/bin/gunicorn --bind 0.0.0.0:8000 shop.wsgi',
        'Environment="MODE=two words"\nEnvironmentFile=-/etc/shop.env\n',
      ),
      shell('cd /opt/shop && pip install -r requirements.txt', 'sudo systemctl enable shop'),
    );
    const { containerfile, compose, template: left } = taken(extractions(text)[0]!, text);
    expect(containerfile).toContain('CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]');
    expect(containerfile).toContain('EXPOSE 8000');
    expect(containerfile).toContain('# On the machine the account is shop.\nUSER 10001:10001');
    expect(compose).toContain('      MODE: "two words"');
    expect(compose).toContain('    env_file:\n      - "/etc/shop.env"');
    // Provisioners in a row leave one comment.
    expect(left.match(/#.*/g)).toEqual(['# The application is built and run with Containerfile and compose.yaml.']);
    expect(left).not.toContain('provisioner');
  });

  it('says whose it is as the tags of the image do, and else leaves a placeholder that the rules report', () => {
    const provisioners = [
      shell('git clone --branch v1.4.2 https://git.example.com/team/shop.git /opt/shop', 'cd /opt/shop && npm ci'),
    ];
    const plain = template(...provisioners);
    const owned = plain.replace(
      '  source_ami = ',
      '  tags = {\n    Owner      = "Payments <payments@example.com>"\n    CostCenter = "4711"\n  }\n  source_ami = ',
    );
    const without = taken(extractions(plain)[0]!, plain).containerfile;
    expect(without).toContain('# TODO: say whose this image is\n');
    expect(found('/w/Containerfile', without)).toContain(
      'empty-label: Label `org.opencontainers.image.authors` has a placeholder as its value',
    );
    const { containerfile } = taken(extractions(owned)[0]!, owned);
    expect(containerfile).toContain('org.opencontainers.image.authors="Payments <payments@example.com>"');
    expect(found('/w/Containerfile', containerfile).filter(one => !one.startsWith('base-image-'))).toEqual([]);
    // The repository says it where the template does not.
    const byPath = (text: string) => taken(extractions(text)[0]!, text, [], ['@acme/shop', '@acme/web']).containerfile;
    expect(byPath(plain)).toContain('org.opencontainers.image.authors="@acme/shop, @acme/web"');
    expect(byPath(plain)).not.toContain('whose this image is');
    expect(byPath(owned)).toContain('org.opencontainers.image.authors="Payments <payments@example.com>"');
  });

  it('runs migrations of a database apart from the build', () => {
    const text = template(
      upload('app/', '/opt/shop'),
      shell('cd /opt/shop', 'npm ci', 'npm run build', 'npx prisma migrate deploy'),
      unit('/usr/bin/node dist/server.js', 'Environment=PORT=8080 DB_PASSWORD=x9Tq-Wm2vLs8\n'),
    );
    const { containerfile, compose, template: left } = taken(extractions(text)[0]!, text);
    expect(containerfile).toContain('RUN npm ci\n');
    expect(containerfile).toContain('RUN npm run build\n');
    expect(containerfile).not.toContain('prisma');
    expect(compose).toContain('  # With each release: docker compose run --rm shop-migrate\n  shop-migrate:\n');
    expect(compose).toContain(
      '    command: ["npx", "prisma", "migrate", "deploy"]\n    environment:\n      PORT: "8080"\n',
    );
    expect(compose).not.toContain('x9Tq');
    expect(left).not.toContain('prisma');
    expect(findingsIn(containerfile)).toEqual([]);
  });

  it.each([
    ['npx prisma db push --force-reset', undefined],
    ['npx prisma db push --accept-data-loss', undefined],
    ['npx prisma db push', ['npx', 'prisma', 'db', 'push']],
    ['npm run db:migrate:undo', undefined],
    ['npm run migrate:fresh', undefined],
    ['npm run migrate:latest', ['npm', 'run', 'migrate:latest']],
    ['npm run run-migrations', ['npm', 'run', 'run-migrations']],
    ['npm run migration:revert', undefined],
    ['php artisan migrate:fresh --force', undefined],
    ['php artisan migrate:rollback', undefined],
    ['php artisan migrate --force', ['php', 'artisan', 'migrate', '--force']],
    ['bundle exec rails db:setup', undefined],
    ['bundle exec rails db:migrate:reset', undefined],
    ['bundle exec rails db:migrate VERSION=0', undefined],
    ['bundle exec rails db:migrate db:drop', undefined],
    ['bundle exec rails db:migrate', ['bundle', 'exec', 'rails', 'db:migrate']],
    ['python manage.py migrate shop zero', undefined],
    ['alembic upgrade head', ['alembic', 'upgrade', 'head']],
    ['dotnet ef database update 0', undefined],
    ['knex migrate:latest', ['knex', 'migrate:latest']],
  ])('%s', (command, words) => {
    const text = template(
      upload('app/', '/opt/shop'),
      shell('cd /opt/shop', 'npm ci', 'npm run build', command),
      unit('/usr/bin/node dist/server.js'),
    );
    const { compose, containerfile, template: left } = taken(extractions(text)[0]!, text);
    expect(containerfile).not.toContain(command);
    // What destroys data stays where it is.
    if (words === undefined) {
      expect(compose).not.toContain('With each release');
      expect(left).toContain(command);
    } else expect(compose).toContain(`    command: [${words.map(word => JSON.stringify(word)).join(', ')}]\n`);
  });

  it('reads a unit that is uploaded', () => {
    const text = template(upload('dist/', '/opt/shop'), upload('shop.service', '/etc/systemd/system/shop.service'));
    const service = '[Service]\nExecStart=/usr/bin/node /opt/shop/main.js\nEnvironment=PORT=9000\n';
    const { containerfile } = taken(extractions(text, { '/w/shop.service': service })[0]!, text);
    expect(containerfile).toContain('CMD ["node", "/opt/shop/main.js"]');
    expect(containerfile).toContain('EXPOSE 9000');
    expect(taken(extractions(text)[0]!, text).containerfile).toContain('# TODO: the template does not say how');
  });

  it('unpacks an archive before it installs, from where Packer is called', () => {
    const text = template(
      upload('./webapp.zip', '/tmp/webapp.zip'),
      '  provisioner "shell" {\n    script = "./packer/setup.sh"\n  }',
    );
    const files = { '/w/packer/setup.sh': 'unzip /tmp/webapp.zip -d /opt/shop\ncd /opt/shop\nnpm i\n' };
    const { containerfile, compose } = taken(extractions(text, files, '/w/packer/image.pkr.hcl')[0]!, text);
    expect(containerfile).toMatch(/^FROM busybox:\S+ AS unpacked\nWORKDIR \/src\nCOPY webapp\.zip \.\/\n/m);
    expect(containerfile).toContain('RUN unzip -q webapp.zip && rm webapp.zip\n');
    expect(containerfile).toContain('COPY --from=unpacked /src ./\nRUN npm ci\n\nFROM');
    expect(compose).toContain('context: ".."\n      dockerfile: packer/Containerfile\n');
    const fixed = text.replace('./webapp.zip', `${'$'}{path.root}/webapp.zip`);
    expect(taken(extractions(fixed, files, '/w/packer/image.pkr.hcl')[0]!, fixed).compose).toContain('context: "."');
    expect(findingsIn(containerfile)).toEqual([]);
  });

  it('installs once', () => {
    const text = template(upload('app/', '/opt/shop'), shell('cd /opt/shop && npm install', 'cd /opt/shop && npm ci'));
    const { containerfile } = taken(extractions(text)[0]!, text);
    expect(containerfile.match(/npm ci/g)).toEqual(['npm ci']);
  });

  it('copies the single files that are uploaded together', () => {
    const text = template(
      upload('files/app.py', '/opt/shop/app.py'),
      upload('files/requirements.txt', '/opt/shop/requirements.txt'),
      unit('/opt/shop/venv/bin/python /opt/shop/app.py', 'Environment=PATH=/opt/shop/venv/bin:/bin MODE=live\n'),
    );
    const { containerfile, compose } = taken(extractions(text)[0]!, text);
    expect(containerfile).toContain(
      'COPY files/app.py files/requirements.txt ./\n# TODO: the template does not install',
    );
    // The image has its own.
    expect(compose).not.toContain('PATH');
    expect(compose).toContain('MODE');
  });

  it('builds no archive that the template uploads under an unknown name', () => {
    const text = template(
      '  provisioner "file" {\n    source      = var.app_jar\n    destination = "/opt/shop/shop.jar"\n  }',
      unit('/usr/bin/java -jar /opt/shop/shop.jar'),
    );
    const { containerfile } = taken(extractions(`variable "app_jar" {}\n${text}`)[0]!, text);
    expect(containerfile).not.toContain('mvn');
    expect(containerfile).toContain('copy it to /opt/shop/shop.jar\n');
  });

  it('leaves the unit of another application', () => {
    const text = template(
      shell('git clone https://git.example.com/team/shop.git /opt/shop', 'cd /opt/shop && npm ci'),
      shell('git clone https://git.example.com/team/radio.git /opt/radio'),
      upload('radio.service', '/etc/systemd/system/radio.service'),
    );
    expect(taken(extractions(text)[0]!, text).template).toContain('source      = "radio.service"');
  });

  it('keeps what a provisioner does for the machine', () => {
    const text = template(shell('apt-get install -y curl', 'cd /opt/shop && npm ci'));
    const { template: left } = taken(extractions(text)[0]!, text);
    expect(left).toContain('apt-get install -y curl');
    expect(left).toContain('# TODO: Containerfile and compose.yaml do this now, remove it here: `npm ci`\n');
  });

  it('has no secret of the template in it', () => {
    const token = 'ghp_' + 'a8Kd02mZxQ7LpWv4RtY1uBnC5sEfGh3JiO6M';
    const text = template(
      shell(`git clone https://oauth2:${token}@git.example.com/team/shop.git /opt/shop`, 'cd /opt/shop && npm ci'),
      unit(`/usr/bin/node server.js --token=${token}`, `Environment=DB_PASSWORD=x9Tq-Wm2vLs8 PORT=8080\n`),
    );
    const { files } = taken(extractions(text)[0]!, text);
    const written = Object.values(files).join('\n');
    expect(written).not.toContain('a8Kd02mZ');
    expect(written).not.toContain('x9Tq');
    expect(written).toContain('DB_PASSWORD: "${DB_PASSWORD:?it is given when the container starts}"');
  });

  it('is a Compose file alone where the image starts containers', () => {
    const text = template(
      shell(
        'git clone https://git.example.com/team/deploy.git /srv/deploy',
        'docker run -d --restart always --name web -p 80:8080 -e MODE=a$b -v data:/data registry.example.com/shop:1.4.2',
      ),
    );
    const [one] = extractions(text);
    expect(one!.title).toBe('Extract the containers into a Compose file…');
    const { files } = taken(one!, text);
    expect(Object.keys(files)).toEqual(['compose.yaml']);
    expect(files['compose.yaml']).toContain('image: "registry.example.com/shop:1.4.2"');
    expect(files['compose.yaml']).toContain('    ports:\n      - "80:8080"');
  });

  it('is not offered where nothing is known of it', () => {
    expect(extractions(template(shell('docker compose up -d')))).toEqual([]);
    expect(extractions(template(shell('apt-get install -y nginx')))).toEqual([]);
  });

  it('is not offered where containers are what runs', () => {
    const service = '[Service]\nWorkingDirectory=/srv/shop\nExecStart=/usr/bin/docker compose up\n';
    const text = template(
      upload('shop.service', '/tmp/shop.service'),
      shell(
        'git clone https://github.com/example/shop',
        'sudo cp /tmp/shop.service /etc/systemd/system/',
        'sudo systemctl enable shop',
      ),
    );
    expect(extractions(text, { '/w/shop.service': service })).toEqual([]);
    expect(extractions(template(upload('app/', '/opt/shop'), shell('cd /opt/shop && docker compose create')))).toEqual(
      [],
    );
    expect(
      extractions(template(shell('git clone https://github.com/example/shop'), upload('shop.service', '/tmp/'))),
    ).toEqual([]);
  });

  it('clones what the machine has, and starts it where it does', () => {
    const text = template(
      upload('tools.sh', '/tmp/tools.sh'),
      unit('/usr/bin/node server.js', '').replace('ExecStart', 'WorkingDirectory=/srv/shop/api\nExecStart'),
      shell(
        'git clone https://github.com/example/shop /srv/shop',
        'cd /srv/shop',
        'git checkout v1.4',
        'cd api && npm ci',
      ),
    );
    const { containerfile } = taken(extractions(text)[0]!, text);
    expect(containerfile).toContain('ADD https://github.com/example/shop.git#v1.4 ./');
    expect(containerfile).toContain('WORKDIR /srv/shop\n');
    expect(containerfile).toContain('WORKDIR /srv/shop/api\nUSER');
  });

  it('knows a program from a directory, and the application from a configuration file', () => {
    const program = template(
      upload('./app', '/tmp/app'),
      unit('/opt/shop/app', ''),
      shell('sudo cp /tmp/app /opt/shop/app'),
    );
    expect(taken(extractions(program)[0]!, program).containerfile).toContain('COPY app ./\n');
    const archive = template(
      upload('webapp.zip', '/home/admin/'),
      shell(
        'unzip webapp.zip',
        'cd webapp',
        'npm ci',
        'sudo cp /home/admin/webapp/agent.json /opt/agent/etc/agent.json',
      ),
    );
    expect(taken(extractions(archive)[0]!, archive).containerfile).not.toContain('/opt/agent');
  });

  it('keeps an upload that another provisioner goes on to use', () => {
    const text = template(
      upload('app/', '/tmp/app'),
      unit('/usr/bin/node /opt/shop/server.js', ''),
      shell('sudo apt-get install -y nodejs', 'sudo cp -r /tmp/app /opt/shop', 'cd /opt/shop && npm ci'),
    );
    const { template: left } = taken(extractions(text)[0]!, text);
    expect(left).toContain('destination = "/tmp/app"');
    expect(left).toContain('# TODO: Containerfile and compose.yaml do this now, remove it here: directory `app`');
  });

  it('leaves JSON templates as they are', () => {
    const text = JSON.stringify({
      source: { 'amazon-ebs': { shop: { ami_name: 'shop' } } },
      build: {
        sources: ['source.amazon-ebs.shop'],
        provisioner: [{ file: { source: 'dist/', destination: '/opt/shop' } }],
      },
    });
    const [one] = extractions(text, {}, '/w/image.pkr.json');
    expect(one!.make({ isTaken: () => false, owners: [] })).toMatchObject({
      edits: [],
      files: [{ name: 'Containerfile' }, { name: 'compose.yaml' }],
    });
  });

  it('takes names that are free', () => {
    const text = template(upload('dist/', '/opt/shop'));
    const [one] = extractions(text);
    expect(Object.keys(taken(one!, text, ['Dockerfile']).files)).toEqual(['Containerfile.shop', 'compose.yaml']);
    const all = ['Containerfile', 'Containerfile.shop', 'compose.yaml', 'compose.shop.yaml'];
    expect(Object.keys(taken(one!, text, all).files)).toEqual(['Containerfile.shop.2', 'compose.shop.yaml.2']);
  });
});
