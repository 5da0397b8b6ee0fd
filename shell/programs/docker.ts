/**
 * docker, https://docs.docker.com/reference/cli/docker/, podman(1), nerdctl and finch, which take its options, Compose, and clients of
 * registries and containers: buildah(1), skopeo(1), crictl, ctr, crane, oras, helm
 */
import type { Grammar, Program } from './grammar.ts';

const PLACEMENT = `
  -c,--cpu-shares=N  --cpuset-cpus=LIST  --cpuset-mems=LIST  --cpu-period=N  --cpu-quota=N  -m,--memory=BYTES
  --memory-swap=BYTES  --cgroup-parent=PATH  --isolation=TYPE  --shm-size=BYTES  --ulimit=LIMIT  --security-opt=OPTION
`;
const REGISTRY = `
  --authfile=FILE  --cert-dir=FOLDER  --creds=USER  --tls-verify[=BOOL]  --arch=ARCHITECTURE  --os=OS
  --variant=VARIANT
`;
const CONTAINER = `
  ${PLACEMENT} ${REGISTRY} --add-host=LIST  --annotation=PAIR  -a,--attach=STREAM  --blkio-weight=N
  --blkio-weight-device=LIST  --cap-add=LIST  --cap-drop=LIST  --cgroupns=MODE  --cgroups=MODE  --cgroup-conf=PAIR
  --chrootdirs=PATH  --cidfile=FILE  --conmon-pidfile=FILE  --cpu-count=N  --cpu-percent=N  --cpu-rt-period=N
  --cpu-rt-runtime=N  --cpus=N  -d,--detach  --detach-keys=KEYS  --device=DEVICE  --device-cgroup-rule=RULE
  --device-read-bps=LIST  --device-read-iops=LIST  --device-write-bps=LIST  --device-write-iops=LIST
  --disable-content-trust  --dns=ADDRESS  --dns-option,--dns-opt=OPTION  --dns-search=DOMAIN  --domainname=NAME
  --entrypoint=COMMAND  -e,--env=PAIR  --env-file=FILE  --env-host  --env-merge=PAIR  --expose=PORT  --gidmap=MAP
  --gpus=LIST  --group-add=GROUP  --health-cmd=COMMAND  --health-interval=TIME  --health-on-failure=ACTION
  --health-retries=N  --health-start-interval=TIME  --health-start-period=TIME  --health-timeout=TIME  --help
  -h,--hostname=NAME  --hostuser=NAME  --http-proxy  --image-volume=MODE  --init  --init-path=PATH  -i,--interactive
  --io-maxbandwidth=BYTES  --io-maxiops=N  --ip=ADDRESS  --ip6=ADDRESS  --ipc=MODE  --kernel-memory=BYTES
  -l,--label=PAIR  --label-file=FILE  --link=CONTAINER  --link-local-ip=ADDRESS  --log-driver=NAME  --log-opt=PAIR
  --mac-address=ADDRESS  --memory-reservation=BYTES  --memory-swappiness=N  --mount=SPEC  --name=NAME
  --network,--net=NETWORK  --network-alias,--net-alias=NAME  --no-healthcheck  --no-hosts  --oom-kill-disable
  --oom-score-adj=N  --passwd  --passwd-entry=ENTRY  --personality=NAME  --pid=MODE  --pidfile=FILE  --pids-limit=N
  --platform=PLATFORM  --pod=NAME  --pod-id-file=FILE  --preserve-fds=N  --privileged  -p,--publish=PORTS
  -P,--publish-all  --pull=POLICY  -q,--quiet  --read-only  --read-only-tmpfs  --replace  --requires=CONTAINER
  --restart=POLICY  --rm  --rmi  --rootfs  --runtime=NAME  --sdnotify=MODE  --seccomp-policy=POLICY  --secret=SECRET
  --sig-proxy  --stop-signal=SIGNAL  --stop-timeout=SECONDS  --storage-opt=PAIR  --subgidname=NAME  --subuidname=NAME
  --sysctl=PAIR  --systemd=MODE  --timeout=SECONDS  --tmpfs=LIST  -t,--tty  --tz=ZONE  --uidmap=MAP  --umask=MASK
  --unsetenv=NAME  --unsetenv-all  --use-api-socket  -u,--user=USER  --userns=MODE  --uts=MODE  -v,--volume=VOLUME
  --volume-driver=NAME  --volumes-from=CONTAINER  -w,--workdir=FOLDER
`;
/** After the image is a command line of its own. */
const RUN: Grammar = { options: CONTAINER, runs: 1 };
/** https://docs.docker.com/reference/cli/docker/service/create/ */
const SERVICE: Grammar = {
  runs: 1,
  options: `
    ${CONTAINER} --config=CONFIG  --constraint=EXPRESSION  --container-label=PAIR  --credential-spec=SPEC
    --endpoint-mode=MODE  --generic-resource=LIST  --group=GROUP  --host=LIST  --limit-cpu=N  --limit-memory=BYTES
    --limit-pids=N  --max-concurrent=N  --mode=MODE  --no-resolve-image  --placement-pref=PREF  --replicas=N
    --replicas-max-per-node=N  --reserve-cpu=N  --reserve-memory=BYTES  --restart-condition=CONDITION
    --restart-delay=TIME  --restart-max-attempts=N  --restart-window=TIME  --rollback-delay=TIME
    --rollback-failure-action=ACTION  --rollback-max-failure-ratio=N  --rollback-monitor=TIME  --rollback-order=ORDER
    --rollback-parallelism=N  --stop-grace-period=TIME  --update-delay=TIME  --update-failure-action=ACTION
    --update-max-failure-ratio=N  --update-monitor=TIME  --update-order=ORDER  --update-parallelism=N
    --with-registry-auth
  `,
};
const EXEC: Grammar = {
  runs: 1,
  options: `
    -d,--detach  --detach-keys=KEYS  -e,--env=PAIR  --env-file=FILE  -i,--interactive  --privileged  -t,--tty
    -u,--user=USER  -w,--workdir=FOLDER
  `,
};
const PULL: Grammar = {
  options: `
  ${REGISTRY} -a,--all-tags  --disable-content-trust  --platform=PLATFORM  -q,--quiet  --unpack=MODE  --policy=POLICY
  --retry=N
`,
};
const BUILD: Grammar = {
  options: `
    ${PLACEMENT} ${REGISTRY} --add-host=LIST  --allow=LIST  --annotation=PAIR  --attest=SPEC  --build-arg=PAIR
    --build-context=PAIR  --builder=NAME  --cache-from=SOURCE  --cache-to=DESTINATION  --call=METHOD  --check
    --compress  -f,--file=FILE  --force-rm  --iidfile=FILE  --label=PAIR  --load  --metadata-file=FILE  --network=MODE
    --no-cache  --no-cache-filter=STAGES  -o,--output=SPEC  --platform=PLATFORMS  --progress=TYPE  --provenance=SPEC
    --pull  --push  -q,--quiet  --rm  --sbom=SPEC  --secret=SPEC  --squash  --ssh=SPEC  -t,--tag=TAG  --target=STAGE
    --format=FORMAT  --layers  -v,--volume=VOLUME  --env=PAIR  --jobs=N  --logfile=FILE  --ignorefile=FILE
    --userns=MODE
  `,
};
const LOGIN: Grammar = {
  options: `
    -p,--password=PASSWORD  --password-stdin  -u,--username=USER  --authfile=FILE  --cert-dir=FOLDER
    --tls-verify[=BOOL]  --get-login  -v,--verbose
  `,
};

