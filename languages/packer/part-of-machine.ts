/** Which container images, archives and manifests are part of a machine or its cluster rather than of an application. */
import { nameOf } from '../../core/path.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { readArguments } from '../../shell/programs/index.ts';

/** Names that are longer say nothing. */
const LONGEST = 300;

/** The container engine's own images, and agents of the machine. */
const OF_THE_MACHINE =
  /(?:^|\/)(?:kindest\/[a-z]+|buildkit|binfmt|qemu-user-static|pause|coredns|etcd|flannel[a-z-]*|calico[a-z/-]*|cilium[a-z-]*|kube-[a-z-]+|amazon-ecs-[a-z-]+|amazon-k8s-cni[a-z-]*|node-exporter|cadvisor|fluent-?bit|fluentd|vector|agent|datadog-agent|ssm-agent|[a-z-]*-agent|hello-world|registry|portainer[a-z-]*|watchtower)$|^(?:registry\.k8s\.io|k8s\.gcr\.io|mcr\.microsoft\.com\/oss\/kubernetes|moby|tonistiigi|rancher|amazon|datadog|prom)\//i;

/** Add-ons of a cluster. */
const ADDONS =
  /calico|flannel|cilium|weave|canal|antrea|multus|metallb|ingress|cert-manager|metrics-server|kubernetes-dashboard|\b(?:csi|cni|storageclass(?:es)?|crds?|vip|rook|flux|operator)\b|local-path|device-plugin|kube-|kubernetes\/|longhorn|prometheus|fluent|node-(?:exporter|problem-detector|feature-discovery)|argo-?cd|istio|linkerd|traefik|knative|tekton/i;

/** The cluster itself, in the name of an archive: `k3s-airgap-images-amd64.tar.zst`. */
const CLUSTER = /(?:^|[-_.])(?:k3s|k0s|rke2|k8s|kubernetes|kubeadm|kubelet)(?:[-_.]|$)/i;

/** What watches a Java program from inside. */
const JAVA_AGENT =
  /(?:^|[-_.])(?:java-?agent|jmx[\w.-]{0,30}exporter|jmx_prometheus\w{0,20}|dd-java-agent|elastic-apm-agent|opentelemetry[\w.-]{0,20}agent|applicationinsights-agent|newrelic|jolokia\w{0,20})(?=[-_.])/i;

const ARCHIVE = /\.(?:tgz|txz|tzst|tar(?:\.[a-z]\w{1,3})?)$/i;
const VERSION = /[-_:@]v?\d[\w.+-]{0,40}$/;

/** Whether an image is, by its repository: `registry.k8s.io/pause`. */
export function isImageOfMachine(repository: string): boolean {
  return repository.length > LONGEST || OF_THE_MACHINE.test(repository);
}

/** Whether the manifests at a path or an address are those of an add-on. */
export function isAddOn(path: string): boolean {
  return ADDONS.test(path);
}

/** Whether an archive of images is, or a JAR file, by its path: `/tmp/coredns_1.11.tar.gz`. */
export function isArchiveOfMachine(path: string): boolean {
  if (path.length > LONGEST) return true;
  const name = nameOf(path);
  if (/\.jar$/i.test(name)) return JAVA_AGENT.test(name);
  const stem = name.replace(ARCHIVE, '').replace(VERSION, '');
  return isImageOfMachine(stem.replaceAll('_', '/')) || CLUSTER.test(stem) || isAddOn(path);
}

/** The words that may name an archive of which a command loads container images; `undefined` for other commands. */
export function loadedArchives(invocation: Invocation): readonly string[] | undefined {
  const { args, command, program } = invocation;
  const given = readArguments(invocation);
  const isLoad = /^(?:docker|podman|nerdctl) (?:image )?(?:load|import)$/.test(`${given.program} ${given.verb}`);
  // `ctr -n k8s.io images import FILE`
  const words = args
    .map(({ text }) => text)
    .filter((_, i) => !/^(?:-n|--namespace|-a|--address)$/.test(args[i - 1]?.text ?? ''));
  const isImport = IMPORTERS.has(program) && / images? import(?: |$)/.test(` ${words.join(' ')}`);
  if (!isLoad && !isImport) return undefined;
  const read = command.redirects.flatMap(({ operator, target }) => (operator === '<' && target ? [target.text] : []));
  const producer = command.pipeline[command.pipeline.indexOf(command) - 1];
  return [...words, ...read, ...(producer?.words.map(({ text }) => text) ?? [])];
}

const IMPORTERS: ReadonlySet<string> = new Set(['ctr', 'k3s', 'k0s']);
