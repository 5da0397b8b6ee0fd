/** Servers of applications, their debuggers and managers, and tools for developers that are open to everyone. */
import { CODE_SERVER, DEV_SERVER, ELASTICSEARCH, JUPYTER, type Opening, VNC } from './openings.ts';
import type { OpeningOption, OpeningSetting, OpeningVariable } from './table.ts';

const YES = /^(?:true|yes|on|1|y)$/i;
const NO = /^(?:false|no|off|0)$/i;
const EVERY_ADDRESS = '(?:\\*|0\\.0\\.0\\.0|\\[::\\])';

// https://docs.oracle.com/en/java/javase/21/management/monitoring-and-management-using-jmx-technology.html
const JMX: Opening = {
  service: 'JMX',
  lets: 'run code through JMX',
  help: 'Require a login and TLS, or bind it to `localhost`',
};
// https://docs.oracle.com/en/java/javase/21/docs/specs/jpda/conninv.html
const JDWP: Opening = {
  service: 'JDWP',
  lets: 'run code through the debugger',
  help: 'Leave the debugger out of the image, or bind it to `localhost`',
};
// https://www.keycloak.org/server/configuration#_starting_keycloak_in_development_mode
const KEYCLOAK: Opening = {
  service: 'Keycloak',
  lets: 'read logins: development mode serves plain HTTP',
  help: 'Use `start`, with `--hostname` and a certificate',
};
// https://docs.haproxy.org/3.2/management.html#9.3
const HAPROXY: Opening = {
  service: 'HAProxy',
  lets: 'reconfigure HAProxy',
  help: 'Use a Unix socket with `mode 600`, or bind it to `127.0.0.1`',
};
// http://supervisord.org/configuration.html#inet-http-server-section-settings
const SUPERVISOR: Opening = {
  service: 'Supervisor',
  lets: 'start and stop programs',
  help: 'Set `username` and `password`, or bind it to `127.0.0.1`',
};
// https://docs.posit.co/ide/server-pro/, https://rocker-project.org/images/versioned/rstudio.html
const RSTUDIO: Opening = {
  service: 'RStudio Server',
  lets: 'run code in RStudio without a login',
  help: 'Leave the login on, and set the password when the container starts',
};
// https://github.com/bitnami/containers
const BITNAMI: Opening = {
  service: 'the service',
  lets: 'use the service without a password',
  help: 'Set a password when the container starts',
};
// https://github.com/mongo-express/mongo-express#readme
const MONGO_EXPRESS: Opening = {
  service: 'mongo-express',
  lets: 'read and change the databases',
  help: 'Leave basic authentication on, with a password of your own',
};
// https://docs.spring.io/spring-boot/reference/actuator/endpoints.html
const ACTUATOR: Opening = {
  service: 'Spring Boot Actuator',
  lets: 'reach all endpoints, also `heapdump` and `env`',
  help: 'List the endpoints that are needed, such as `health`',
};
// https://airflow.apache.org/docs/apache-airflow-providers-fab/stable/auth-manager/api-authentication.html
const AIRFLOW: Opening = {
  service: 'Airflow',
  lets: 'use the API of Airflow',
  help: 'Use a backend that asks for a login',
};
// https://www.pgadmin.org/docs/pgadmin4/latest/container_deployment.html
const PGADMIN: Opening = {
  service: 'pgAdmin',
  lets: 'use pgAdmin without a login',
  help: 'Leave the server mode on',
};
// https://tomcat.apache.org/tomcat-11.0-doc/manager-howto.html#Configuring_Manager_Application_Access
export const TOMCAT: Opening = {
  service: 'Tomcat',
  lets: 'reach the manager of Tomcat',
  help: 'Keep the valve, with the addresses of administrators',
};
// https://learn.microsoft.com/iis/manage/remote-administration/remote-administration-for-iis-manager
export const IIS: Opening = {
  service: 'IIS',
  lets: 'try to log in to the management of IIS',
  help: 'Leave remote management off, and rebuild the image for changes',
};

const DEBUGGED = new RegExp(`jdwp[=:][^\\s"']{0,200}\\baddress=${EVERY_ADDRESS}:\\d{1,5}`);

