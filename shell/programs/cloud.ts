/**
 * Clients of clouds and clusters: https://docs.aws.amazon.com/cli/latest/reference/, https://learn.microsoft.com/cli/azure/reference-index,
 * https://docs.digitalocean.com/reference/doctl/, https://kubernetes.io/docs/reference/kubectl/,
 * https://developer.hashicorp.com/vault/docs/commands, https://developer.hashicorp.com/consul/commands, https://twine.readthedocs.io
 */
import type { Grammar, Program } from './grammar.ts';

const AWS: Program = {
  names: ['aws'],
  abbreviates: true,
  everywhere: `
    --profile=NAME  --region=REGION  --output=FORMAT  --query=QUERY  --endpoint-url=URL  --no-verify-ssl
    --no-paginate  --no-sign-request  --color=WHEN  --ca-bundle=FILE  --cli-read-timeout=SECONDS
    --cli-connect-timeout=SECONDS  --cli-input-json=JSON  --cli-binary-format=FORMAT  --no-cli-pager  --debug
    --version
  `,
  subcommands: {
    configure: { subcommands: {} },
    s3: { subcommands: {} },
    ssm: { subcommands: { 'put-parameter': { options: '--name=NAME  --value=VALUE  --type=TYPE  --overwrite' } } },
  },
};

const LOGIN = '-u,--username=USER  -p,--password=PASSWORD';
const AZ: Program = {
  names: ['az'],
  shortEquals: true,
  everywhere: `
    --subscription=NAME  -o,--output=FORMAT  --query=QUERY  --debug  --verbose  --only-show-errors  -h,--help
  `,
  subcommands: {
    login: {
      options: `
        ${LOGIN} -t,--tenant=TENANT  --service-principal  -i,--identity  --federated-token=TOKEN  --certificate=FILE
        --allow-no-subscriptions  --use-device-code  --client-id=ID  --scope=SCOPE
      `,
    },
    acr: {
      subcommands: {
        login: { options: `${LOGIN} -n,--name=NAME  -g,--resource-group=NAME  --suffix=TEXT  -t,--expose-token` },
      },
    },
  },
};

const DOCTL: Program = {
  names: ['doctl'],
  shortEquals: true,
  everywhere: `
    -t,--access-token=TOKEN  -u,--api-url=URL  -c,--config=FILE  --context=NAME  -o,--output=FORMAT  --trace
    -v,--verbose
  `,
  subcommands: { auth: { subcommands: {} } },
};

const CREATE_SECRET: Grammar = {
  options: `
    --from-literal=PAIR  --from-file=FILE  --from-env-file=FILE  --type=TYPE  --append-hash  --cert=FILE  --key=FILE
    --docker-email=ADDRESS  --docker-password=PASSWORD  --docker-server=HOST  --docker-username=USER  --dry-run[=MODE]
    --field-manager=NAME  -o,--output=FORMAT  --save-config  --template=TEXT  --validate[=MODE]
  `,
};
const APPLY: Grammar = {
  options: `
    -f,--filename=FILE  -k,--kustomize=FOLDER  -R,--recursive  --server-side  --force  --prune  -l,--selector=LABELS
    --force-conflicts  --field-manager=NAME  --validate[=MODE]  --dry-run[=MODE]  -o,--output=FORMAT  --wait
  `,
};
const kubectl = (name: string): Program => ({
  names: [name],
  shortEquals: true,
  everywhere: `
    --as=USER  --as-group=GROUP  --as-uid=UID  --cache-dir=FOLDER  --certificate-authority=FILE
    --client-certificate=FILE  --client-key=FILE  --cluster=NAME  --context=NAME  --insecure-skip-tls-verify
    --kubeconfig=FILE  --match-server-version  -n,--namespace=NAME  --password=PASSWORD  --request-timeout=TIME
    -s,--server=ADDRESS  --tls-server-name=NAME  --token=TOKEN  --user=NAME  --username=USER  -v,--v=N  --vmodule=LIST
  `,
  subcommands: {
    create: {
      ...APPLY,
      subcommands: {
        secret: { subcommands: { generic: CREATE_SECRET, 'docker-registry': CREATE_SECRET, tls: CREATE_SECRET } },
        configmap: CREATE_SECRET,
        deployment: { options: '--image=IMAGE  --port=N  -r,--replicas=N  --dry-run[=MODE]  -o,--output=FORMAT' },
      },
    },
    apply: APPLY,
    replace: APPLY,
    run: {
      options:
        '--image=IMAGE  --port=N  --restart=POLICY  --env=PAIR  -l,--labels=LABELS  --rm  -i,--stdin  -t,--tty  --command',
    },
    login: { options: '-u,--username=USER  -p,--password=PASSWORD  --token=TOKEN  -w,--web' },
  },
});

const CONSUL: Program = {
  names: ['consul'],
  singleDash: true,
  everywhere: `
    -http-addr=ADDRESS  -token=TOKEN  -token-file=FILE  -ca-file=FILE  -ca-path=FOLDER  -client-cert=FILE
    -client-key=FILE  -tls-server-name=NAME  -datacenter=NAME  -namespace=NAME  -partition=NAME
  `,
  subcommands: {
    kv: {
      subcommands: {
        put: {
          options: `
      -acquire  -release  -base64  -cas  -flags=N  -modify-index=N  -session=ID
    `,
        },
      },
    },
  },
};
const VAULT: Program = {
  names: ['vault'],
  singleDash: true,
  everywhere: `
    -address=ADDRESS  -agent-address=ADDRESS  -ca-cert=FILE  -ca-path=FOLDER  -client-cert=FILE  -client-key=FILE
    -tls-server-name=NAME  -tls-skip-verify  -header=HEADER  -namespace,-ns=NAME  -format=FORMAT  -field=NAME
    -mfa=METHOD  -policy-override  -wrap-ttl=TIME  -non-interactive  -mount=PATH  -cas=N
  `,
  subcommands: {
    login: { options: '-method=NAME  -path=PATH  -no-print  -no-store  -token-only' },
    kv: { subcommands: {} },
    auth: { subcommands: {} },
    secrets: { subcommands: {} },
    token: { subcommands: {} },
    operator: { subcommands: {} },
  },
};

const TWINE: Program = {
  names: ['twine'],
  abbreviates: true,
  shortEquals: true,
  options: '--version  --no-color',
  subcommands: {
    upload: {
      options: `
        ${LOGIN} -r,--repository=NAME  --repository-url=URL  -s,--sign  --sign-with=PROGRAM  -i,--identity=NAME
        -c,--comment=TEXT  --config-file=FILE  --cert=FILE  --client-cert=FILE  --skip-existing  --non-interactive
        --verbose  --disable-progress-bar  --attestations
      `,
    },
  },
};

export const CLOUD: readonly Program[] = [AWS, AZ, DOCTL, kubectl('kubectl'), kubectl('oc'), CONSUL, VAULT, TWINE];