const COMPOSE_OPTIONS = `
  -f,--file=FILE  -p,--project-name=NAME  --profile=NAME  --project-directory,--workdir=FOLDER  --env-file=FILE
  --parallel=N  --ansi=WHEN  --progress=TYPE  --compatibility  --dry-run  --all-resources  -v,--version  --verbose
  --no-ansi
`;
const COMPOSE_SUBCOMMANDS: Readonly<Record<string, Grammar>> = {
  up: {
    options: `
      -d,--detach  --build  --no-build  --pull=POLICY  --scale=PAIR  -t,--timeout=SECONDS  --abort-on-container-exit
      --abort-on-container-failure  --exit-code-from=SERVICE  --always-recreate-deps  --force-recreate  --no-recreate
      --no-deps  --no-start  --no-color  --no-log-prefix  --quiet-pull  --remove-orphans  -V,--renew-anon-volumes
      --wait  --wait-timeout=SECONDS  --attach=SERVICE  --no-attach=SERVICE  --attach-dependencies  --timestamps
      -y,--yes  --menu  -w,--watch
    `,
  },
  pull: {
    options: `
    --ignore-buildable  --ignore-pull-failures  --include-deps  --policy=POLICY  --parallel  --no-parallel  -q,--quiet
  `,
  },
  build: {
    options: `
    --build-arg=PAIR  --builder=NAME  --pull  --push  --no-cache  -m,--memory=BYTES  --progress=TYPE  --ssh=SPEC
    -q,--quiet  --with-dependencies  --check  --parallel
  `,
  },
  run: {
    runs: 1,
    options: `
      -d,--detach  -e,--env=PAIR  --env-from-file=FILE  -u,--user=USER  -v,--volume=VOLUME  -p,--publish=PORTS
      -w,--workdir=FOLDER  --name=NAME  --entrypoint=COMMAND  -l,--label=PAIR  --rm  -T,--no-TTY  -P,--service-ports
      --use-aliases  --build  --no-deps  --pull=POLICY  --cap-add=LIST  --cap-drop=LIST  -i,--interactive
      -q,--quiet-pull  --quiet-build  --remove-orphans
    `,
  },
  exec: {
    runs: 1,
    options: `
    -d,--detach  -e,--env=PAIR  -u,--user=USER  -w,--workdir=FOLDER  -T,--no-TTY  --index=N  --privileged
  `,
  },
  down: { options: '--remove-orphans  --rmi=TYPE  -t,--timeout=SECONDS  -v,--volumes' },
};
const COMPOSE: Program = {
  names: ['docker-compose', 'podman-compose'],
  shortEquals: true,
  options: `
    ${COMPOSE_OPTIONS} -c,--context=NAME  -H,--host=HOST  --tls  --tlscacert=FILE  --tlscert=FILE  --tlskey=FILE
    --tlsverify
  `,
  subcommands: COMPOSE_SUBCOMMANDS,
};

