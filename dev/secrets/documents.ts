/** Whole build files with a secret planted in them, in each of the places that the rules know, and files that only look like it. */
import type { LanguageId } from '../../core/build.ts';
import type { Random } from './random.ts';

/** A build file with `⟦S⟧` where the secret goes (and `⟦W⟧` where a word for a password does). */
export interface Plant {
  /** The class that figures are counted for: where the secret is. */
  readonly sink: string;
  readonly language: LanguageId;
  readonly path: string;
  readonly text: string;
}

const PATHS: Readonly<Record<LanguageId, string>> = {
  dockerfile: 'Dockerfile',
  packer: 'image.pkr.hcl',
  'cloud-init': 'user-data',
};
const HEADS: Readonly<Record<LanguageId, string>> = {
  dockerfile: 'FROM debian:12.8\n',
  packer: '',
  'cloud-init': '#cloud-config\n',
};

const plant = (sink: string, language: LanguageId, text: string): Plant => ({
  sink,
  language,
  path: PATHS[language],
  text: HEADS[language] + text,
});
const docker = (sink: string, ...lines: readonly string[]): Plant => plant(sink, 'dockerfile', `${lines.join('\n')}\n`);
const packer = (sink: string, text: string): Plant => plant(sink, 'packer', `${text}\n`);
const cloud = (sink: string, text: string): Plant => plant(sink, 'cloud-init', `${text}\n`);
const inline = (command: string): Plant =>
  packer(
    'packer inline',
    `build {\n  sources = ["source.null.x"]\n  provisioner "shell" {\n    inline = [${JSON.stringify(command)}]\n  }\n}`,
  );

/** Commands that are given a secret; each is put into all three languages. */
const COMMANDS: readonly string[] = [
  'curl -u deploy:⟦S⟧ -O https://files.example.com/app.tgz',
  'curl --user deploy:⟦S⟧ https://files.example.com/',
  'curl -sSf -H "Authorization: Bearer ⟦S⟧" https://api.example.com/',
  'curl -H "PRIVATE-TOKEN: ⟦S⟧" https://git.example.com/',
  'wget --password=⟦S⟧ --user=deploy https://files.example.com/app.tgz',
  'wget --header "X-Api-Key: ⟦S⟧" https://files.example.com/app.tgz',
  'git clone https://deploy:⟦S⟧@git.example.com/team/app.git',
  'git config --global http.extraheader "Authorization: Bearer ⟦S⟧"',
  'npm config set //npm.example.com/:_authToken ⟦S⟧',
  'npm config set //npm.example.com/:_authToken=⟦S⟧',
  'pip install --index-url https://ci:⟦S⟧@pypi.example.com/simple app',
  'poetry config http-basic.internal ci ⟦S⟧',
  'poetry config pypi-token.pypi ⟦S⟧',
  'composer config --global github-oauth.github.com ⟦S⟧',
  'twine upload -u ci -p ⟦S⟧ dist/app.whl',
  'aws configure set aws_secret_access_key ⟦S⟧',
  'az login --service-principal -u app -p ⟦S⟧ --tenant example',
  'docker login -u ci -p ⟦S⟧ registry.example.com',
  'echo ⟦S⟧ | docker login -u ci --password-stdin registry.example.com',
  'gh auth login --with-token <<< ⟦S⟧',
  'vault login ⟦S⟧',
  'mysql -uroot -p⟦S⟧ -e "SELECT 1"',
  'mysqladmin -u root password ⟦S⟧',
  'psql -c "ALTER USER app PASSWORD \'⟦S⟧\'"',
  'PGPASSWORD=⟦S⟧ psql -h db -c "SELECT 1"',
  'redis-cli -a ⟦S⟧ ping',
  'mongosh -u root -p ⟦S⟧ --eval 1',
  'sshpass -p ⟦S⟧ ssh deploy@host.example.com true',
  'openssl enc -aes-256-cbc -pass pass:⟦S⟧ -in a -out b',
  'gpg --batch --passphrase ⟦S⟧ -c file',
  'zip -P ⟦S⟧ a.zip a',
  'keytool -genkey -storepass ⟦S⟧ -alias a',
  'echo "root:⟦S⟧" | chpasswd',
  'chpasswd <<< "app:⟦S⟧"',
  'echo ⟦S⟧ | passwd --stdin app',
  'useradd -m -p ⟦S⟧ app',
  'htpasswd -bc /etc/nginx/users admin ⟦S⟧',
  'export API_TOKEN=⟦S⟧ && make install',
  'API_TOKEN=⟦S⟧ make install',
  'env API_TOKEN=⟦S⟧ make install',
  'make install API_TOKEN=⟦S⟧',
  'sudo -E API_TOKEN=⟦S⟧ make install',
  'docker build --build-arg NPM_TOKEN=⟦S⟧ .',
  'docker run -d -e DB_PASSWORD=⟦S⟧ example/app:1.2.3',
  'tailscale up --authkey ⟦S⟧',
  'app register --token=⟦S⟧',
  'helm install app chart --set db.password=⟦S⟧',
  'helm upgrade app chart --set-string db.password=⟦S⟧',
  'kubectl create secret generic app --from-literal=password=⟦S⟧',
  'kubectl -n app create secret generic app --from-literal key=⟦S⟧',
  'kubectl create secret docker-registry hub --docker-username=ci --docker-password=⟦S⟧',
  'consul kv put app/db_password ⟦S⟧',
  'vault kv put secret/app password=⟦S⟧',
  "sed -i 's|^DB_PASSWORD=.*|DB_PASSWORD=⟦S⟧|' /etc/app/app.env",
  "sed -i -e 's|__DB_PASSWORD__|⟦S⟧|g' /etc/app/app.conf",
  'echo ⟦S⟧ | sudo -S apt-get update',
  'echo "//npm.example.com/:_authToken=⟦S⟧" > /root/.npmrc',
  'printf "machine example.com login ci password ⟦S⟧" >> ~/.netrc',
  'echo "DB_PASSWORD=⟦S⟧" | tee -a /etc/app/app.env',
  'sh -c "curl -u deploy:⟦S⟧ https://files.example.com/"',
  'if true; then export DB_PASSWORD="⟦S⟧"; fi',
];