export const APPLICATION_VARIABLES: readonly OpeningVariable[] = [
  {
    ...JMX,
    name: /(?:OPTS|OPTIONS|ARGS)$/,
    on: /-Dcom\.sun\.management\.jmxremote\.authenticate=false/,
    // Without a port it is for the machine itself.
    onlyWith: /\.jmxremote\.port=/,
    closedBy: /\.jmxremote\.host=(?:127\.|localhost)/,
    part: true,
  },
  { ...JDWP, name: /(?:OPTS|OPTIONS|ARGS)$/, on: DEBUGGED, part: true },
  { ...RSTUDIO, name: 'DISABLE_AUTH', on: YES, image: /rocker|rstudio/ },
  { ...BITNAMI, name: 'ALLOW_EMPTY_PASSWORD', on: YES },
  { ...BITNAMI, name: 'ALLOW_ANONYMOUS_LOGIN', on: YES },
  { ...BITNAMI, name: 'ALLOW_NONE_AUTHENTICATION', on: YES },
  { ...MONGO_EXPRESS, name: 'ME_CONFIG_BASICAUTH', on: NO },
  { ...ACTUATOR, name: 'MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE', on: /^["']?\*["']?$/ },
  { ...AIRFLOW, name: /^AIRFLOW__(?:API|FAB)__AUTH_BACKENDS?$/, on: /auth\.backend\.default$/ },
  { ...PGADMIN, name: 'PGADMIN_CONFIG_SERVER_MODE', on: NO },
  { ...VNC, name: /^(?:SE_)?VNC_NO_PASSWORD$/, on: YES },
  { ...DEV_SERVER, name: 'VAULT_DEV_LISTEN_ADDRESS', on: /^0\.0\.0\.0:/ },
];

export const APPLICATION_OPTIONS: readonly OpeningOption[] = [
  { ...KEYCLOAK, program: /^(?:kc\.sh|keycloak(?:-x)?)$/, option: /^start-dev$/ },
  {
    ...CODE_SERVER,
    program: /^openvscode-server$/,
    option: /^--without-connection-token$/,
    onlyWith: /^--host (?:0\.0\.0\.0|::)/,
  },
  { ...RSTUDIO, program: /^(?:rserver|rstudio-server)$/, option: /^--auth-none$/, value: YES },
  {
    ...VNC,
    program: /^x11vnc$/,
    option: /^-nopw$/,
    closedBy: /^-(?:localhost|rfbauth|passwd|passwdfile|usepw|unixpw)(?: |$)|^-listen (?:localhost|127\.)/,
  },
  { ...ELASTICSEARCH, program: /^elasticsearch$/, option: /^-Expack\.security\.enabled$/, value: NO },
  {
    ...JMX,
    program: /^java$/,
    option: /^-Dcom\.sun\.management\.jmxremote\.authenticate$/,
    value: NO,
    onlyWith: /\.jmxremote\.port /,
    closedBy: /\.jmxremote\.host (?:127\.|localhost)/,
  },
  { ...JDWP, program: /^java$/, option: /^-agentlib:jdwp$/, value: new RegExp(`\\baddress=${EVERY_ADDRESS}:\\d{1,5}`) },
];

export const APPLICATION_SETTINGS: readonly OpeningSetting[] = [
  {
    ...HAPROXY,
    path: /haproxy[\w./-]{0,60}\.cfg$/,
    format: 'sections',
    // A key of two words is read as a key and its value.
    key: /(?:^|\.)stats$/,
    each: true,
    value: /^socket[ \t]{1,8}(?:ipv[46]@)?(?:0\.0\.0\.0|\*|\[?::\]?)?:\d{1,5}\b/,
  },
  {
    ...SUPERVISOR,
    path: /(?:^|\/)supervis[\w./-]{0,60}\.(?:conf|ini)$/,
    format: 'sections',
    key: /^inet_http_server\.port$/,
    value: /^(?:(?:0\.0\.0\.0|\*)?:)?\d{1,5}$/,
    closedBy: /^[ \t]*password[ \t]*=/m,
  },
  {
    ...JUPYTER,
    path: /(?:^|\/)jupyter[\w./-]{0,60}_config\.py$/,
    format: 'sections',
    key: /^c\.(?:NotebookApp|ServerApp|IdentityProvider)\.token$/,
    value: /^(?:''|"")?$/,
    closedBy: /^[ \t]*c\.(?:\w+\.(?:hashed_)?password)[ \t]*=[ \t]*u?["'][^"'\s]/m,
  },
  { ...RSTUDIO, path: /(?:^|\/)rserver\.conf$/, format: 'sections', key: /^auth-none$/, value: YES },
  {
    ...ACTUATOR,
    path: /(?:^|\/)application[\w-]{0,30}\.properties$/,
    format: 'sections',
    key: /^management\.endpoints\.web\.exposure\.include$/,
    value: /^\*$/,
    closedBy:
      /^[ \t]{0,8}management\.(?:endpoints\.web\.exposure\.exclude[ \t]{0,8}[=:][ \t]{0,8}\S|server\.address[ \t]{0,8}[=:][ \t]{0,8}(?:127\.|localhost))/m,
  },
  {
    ...ACTUATOR,
    path: /(?:^|\/)application[\w-]{0,30}\.ya?ml$/,
    format: 'yaml',
    key: /^management\.endpoints\.web\.exposure\.include$/,
    value: /^\*$/,
    closedBy:
      /^[ \t]{1,40}exposure:[ \t]{0,8}\r?\n(?:[ \t]{1,40}include:[^\n]{0,200}\n)?[ \t]{1,40}exclude:[ \t]{1,8}\S|^[ \t]{0,40}server:[ \t]{0,8}\r?\n(?:[ \t]{1,40}port:[^\n]{0,40}\n)?[ \t]{1,40}address:[ \t]{1,8}["']?(?:127\.|localhost)/m,
  },
];