const ON_CONTAINERS: Readonly<Record<string, Grammar>> = {
  run: RUN,
  create: RUN,
  exec: EXEC,
  cp: { options: '-a,--archive  -L,--follow-link  -q,--quiet' },
};
const ON_IMAGES: Readonly<Record<string, Grammar>> = {
  pull: PULL,
  push: {
    options: `
    -a,--all-tags  --disable-content-trust  --platform=PLATFORM  -q,--quiet  --authfile=FILE  --creds=USER
    --tls-verify[=BOOL]
  `,
  },
  build: BUILD,
  save: { options: '-o,--output=FILE  --platform=PLATFORM  --format=FORMAT  -q,--quiet' },
  load: { options: '-i,--input=FILE  --platform=PLATFORM  -q,--quiet' },
  tag: {},
};
const ENGINE: Grammar = {
  shortEquals: true,
  options: `
    --config=FOLDER  -c,--context,--connection=NAME  -D,--debug  -H,--host=HOST  -l,--log-level=LEVEL  --tls
    --tlscacert=FILE  --tlscert=FILE  --tlskey=FILE  --tlsverify  -v,--version  --help
  `,
  subcommands: {
    ...ON_CONTAINERS,
    ...ON_IMAGES,
    service: { subcommands: { create: SERVICE } },
    container: { subcommands: ON_CONTAINERS },
    image: { subcommands: ON_IMAGES },
    'buildx|builder': { options: '--builder=NAME  -D,--debug', subcommands: { 'build|b': BUILD } },
    login: LOGIN,
    logout: {},
    compose: { options: COMPOSE_OPTIONS, subcommands: COMPOSE_SUBCOMMANDS },
    network: { subcommands: {} },
    volume: { subcommands: {} },
    system: { subcommands: {} },
    swarm: { subcommands: {} },
    context: { subcommands: {} },
  },
};
const PODMAN_OPTIONS = `
  --cgroup-manager=NAME  --conmon=FILE  -c,--connection,--context=NAME  --events-backend=TYPE  -h,--help
  --hooks-dir=FOLDER  --identity=FILE  --log-level=LEVEL  --namespace=NAME  --network-cmd-path=FILE
  --network-config-dir=FOLDER  --noout  -r,--remote  --root=FOLDER  --runroot=FOLDER  --runtime=NAME
  --runtime-flag=FLAG  --ssh=MODE  --storage-driver=NAME  --storage-opt=PAIR  --syslog  --tmpdir=FOLDER  --url=URL
  -v,--version  --volumepath=FOLDER
`;
const NERDCTL_OPTIONS = `
  --address,-a,-H,--host=ADDRESS  -n,--namespace=NAME  --cgroup-manager=NAME  --cni-netconfpath=FOLDER
  --cni-path=FOLDER  --data-root=FOLDER  --hosts-dir=FOLDER  --insecure-registry  --snapshotter,--storage-driver=NAME
  --debug  --debug-full  --experimental  -v,--version
`;