const OTHERS: readonly Plant[] = [
  docker('ENV', 'ENV API_TOKEN=⟦S⟧'),
  docker('ENV', 'ENV A=1 DB_PASSWORD="⟦S⟧" \\', '    B=2'),
  docker('ENV', 'ENV DB_PASSWORD ⟦S⟧'),
  docker('ENV', 'ENV DATABASE_URL=postgres://app:⟦S⟧@db:5432/app'),
  docker('ARG default', 'ARG API_TOKEN=⟦S⟧', 'RUN make'),
  docker('ARG default', "ARG DB_PASSWORD='⟦S⟧'", 'ENV DB_PASSWORD=$DB_PASSWORD'),
  docker('LABEL', 'LABEL com.example.api-token="⟦S⟧"'),
  docker('exec form', 'CMD ["app", "--token", "⟦S⟧"]'),
  docker('exec form', 'ENTRYPOINT ["app", "--password=⟦S⟧"]'),
  docker('heredoc', 'RUN <<EOF', 'export API_TOKEN=⟦S⟧', 'make install', 'EOF'),
  docker('heredoc', 'RUN cat > /root/.netrc <<EOF', 'machine example.com login ci password ⟦S⟧', 'EOF'),
  docker('file', 'COPY <<EOF /app/.env', 'DB_HOST=db', 'DB_PASSWORD=⟦S⟧', 'EOF'),
  docker('file', 'COPY <<"EOF" /etc/app/config.yaml', 'db:', '  password: "⟦S⟧"', 'EOF'),
  docker('ADD', 'ADD https://ci:⟦S⟧@files.example.com/app.tgz /opt/'),
  docker('HEALTHCHECK', 'HEALTHCHECK CMD curl -u probe:⟦S⟧ http://localhost/'),
  packer('variable default', 'variable "db_password" {\n  type    = string\n  default = "⟦S⟧"\n}'),
  { ...packer('pkrvars', 'api_token = "⟦S⟧"'), path: 'prod.pkrvars.hcl' },
  packer('credential attribute', 'source "hcloud" "x" {\n  token = "⟦S⟧"\n  image = "debian-12"\n}'),
  packer('credential attribute', 'source "azure-arm" "x" {\n  client_secret = "⟦S⟧"\n}'),
  packer('credential attribute', 'source "qemu" "x" {\n  ssh_username = "root"\n  ssh_password = "⟦S⟧"\n}'),
  packer(
    'provisioner environment',
    'build {\n  sources = ["source.null.x"]\n  provisioner "shell" {\n    environment_vars = ["NPM_TOKEN=⟦S⟧"]\n    inline = ["make"]\n  }\n}',
  ),
  packer(
    'provisioner environment',
    'build {\n  sources = ["source.null.x"]\n  provisioner "shell" {\n    env = { NPM_TOKEN = "⟦S⟧" }\n    inline = ["make"]\n  }\n}',
  ),
  packer(
    'file content',
    'build {\n  sources = ["source.null.x"]\n  provisioner "file" {\n    destination = "/etc/app/app.env"\n    content = <<-EOF\n      DB_PASSWORD=⟦S⟧\n    EOF\n  }\n}',
  ),
  packer(
    'post-processor',
    'build {\n  sources = ["source.docker.x"]\n  post-processor "docker-push" {\n    login = true\n    login_password = "⟦S⟧"\n  }\n}',
  ),
  packer(
    'nested user-data',
    'source "qemu" "x" {\n  cd_content = {\n    "user-data" = <<-EOF\n      #cloud-config\n      password: ⟦S⟧\n    EOF\n  }\n}',
  ),
  cloud('account', 'password: ⟦S⟧'),
  cloud('account', 'users:\n  - name: a\n    plain_text_passwd: "⟦S⟧"'),
  cloud('account', 'users:\n  - name: a\n    passwd: ⟦S⟧'),
  cloud('account', 'chpasswd:\n  list: |\n    root:⟦S⟧'),
  cloud('account', 'chpasswd:\n  users:\n    - {name: a, password: ⟦S⟧, type: text}'),
  cloud('service', 'ubuntu_pro:\n  token: ⟦S⟧'),
  cloud('service', 'rh_subscription:\n  username: a\n  password: "⟦S⟧"'),
  cloud('service', 'landscape:\n  client:\n    registration_key: ⟦S⟧'),
  cloud('write_files', 'write_files:\n  - path: /etc/app/app.env\n    content: |\n      DB_PASSWORD=⟦S⟧'),
  cloud('write_files', 'write_files:\n  - path: /root/.netrc\n    content: machine example.com login ci password ⟦S⟧'),
  cloud(
    'write_files',
    'write_files:\n  - path: /opt/start.sh\n    content: |\n      #!/bin/sh\n      export API_TOKEN=⟦S⟧',
  ),
  cloud(
    'write_files',
    'write_files:\n  - path: /etc/systemd/system/app.service\n    content: |\n      [Service]\n      Environment=API_TOKEN=⟦S⟧',
  ),
  cloud(
    'write_files',
    'write_files:\n  - path: /etc/systemd/system/app.service.d/10-env.conf\n    content: |\n      [Service]\n      Environment="A=1" "API_TOKEN=⟦S⟧"',
  ),
  cloud(
    'write_files',
    'write_files:\n  - path: /root/.kube/config\n    content: |\n      users:\n        - name: a\n          user:\n            token: ⟦S⟧',
  ),
  cloud(
    'write_files',
    'write_files:\n  - path: /etc/app/app.json\n    content: \'{"db": {"user": "a", "password": "⟦S⟧"}}\'',
  ),
  cloud('write_files', 'write_files:\n  - path: /root/.npmrc\n    content: "//npm.example.com/:_password=⟦S⟧"'),
  docker(
    'heredoc',
    'RUN <<EOF',
    "cat > /etc/systemd/system/app.service <<'UNIT'",
    '[Service]',
    'Environment=DB_PASSWORD=⟦S⟧',
    'UNIT',
    'EOF',
  ),
  packer('typed', 'source "qemu" "x" {\n  boot_command = ["<tab> passwd/root-password=⟦S⟧<enter>"]\n}'),
  packer('typed', 'source "qemu" "x" {\n  boot_command = ["passwd<enter><wait>", "⟦S⟧<enter>⟦S⟧<enter>"]\n}'),
  packer(
    'answers',
    'source "qemu" "x" {\n  http_content = {\n    "/preseed.cfg" = "d-i passwd/root-password password ⟦S⟧\\n"\n  }\n}',
  ),
  packer(
    'answers',
    'source "qemu" "x" {\n  cd_content = {\n    "/ks.cfg" = "user --name=a --password=⟦S⟧ --plaintext\\n"\n  }\n}',
  ),
  packer(
    'answers',
    'source "qemu" "x" {\n  floppy_content = {\n    "Autounattend.xml" = "<unattend><Password><Value>⟦S⟧</Value></Password></unattend>"\n  }\n}',
  ),
  packer('sudo', 'source "qemu" "x" {\n  shutdown_command = "echo \'⟦S⟧\' | sudo -S shutdown -P now"\n}'),
  cloud('runcmd list', 'runcmd:\n  - [curl, -u, "deploy:⟦S⟧", https://files.example.com/]'),
];

