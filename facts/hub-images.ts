/** Does Docker Hub have an image of a name without a namespace? */
import type { ImageReference } from './image-reference.ts';
import { groupsOf } from './image-tags/listed.ts';

/** Official images, among them those that are not built any more and can still be pulled. A name too many only means silence. */
const OFFICIAL: ReadonlySet<string> = new Set(
  (
    'adoptopenjdk adminer aerospike almalinux alt api-firewall arangodb backdrop celery centos chronograf cirros clearlinux clefos ' +
    'composer consul convertigo couchbase couchdb crate crux debian django dart docker docker-dev eclipse-mosquitto eggdrop elasticsearch ' +
    'emqx erlang euleros express-gateway fedora fluentd fsharp gazebo geonetwork ghost glassfish gradle haproxy haskell haxe ' +
    'hello-seattle hello-world hipache hitch hola-mundo hylang ibm-semeru-runtimes ibmjava influxdb iojs irssi jenkins jetty jobber ' +
    'joomla jruby julia kaazing-gateway kapacitor kibana known kong krakend lightstreamer liquibase logstash mageia mariadb ' +
    'matomo maven mediawiki mono mongo-express monica mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary ' +
    'nuxeo odoo open-liberty openjdk opensuse oraclelinux orientdb owncloud percona perl photon php php-zendserver phpmyadmin piwik ' +
    'plone postfixadmin postgres pypy python r-base rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb ' +
    'rocket.chat rockylinux ros ruby rust sapmachine satosa scratch sentry silverpeas sl solr sonarqube sourcemage spark spiped ' +
    'storm swarm swift swipl teamspeak telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart unit ' +
    'varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper java amazonlinux amazoncorretto archlinux bash busybox alpine ' +
    'buildpack-deps caddy cassandra clojure eclipse-temurin elixir friendica gcc golang groovy httpd mongo memcached bonita chibicc'
  ).split(' '),
);
/** Names that Podman knows of other registries: https://github.com/containers/shortnames */
const SHORT_NAMES =
  /^(?:ubi|rhel|fedora|opensuse|sles?|centos|stream|suse|oracle|rocky|alma|toolbox|buildah|podman|skopeo|hello|manageiq|conmon|crun)/;

/** Also for names that only Podman finds, in other registries. */
export const isOnDockerHub = (repository: string): boolean =>
  OFFICIAL.has(repository) || SHORT_NAMES.test(repository) || groupsOf(repository).length > 0;

/** Whether an image was most likely built on the machine: a name of one word that Docker Hub has no image of. */
export const isOnNoRegistry = ({ name, repository }: ImageReference): boolean =>
  name === `docker.io/library/${repository}` && !isOnDockerHub(repository);
