/** Which images are known to run as root? */
import { nameOf } from '../../core/path.ts';
import { distributionOf } from '../../facts/distribution.ts';
import { tagReading } from '../../facts/end-of-life/images.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import type { StageBase } from './tree.ts';

/** Publishers whose images run as root, by their documentation. */
const ROOT_BASE = new RegExp(
  `^(?:${[
    '(?:docker\\.io|public\\.ecr\\.aws/docker|mirror\\.gcr\\.io)/library/',
    'docker\\.io/(?:amd64|arm64v8|arm32v7|i386|rockylinux|almalinux|opensuse|oraclelinux|rocm|balenalib)/',
    'docker\\.io/(?:continuumio|condaforge|rapidsai|nvidia/cuda|pytorch/pytorch|tensorflow/tensorflow|redhat/ubi)',
    'quay\\.io/(?:centos|fedora|rockylinux|almalinux|pypa|condaforge)/',
    'registry\\.(?:access\\.)?redhat\\.(?:com|io)/ubi\\d+/ubi(?:-minimal|-micro|-init)?$',
    'registry\\.(?:fedoraproject\\.org|suse\\.com)/',
    'container-registry\\.oracle\\.com/os/',
    'nvcr\\.io/nvidia/(?!distroless/)',
    'public\\.ecr\\.aws/(?:amazonlinux|ubuntu|debian)/',
    'gcr\\.io/distroless/',
    'mcr\\.microsoft\\.com/(?:dotnet|java|openjdk|cbl-mariner/base|azurelinux/base)/',
  ].join('|')})`,
);
/** Official images that set a user themselves, by their Dockerfiles. https://hub.docker.com/u/library */
const WITH_OWN_USER: ReadonlySet<string> = new Set(
  (
    'adminer api-firewall elasticsearch emqx fluentd geonetwork groovy haproxy hitch irssi jetty kibana kong krakend ' +
    'liquibase logstash memcached nuxeo odoo open-liberty satosa solr sonarqube spiped teamspeak varnish websphere-liberty'
  ).split(' '),
);
/** In the names of images that set a user. */
const WITH_USER_IN_NAME = /nonroot|non-root|rootless|unprivileged|chiseled/;
/**
 * Images of .NET without a shell set a user, and these repositories have no others.
 * https://github.com/dotnet/dotnet-docker/blob/main/documentation/distroless.md
 */
const DOTNET_WITH_USER =
  /^mcr\.microsoft\.com\/dotnet\/(?:aspire-dashboard|monitor|yarp)(?:[:@]|$)|^mcr\.microsoft\.com\/dotnet\/.*-distroless/;
/** A single word of the library: names that nobody else publishes under. */
const isLibrary = (name: string) => distributionOf(name) !== undefined || tagReading(name) !== undefined;

/** Whether an image is known to run as root; one that is not known is not. `assumed`: with the defaults of the file. */
export function isRootBase(base: StageBase | undefined): boolean {
  if (base?.kind === 'scratch') return true;
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  // Without the tag that a misspelled variable takes away, the repository still says it.
  const reference = text === undefined ? undefined : parseImageReference(text.replace(/:$/, ''));
  if (reference === undefined || !ROOT_BASE.test(reference.name)) return false;
  if (WITH_USER_IN_NAME.test(text!) || DOTNET_WITH_USER.test(text!)) return false;
  if (reference.name.includes('/library/') && WITH_OWN_USER.has(nameOf(reference.name))) return false;
  // A single word may also be a local image that no registry has.
  return reference.repository.includes('/') || isLibrary(reference.name);
}
