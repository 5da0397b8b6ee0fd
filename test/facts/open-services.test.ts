import { beforeAll, describe, expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { type Engine, lower } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { APPLICATION_OPTIONS, APPLICATION_VARIABLES } from '../../facts/open-services/applications.ts';
import type { Opening } from '../../facts/open-services/openings.ts';
import { OPENING_OPTIONS, OPENING_VARIABLES } from '../../facts/open-services/table.ts';
import { openServices } from '../../facts/open-services.ts';
import { languages } from '../../languages/index.ts';

let engine: Engine;
beforeAll(() => {
  engine = engineOf([]);
});

function openingsIn(text: string): readonly Opening[] {
  const language = languages.find(({ id }) => id === 'dockerfile')!;
  const build = lower({ path: 'Dockerfile', text }, language, { engine, files: NO_FILES });
  return [...openServices(build, new Set(build.stages))].map(({ opening }) => opening);
}

const inImage = (image: string, variable: string) => openingsIn(`FROM ${image}\nENV ${variable}\n`);
const started = (line: string) => openingsIn(`FROM debian:13.1\nCMD ${JSON.stringify(line.split(' '))}\n`);

const JMX = '-Dcom.sun.management.jmxremote';
const VARIABLES: readonly (readonly [image: string, variable: string])[] = [
  ['mysql:8.4.6', 'MYSQL_ALLOW_EMPTY_PASSWORD=yes'],
  ['mariadb:11.8.3', 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1'],
  ['mariadb:11.8.3', 'MARIADB_ALLOW_EMPTY_PASSWORD=true'],
  ['postgres:17.7', 'POSTGRES_HOST_AUTH_METHOD=trust'],
  ['grafana/grafana:12.1.0', 'GF_AUTH_ANONYMOUS_ENABLED=true'],
  ['traefik:3.5.0', 'TRAEFIK_API_INSECURE=true'],
  ['rancher/k3s:v1.34.1-k3s1', 'K3S_KUBECONFIG_MODE=0644'],
  ['elasticsearch:9.1.0', 'xpack.security.enabled=false'],
  ['opensearchproject/opensearch:3.3.2', 'DISABLE_SECURITY_PLUGIN=true'],
  ['opensearchproject/opensearch:3.3.2', 'plugins.security.disabled=true'],
  ['neo4j:5.26.0', 'NEO4J_AUTH=none'],
  ['neo4j:5.26.0', 'NEO4J_dbms_security_auth__enabled=false'],
  ['neo4j:5.26.0', 'dbms.security.auth_enabled=false'],
  ['influxdb:1.8.10', 'INFLUXDB_HTTP_AUTH_ENABLED=false'],
  ['woodpeckerci/woodpecker-server:v3.12.0', 'WOODPECKER_OPEN=true'],
  ['drone/drone:2.26.0', 'DRONE_OPEN=true'],
  ['tomcat:11.0.13', `CATALINA_OPTS="${JMX}.port=9010 ${JMX}.authenticate=false"`],
  ['tomcat:11.0.13', 'JAVA_OPTS="-agentlib:jdwp=transport=dt_socket,server=y,address=*:8000"'],
  ['rocker/rstudio:4.5.2', 'DISABLE_AUTH=true'],
  ['bitnami/mariadb:11.8.3', 'ALLOW_EMPTY_PASSWORD=yes'],
  ['bitnami/zookeeper:3.9.4', 'ALLOW_ANONYMOUS_LOGIN=yes'],
  ['bitnami/etcd:3.6.5', 'ALLOW_NONE_AUTHENTICATION=yes'],
  ['mongo-express:1.0.2', 'ME_CONFIG_BASICAUTH=false'],
  ['eclipse-temurin:21.0.9_10-jre', 'MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE=*'],
  ['apache/airflow:2.10.5', 'AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.default'],
  ['dpage/pgadmin4:9.10.0', 'PGADMIN_CONFIG_SERVER_MODE=False'],
  ['selenium/standalone-chrome:142.0', 'SE_VNC_NO_PASSWORD=1'],
  ['hashicorp/vault:1.21.0', 'VAULT_DEV_LISTEN_ADDRESS=0.0.0.0:8200'],
];

const OPTIONS: readonly string[] = [
  'ttyd -p 7681 bash',
  'vault server -dev -dev-listen-address=0.0.0.0:8200',
  'memcached -l 0.0.0.0',
  'redis-server --protected-mode no',
  'mongod --noauth',
  'k3s server --write-kubeconfig-mode 644',
  'traefik --api.insecure',
  'traefik --api.insecure=true',
  'jupyter lab --ServerApp.token=',
  'kubelet --anonymous-auth=true',
  'kubelet --authorization-mode=AlwaysAllow',
  'code-server --auth none --bind-addr 0.0.0.0:8080',
  'cockroach start --insecure',
  'mysqld --skip-grant-tables',
  'vncserver -SecurityTypes None',
  'kc.sh start-dev',
  'openvscode-server --host 0.0.0.0 --without-connection-token',
  'rserver --auth-none=1',
  'x11vnc -nopw',
  'elasticsearch -Expack.security.enabled=false',
  `java ${JMX}.port=9010 ${JMX}.authenticate=false -jar app.jar`,
  'java -agentlib:jdwp=transport=dt_socket,server=y,address=*:8000 -jar app.jar',
];

describe('a case of every row', () => {
  test('variables', () => {
    const found = new Set(VARIABLES.flatMap(one => inImage(...one)));
    expect([...OPENING_VARIABLES, ...APPLICATION_VARIABLES].filter(row => !found.has(row))).toEqual([]);
    expect(VARIABLES.filter(one => inImage(...one).length === 0)).toEqual([]);
  });
  test('options', () => {
    const found = new Set(OPTIONS.flatMap(started));
    expect([...OPENING_OPTIONS, ...APPLICATION_OPTIONS].filter(row => !found.has(row))).toEqual([]);
    expect(OPTIONS.filter(one => started(one).length === 0)).toEqual([]);
  });
});

test.each([
  'ttyd -p 7681 -i lo bash',
  'ttyd -p 7681 -c admin:$PASSWORD bash',
  'vault server -dev',
  'code-server --auth none --host 127.0.0.1',
  'mysqld_safe --skip-grant-tables --bind-address=127.0.0.1',
  'vncserver -SecurityTypes None -localhost',
  'vncserver -SecurityTypes None -localhost yes',
  'x11vnc -nopw -rfbauth /etc/x11vnc.pw',
  'openvscode-server --without-connection-token',
  `java ${JMX}.authenticate=false -jar app.jar`,
])('not open: %s', line => {
  expect(started(line)).toEqual([]);
});

test('a value of -localhost that opens it', () => {
  expect(started('vncserver -SecurityTypes None -localhost no')).toHaveLength(1);
});
