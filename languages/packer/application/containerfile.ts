/** Writes the Containerfile of an application. What the template does not say is a TODO in it, and never a guess. */
import { nameOf } from '../../../core/path.ts';
import type { Application } from './application.ts';
import {
  commandLines,
  installsOfPython,
  isInstall,
  linesOf,
  manifestsOf,
  onceClean,
  usesOne,
  withinTodo,
  withoutOrder,
} from './build-commands.ts';
import { contextOf } from './context.ts';
import { allSources, copyAll, sources, zipOf } from './copies.ts';
import { type ChosenImage, chosen, longTermJava, type Runtime, runtimeOf, versionOf } from './runtimes.ts';

/** The account of applications whose image has none. */
const ACCOUNT = '10001:10001';

interface Writing {
  readonly app: Application;
  /** Where the application is in the image. */
  readonly directory: string;
  readonly version: string | undefined;
}

/** The Containerfile; `template` is the name of the file that the application is taken out of. */
export function containerfileOf(app: Application, template: string): string {
  const runtime = runtimeOf(app);
  const writing: Writing = {
    app,
    directory: app.directory ?? '/app',
    version: runtime && versionOf(app, runtime),
  };
  const lines = [
    '# syntax=docker/dockerfile:1',
    `# The application ${app.name}, taken out of ${template}. Look at each TODO before the first build.`,
    '',
    ...unpackStage(app),
    ...STAGES[runtime ?? 'unknown'](writing),
  ];
  return `${lines.join('\n')}\n`;
}