const BUILDAH: Program = {
  names: ['buildah'],
  shortEquals: true,
  options: `
    --cgroup-manager=NAME  --log-level=LEVEL  --root=FOLDER  --runroot=FOLDER  --storage-driver=NAME
    --storage-opt=PAIR  -v,--version  --registries-conf=FILE
  `,
  subcommands: {
    'build|bud|build-using-dockerfile': BUILD,
    login: LOGIN,
    logout: {},
    pull: PULL,
    from: { options: CONTAINER },
    run: EXEC,
  },
};
const SKOPEO: Program = {
  names: ['skopeo'],
  shortEquals: true,
  options: `
    --command-timeout=TIME  --debug  --insecure-policy  --override-arch=ARCHITECTURE  --override-os=OS
    --override-variant=VARIANT  --policy=FILE  --registries.d=FOLDER  --tmpdir=FOLDER  -v,--version
  `,
  subcommands: {
    login: LOGIN,
    logout: {},
    copy: {
      options: `
        --additional-tag=TAGS  -a,--all  --authfile=FILE  --src-authfile=FILE  --dest-authfile=FILE  --digestfile=FILE
        -f,--format=FORMAT  --src-creds,--screds=USER  --dest-creds,--dcreds=USER  --src-cert-dir=FOLDER
        --dest-cert-dir=FOLDER  --src-tls-verify[=BOOL]  --dest-tls-verify[=BOOL]  --src-registry-token=TOKEN
        --dest-registry-token=TOKEN  --sign-by=KEY  --multi-arch=MODE  --src-username=USER  --src-password=PASSWORD
        --dest-username=USER  --dest-password=PASSWORD  -q,--quiet  --retry-times=N
      `,
    },
  },
};
const CRICTL: Program = {
  names: ['crictl'],
  options: `
    -c,--config=FILE  -D,--debug  -i,--image-endpoint=ADDRESS  -r,--runtime-endpoint=ADDRESS  -t,--timeout=TIME
  `,
  subcommands: {
    pull: {
      options: `
    -a,--annotation=PAIR  --auth=AUTH  --creds=USER  --pod-config=FILE  -u,--username=USER  --pull-timeout=TIME
  `,
    },
  },
};
const CTR: Program = {
  names: ['ctr'],
  options: '-a,--address=ADDRESS  -n,--namespace=NAME  --timeout=TIME  --connect-timeout=TIME  --debug',
  subcommands: {
    'images|image|i': {
      subcommands: {
        pull: {
          options: `
            --platform=PLATFORM  --all-platforms  -u,--user=USER  --refresh=TOKEN  --hosts-dir=FOLDER
            --tlscacert=FILE  --tlscert=FILE  --tlskey=FILE  -k,--skip-verify  --plain-http  --snapshotter=NAME
            --label=PAIR  --local  --max-concurrent-downloads=N
          `,
        },
        push: {
          options: '-u,--user=USER  --platform=PLATFORM  -k,--skip-verify  --plain-http  --hosts-dir=FOLDER',
        },
      },
    },
  },
};
const CRANE: Program = {
  names: ['crane'],
  shortEquals: true,
  everywhere: '--allow-nondistributable-artifacts  --insecure  --platform=PLATFORM  -v,--verbose',
  subcommands: { auth: { subcommands: { login: LOGIN } } },
};
const ORAS: Program = { names: ['oras'], shortEquals: true, subcommands: { login: LOGIN, logout: {} } };
const HELM_INSTALL: Grammar = {
  options: `
        -f,--values=FILE  --set=PAIRS  --set-string=PAIRS  --set-file=PAIRS  --set-json=PAIRS  --version=VERSION
        --repo=URL  -i,--install  --create-namespace  --wait  --timeout=TIME  --username=USER  --password=PASSWORD
      `,
};
const HELM: Program = {
  names: ['helm', 'helm3'],
  shortEquals: true,
  everywhere: `
    --burst-limit=N  --debug  --kube-apiserver=ADDRESS  --kube-context=NAME  --kube-token=TOKEN  --kubeconfig=FILE
    -n,--namespace=NAME  --registry-config=FILE  --repository-cache=FOLDER  --repository-config=FILE
  `,
  subcommands: {
    registry: {
      subcommands: {
        login: {
          options: `
      -u,--username=USER  -p,--password=PASSWORD  --password-stdin  --insecure  --ca-file=FILE  --cert-file=FILE
      --key-file=FILE
    `,
        },
      },
    },
    repo: {
      subcommands: {
        add: {
          options: `
      --username=USER  --password=PASSWORD  --password-stdin  --force-update  --ca-file=FILE  --pass-credentials
    `,
        },
      },
    },
    install: HELM_INSTALL,
    upgrade: HELM_INSTALL,
  },
};