/** Every place that the rules know. */
export const PLANTS: readonly Plant[] = [
  ...COMMANDS.flatMap(command => [
    docker('RUN', `RUN ${command}`),
    inline(command),
    cloud('runcmd', `runcmd:\n  - |\n    ${command}`),
  ]),
  ...OTHERS,
];

/** Files with a secret's words and no secret. `⟦S⟧` is something drawn by chance that is none there. */
export const TRAPS: readonly Plant[] = [
  docker('ENV', 'ENV TOKENIZERS_PARALLELISM=false GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568'),
  docker('ENV', 'ENV BUILD_ID=⟦S⟧ CACHE_KEY=⟦S⟧ IMAGE_DIGEST=⟦S⟧'),
  docker('ENV', 'ENV POSTGRES_PASSWORD_FILE=/run/secrets/pg SECRET_NAME=prod/app TOKEN_URL=https://example.com/t'),
  docker('ENV', 'ENV API_TOKEN=$API_TOKEN DB_PASSWORD= SECRET_KEY=changeme AUTH_TOKEN="<your token>"'),
  docker('ENV', 'ENV PUBLIC_KEY=⟦S⟧ PASSWORD_MIN_LENGTH=12 PASSWORDLESS=true COMPASS_ID=⟦S⟧'),
  docker('RUN', 'RUN curl -H "Authorization: Bearer $(cat /run/secrets/token)" https://api.example.com/'),
  docker('RUN', 'RUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) make'),
  docker('RUN', 'RUN echo "⟦S⟧  app.tgz" | sha256sum -c -'),
  docker('RUN', 'RUN git checkout ⟦S⟧ && curl -O https://example.com/⟦S⟧/app.tgz'),
  docker('RUN', 'RUN apt-key adv --recv-keys E3FF2839C048B25C084DEBE9B26995E310250568'),
  docker('RUN', 'RUN mysql -p"$MYSQL_ROOT_PASSWORD" -e "SELECT 1" && mkdir -p /a && cp -p x y && ssh -p 22 host'),
  docker('RUN', 'RUN keytool -import -storepass changeit -file ca.crt && openssl req -passout pass:x -out a'),
  docker('RUN', 'RUN echo "password: $(openssl rand -hex 16)" && head -c 32 /dev/urandom | base64 > /etc/key'),
  docker('LABEL', 'LABEL org.opencontainers.image.revision=⟦S⟧'),
  docker('COPY', 'COPY id_ed25519.pub .env.example ca.pem server.crt nodesource.gpg.key config.json ./'),
  docker('ARG', 'ARG GIT_SHA=⟦S⟧', 'ARG TOKEN_URL', 'ARG COMMIT', 'RUN make $COMMIT'),
  packer('variable', 'variable "db_password" {\n  type      = string\n  sensitive = true\n}'),
  packer(
    'variable',
    'variable "iso_checksum" {\n  default = "⟦S⟧"\n}\nvariable "ssh_private_key_file" {\n  default = "~/.ssh/id_ed25519"\n}',
  ),
  packer('variable', 'variable "token" {\n  sensitive = true\n  default = env("HCLOUD_TOKEN")\n}'),
  packer(
    'answers',
    'source "qemu" "x" {\n  boot_command = ["<tab> passwd/root-password=${var.x} iso=⟦S⟧<enter>"]\n  http_content = {\n    "/ks.cfg" = "rootpw --lock\\nurl --url=https://example.com/⟦S⟧\\n"\n  }\n}',
  ),
  docker(
    'RUN',
    'RUN sed -i "s/^PASSWORD=.*/PASSWORD=$PASSWORD/; s/COMMIT/⟦S⟧/" /etc/app.env && echo ⟦S⟧ | base64 -d > /a',
  ),
  packer('attribute', 'source "hcloud" "x" {\n  token = var.token\n  image = "debian-12"\n  ssh_keys = ["⟦S⟧"]\n}'),
  inline('echo ${var.token} | docker login -u ci --password-stdin && docker pull example/app:1.2.3 && docker logout'),
  cloud(
    'account',
    'users:\n  - name: a\n    lock_passwd: true\n    passwd: "*"\nchpasswd:\n  users:\n    - {name: b, type: RANDOM}\n  list: |\n    c:RANDOM',
  ),
  cloud(
    'account',
    'password: ${password}\nssh_authorized_keys:\n  - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA⟦S⟧ me@example',
  ),
  cloud(
    'write_files',
    'write_files:\n  - path: /etc/app/app.yaml\n    content: |\n      secretName: app-tls\n      existingSecret: app\n      password_file: /run/secrets/app\n      checksum: ⟦S⟧',
  ),
  cloud(
    'apt',
    'apt:\n  sources:\n    docker:\n      source: deb https://download.docker.com/linux/debian bookworm stable\n      keyid: 9DC858229FC7DD38854AE2D88D81803C0EBFCD88',
  ),
  cloud(
    'runcmd',
    'runcmd:\n  - kubeadm join host:6443 --token $TOKEN --discovery-token-ca-cert-hash sha256:⟦S⟧\n  - ufw allow 22',
  ),
];

/** A password as a generator makes it: letters of both cases and digits, of any usual length. */
export function opaque(random: Random): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const rest = random.text(alphabet, 14 + random.below(18));
  // Never without a digit, a capital and a small letter, as password policies ask.
  return `${random.text('abcdefghkmnpqrstuvwxyz', 1)}${random.text('23456789', 1)}${random.text('ABCDEFGHKLMNPQRSTUVWXYZ', 1)}${rest}`;
}

/** The text of a file with a secret in its place. */
export function filled({ text }: Plant, secret: string): string {
  return text.replaceAll('⟦S⟧', () => secret);
}