const STAGES: Readonly<Record<Runtime | 'unknown', (writing: Writing) => readonly string[]>> = {
  node(writing) {
    const { version } = writing;
    const build = chosen('node', version, one => one, ['lts', 'latest']);
    const final = chosen('node', version, one => `${one}-slim`, ['lts-slim', 'slim']);
    return [
      ...buildStage(writing, build, ['package.json', 'package-lock.json'], ['npm', 'yarn', 'pnpm'], ['npm ci']),
      '',
      ...from(final),
      ...head(writing),
      'ENV NODE_ENV=production',
      `WORKDIR ${writing.directory}`,
      'COPY --from=build /src ./',
      ...tail(writing, 'node'),
    ];
  },
  python(writing) {
    const { version } = writing;
    const tagged = (one: string): string => `${one}-slim`;
    const base = chosen('python', version, tagged, ['3-slim', 'slim']);
    const manifests = usesOne(writing.app, ['poetry', 'uv']) ? ['pyproject.toml'] : ['requirements.txt'];
    return [
      ...buildStage(writing, base, manifests, ['pip', 'pip3', 'poetry', 'uv'], installsOfPython(writing.app), [
        '# The packages are in an environment of their own, which the image takes over as a whole.',
        'RUN python -m venv /venv',
        'ENV PATH="/venv/bin:$PATH" VIRTUAL_ENV=/venv PIP_NO_CACHE_DIR=1 POETRY_VIRTUALENVS_CREATE=false',
      ]),
      '',
      ...from({ image: base.image }),
      ...head(writing),
      'ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1',
      `WORKDIR ${writing.directory}`,
      'COPY --from=build /venv /venv',
      'COPY --from=build /src ./',
      ...tail(writing, ACCOUNT),
    ];
  },
  go(writing) {
    const build = chosen('golang', writing.version, one => one, ['1', 'latest']);
    const command = writing.app.commands.find(({ program }) => program === 'go');
    const target = command?.words?.slice(2).filter((word, i, all) => word !== '-o' && all[i - 1] !== '-o') ?? ['.'];
    return [
      ...from(build, 'build'),
      'WORKDIR /src',
      ...sources(writing.app, ['go.mod', 'go.sum'], ['RUN go mod download']),
      ...(command?.within === '' || !command ? [] : [withinTodo(command)]),
      `RUN CGO_ENABLED=0 go build -o /out/${writing.app.name} ${target.length > 0 ? target.join(' ') : '.'}`,
      '',
      ...from(chosen('alpine', undefined, one => one, ['latest'])),
      ...head(writing),
      `WORKDIR ${writing.directory}`,
      `COPY --from=build /out/${writing.app.name} /usr/local/bin/${writing.app.name}`,
      ...tail(writing, ACCOUNT, [`/usr/local/bin/${writing.app.name}`]),
    ];
  },
  java(writing) {
    const { app, version, directory } = writing;
    const lts = longTermJava();
    const final = chosen(
      'eclipse-temurin',
      version,
      one => `${one}-jre`,
      lts.map(one => `${one}-jre`),
    );
    const release = /:(\d{1,2})/.exec(final.image)?.[1] ?? '21';
    const jar = artifactOf(app, /\.(?:jar|war|ear)$/i) ?? 'app.jar';
    const isWar = jar.endsWith('.war') || app.packages.some(name => name.startsWith('tomcat'));
    const base = isWar
      ? chosen('tomcat', undefined, one => one, [`jre${release}`, `jdk${release}-temurin`, 'latest'])
      : final;
    const place = isWar ? '/usr/local/tomcat/webapps/ROOT.war' : `${directory}/${jar}`;
    const rest = [
      ...from(base),
      ...head(writing),
      ...(isWar ? ['# TODO: check that Tomcat needs to write to webapps/ for nothing of this application'] : []),
      `WORKDIR ${isWar ? '/usr/local/tomcat' : directory}`,
    ];
    const end = tail(writing, ACCOUNT, isWar ? ['catalina.sh', 'run'] : javaStart(app, place));
    const { origin } = app;
    if (app.commands.length === 0 && origin?.kind === 'upload' && origin.form === 'file') {
      const { path } = contextOf(app);
      if (path === undefined)
        return [...rest, `# TODO: the path of the archive is not certain in the template: copy it to ${place}`, ...end];
      if (/\.(?:jar|war|ear)$/i.test(path)) return [...rest, `COPY ${path} ${place}`, ...end];
    }
    const gradle = usesOne(writing.app, ['gradle', 'gradlew']);
    const wrapper = usesOne(writing.app, ['mvnw', 'gradlew']);
    const tool = wrapper
      ? chosen('eclipse-temurin', release, one => `${one}-jdk`, [`${release}-jdk`])
      : gradle
        ? chosen('gradle', release, one => `jdk${one}`, [`jdk${release}`, 'latest'])
        : chosen('maven', release, one => `3-eclipse-temurin-${one}`, [`3-eclipse-temurin-${release}`, 'latest']);
    return [
      ...from(tool, 'build'),
      'WORKDIR /src',
      ...allSources(writing.app),
      ...commandLines(writing.app, [gradle ? 'gradle assemble' : 'mvn -B package']),
      '',
      ...rest,
      '# TODO: name the one file that the build makes',
      `COPY --from=build /src/${gradle ? 'build/libs' : 'target'}/${jar} ${place}`,
      ...end,
    ];
  },
  ruby(writing) {
    const { version } = writing;
    const build = chosen('ruby', version, one => one, ['4', 'latest']);
    const final = chosen('ruby', version, one => `${one}-slim`, ['slim']);
    const settings = 'BUNDLE_DEPLOYMENT=1 BUNDLE_PATH=/bundle BUNDLE_WITHOUT=development:test';
    return [
      ...buildStage(writing, build, ['Gemfile', 'Gemfile.lock'], ['bundle'], ['bundle install'], [`ENV ${settings}`]),
      '',
      ...from(final),
      ...head(writing),
      `ENV ${settings}`,
      `WORKDIR ${writing.directory}`,
      'COPY --from=build /bundle /bundle',
      'COPY --from=build /src ./',
      ...tail(writing, ACCOUNT),
    ];
  },
  php(writing) {
    const { app, version } = writing;
    const final = chosen('php', version, one => `${one}-apache`, ['apache']);
    const installs = usesOne(writing.app, ['composer']);
    const isOwnServer = app.unit?.start !== undefined && /^php/.test(nameOf(app.unit.start[0]!));
    return [
      ...from(
        chosen('composer', undefined, one => one, ['2', 'latest']),
        'build',
      ),
      'WORKDIR /src',
      ...(installs
        ? sources(
            writing.app,
            ['composer.json', 'composer.lock'],
            [
              '# TODO: install the extensions that composer.json asks for in the last stage',
              'RUN composer install --no-dev --no-scripts --ignore-platform-reqs',
            ],
          )
        : allSources(writing.app)),
      '',
      ...from(final),
      ...head(writing),
      '# The account of the server may not listen on port 80.',
      "RUN sed -i 's/^Listen 80$/Listen 8080/' /etc/apache2/ports.conf \\",
      " && sed -i 's/:80>/:8080>/' /etc/apache2/sites-available/000-default.conf",
      'WORKDIR /var/www/html',
      '# TODO: check that the pages are in the root of the application and not in public/',
      'COPY --from=build /src ./',
      ...tail(writing, 'www-data', isOwnServer ? undefined : [], 8080),
    ];
  },
  rust(writing) {
    const { app } = writing;
    const binary = app.unit?.start ? nameOf(app.unit.start[0]!) : app.name;
    return [
      ...from(
        chosen('rust', undefined, one => one, ['1', 'latest']),
        'build',
      ),
      'WORKDIR /src',
      ...allSources(writing.app),
      ...commandLines(writing.app, ['cargo build --release --locked']),
      '',
      ...from(debian()),
      ...head(writing),
      `WORKDIR ${writing.directory}`,
      '# TODO: check the name of the program',
      `COPY --from=build /src/target/release/${binary} /usr/local/bin/${binary}`,
      ...tail(writing, ACCOUNT, [`/usr/local/bin/${binary}`]),
    ];
  },
  static(writing) {
    const { app } = writing;
    const built = app.commands.length > 0;
    return [
      ...(built
        ? [
            ...buildStage(
              writing,
              chosen('node', undefined, one => one, ['lts', 'latest']),
              ['package.json', 'package-lock.json'],
              ['npm', 'yarn', 'pnpm'],
              ['npm ci'],
            ),
            '',
          ]
        : ['# TODO: add a stage that makes these files, where something makes them']),
      ...from(chosen('caddy', undefined, one => one, ['2-alpine', 'latest'])),
      ...head(writing),
      '# TODO: what the web server of the machine is configured to do, such as redirects, is not in here',
      'WORKDIR /srv',
      ...(built
        ? ['# TODO: check where the build puts the pages', 'COPY --from=build /src/dist ./']
        : copyAll(writing.app)),
      `USER ${ACCOUNT}`,
      'EXPOSE 8080',
      'CMD ["caddy", "file-server", "--root", "/srv", "--listen", ":8080"]',
    ];
  },
  unknown(writing) {
    return [
      '# TODO: choose the base image that has what the application runs on',
      ...from(debian()),
      ...head(writing),
      `WORKDIR ${writing.directory}`,
      ...copyAll(writing.app),
      ...writing.app.commands.flatMap(command => [
        `# TODO: the template runs ${command.words?.join(' ') ?? command.program}: do it in a stage of its own`,
      ]),
      ...tail(writing, ACCOUNT),
    ];
  },
};