/** https://docs.docker.com/reference/cli/dockerd/ */
const DOCKERD: Program = {
  names: ['dockerd'],
  shortEquals: true,
  options: `
    --add-runtime=PAIR  --allow-nondistributable-artifacts=REGISTRY  -b,--bridge=NAME  --bip=ADDRESS  --cgroup-parent=PATH
    --config-file=FILE  --containerd=PATH  --data-root=FOLDER  -D,--debug  --default-address-pool=POOL
    --default-runtime=NAME  --default-ulimit=LIMIT  --dns=ADDRESS  --dns-opt=OPTION  --dns-search=DOMAIN
    --exec-opt=OPTION  --exec-root=FOLDER  --experimental  -g,--graph=FOLDER  -G,--group=GROUP  -H,--host=HOST
    --insecure-registry=REGISTRY  --init  --ip=ADDRESS  --iptables  --ipv6  --label=PAIR  --live-restore
    --log-driver=NAME  -l,--log-level=LEVEL  --log-opt=PAIR  --max-concurrent-downloads=N  --metrics-addr=ADDRESS
    --mtu=N  -p,--pidfile=FILE  --registry-mirror=URL  --rootless  --selinux-enabled  --shutdown-timeout=N
    -s,--storage-driver=NAME  --storage-opt=PAIR  --tls  --tlscacert=FILE  --tlscert=FILE  --tlskey=FILE  --tlsverify
    --userland-proxy  --userns-remap=NAME  --validate  -v,--version
  `,
};

/** https://depot.dev/docs/cli/reference/depot-build: the options of Docker and its own. */
const DEPOT: Program = {
  names: ['depot'],
  shortEquals: true,
  options: '',
  subcommands: {
    build: {
      ...BUILD,
      options: `${BUILD.options} --project=ID  --token=TOKEN  --build-platform=PLATFORM  --save  --save-tag=NAME  --lint  --lint-fail-on=LEVEL`,
    },
  },
};

export const CONTAINERS: readonly Program[] = [
  { ...ENGINE, names: ['docker', 'finch'] },
  { ...ENGINE, names: ['podman'], options: PODMAN_OPTIONS },
  { ...ENGINE, names: ['nerdctl'], options: NERDCTL_OPTIONS },
  DEPOT,
  ...[COMPOSE, DOCKERD, BUILDAH, SKOPEO, CRICTL, CTR, CRANE, ORAS, HELM],
];