/** What `ADD` does not unpack. */
function unpackStage(app: Application): string[] {
  const path = zipOf(app);
  if (path === undefined) return [];
  return [
    ...from(
      chosen('busybox', undefined, one => one, ['latest']),
      'unpacked',
    ),
    'WORKDIR /src',
    `COPY ${path} ./`,
    '# TODO: check whether everything in it is in one directory',
    `RUN unzip -q ${nameOf(path)} && rm ${nameOf(path)}`,
    '',
  ];
}

const debian = (): ChosenImage => chosen('debian', undefined, one => one, ['trixie-slim', 'stable-slim']);

function from({ image, insteadOf }: ChosenImage, stage?: string): string[] {
  return [
    ...(insteadOf === undefined
      ? []
      : [`# TODO: the machine has ${insteadOf}, which is not listed or not supported: test with this release`]),
    `FROM ${image}${stage === undefined ? '' : ` AS ${stage}`}`,
  ];
}

/** Labels say whose it is. */
function head({ app }: Writing): string[] {
  const source = app.origin?.kind === 'clone' && app.origin.url.startsWith('https://') ? app.origin.url : undefined;
  const missing = [
    ...(app.owner === undefined ? ['whose this image is'] : []),
    ...(source ? [] : ['where its source is']),
  ];
  return [
    // The rules report the placeholders until they are replaced.
    ...(missing.length > 0 ? [`# TODO: say ${missing.join(', and ')}`] : []),
    `LABEL org.opencontainers.image.title=${JSON.stringify(app.name)} \\`,
    `      org.opencontainers.image.description=${JSON.stringify(`The application ${app.name}`)} \\`,
    `      org.opencontainers.image.source=${JSON.stringify(source ?? 'TODO')} \\`,
    `      org.opencontainers.image.authors=${labelText(app.owner ?? 'TODO')}`,
  ];
}

/** In double quotes a Dockerfile fills in variables. */
const labelText = (text: string): string => JSON.stringify(text).replaceAll('$', '\\$');

/** The account, the ports and the command. `start` is for what runs the same way everywhere; an empty one is the image's. */
function tail({ app, directory }: Writing, account: string, start?: readonly string[], port?: number): string[] {
  const ports = port === undefined ? app.ports : [port];
  const command = start ?? startOf(app);
  return [
    ...(app.unit?.user === undefined || app.unit.user === 'root'
      ? []
      : [`# On the machine the account is ${app.unit.user}.`]),
    ...(app.unit?.directory?.startsWith(`${directory}/`) ? [`WORKDIR ${app.unit.directory}`] : []),
    `USER ${account}`,
    ...(ports.length > 0
      ? [`EXPOSE ${ports.join(' ')}`]
      : ['# TODO: name the port that the application listens on with EXPOSE']),
    ...(command === undefined
      ? ['# TODO: the template does not say how the application is started: add CMD ["…"]']
      : command.length > 0
        ? [`CMD ${execForm(command)}`]
        : []),
  ];
}

function execForm(words: readonly string[]): string {
  return `[${words.map(word => JSON.stringify(word)).join(', ')}]`;
}

/** `java` with the options that it has on the machine. */
function javaStart(app: Application, place: string): readonly string[] {
  const words = startOf(app);
  const jar = words?.indexOf('-jar') ?? -1;
  return words && jar > 0 ? words.map((word, i) => (i === jar + 1 ? place : word)) : ['java', '-jar', place];
}

/** The command of the unit as it is in the image: programs of the system and of an environment by their names. */
function startOf({ started, unit }: Application): readonly string[] | undefined {
  const words = unit?.start ?? started;
  if (!words) return undefined;
  const [program, ...rest] = words as [string, ...string[]];
  const isInstalled = /^\/(?:usr\/(?:local\/)?)?s?bin\//.test(program) || /\/(?:\.?venv|env)\/bin\//.test(program);
  const name = nameOf(program).replace(/^nodejs$/, 'node');
  return [isInstalled || !program.startsWith('/') ? name : program, ...rest];
}

/** A stage that installs and builds, with what the installation reads copied first. */
function buildStage(
  writing: Writing,
  base: ChosenImage,
  manifests: readonly string[],
  programs: readonly string[],
  otherwise: readonly string[],
  before: readonly string[] = [],
): string[] {
  const known = writing.app.commands.filter(({ program }) => programs.includes(program));
  const installs = known.filter(isInstall);
  const builds = known.filter(command => !isInstall(command));
  const runs = installs.length > 0 ? onceClean(installs.flatMap(linesOf)) : withoutOrder(otherwise);
  return [
    ...from(base, 'build'),
    'WORKDIR /src',
    ...before,
    ...(otherwise.length > 0 || installs.length > 0
      ? sources(writing.app, manifestsOf(manifests, known), runs)
      : allSources(writing.app)),
    ...builds.flatMap(linesOf),
  ];
}

/** The name of a file that is uploaded, or that is started. */
function artifactOf({ origin, unit }: Application, pattern: RegExp): string | undefined {
  const started = unit?.start?.map(nameOf).find(word => pattern.test(word));
  return started ?? (origin?.kind === 'upload' && pattern.test(origin.name) ? origin.name : undefined);
}
