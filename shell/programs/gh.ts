/** gh, https://cli.github.com/manual */
import type { Program } from './grammar.ts';

export const GH: Program = {
  names: ['gh'],
  shortEquals: true,
  everywhere: '-R,--repo=REPOSITORY  --help',
  subcommands: {
    'attestation|at': {
      subcommands: {
        verify: {
          options: `
            -o,--owner=OWNER  -b,--bundle=FILE  --bundle-from-oci  --cert-identity=TEXT
            -i,--cert-identity-regex=PATTERN  --cert-oidc-issuer=URL  --custom-trusted-root=FILE  --digest-alg=NAME
            --format=FORMAT  --hostname=HOST  -q,--jq=EXPRESSION  -L,--limit=N  --predicate-type=TYPE
            --signer-repo=REPOSITORY  --signer-workflow=WORKFLOW  --source-ref=REF  --source-digest=DIGEST
            -t,--template=TEXT  --deny-self-hosted-runners
          `,
        },
      },
    },
    auth: {
      subcommands: {
        login: { options: '-h,--hostname=HOST  -p,--git-protocol=PROTOCOL  -s,--scopes=LIST  -w,--web  --with-token' },
      },
    },
    release: {
      subcommands: {
        download: {
          options:
            '-A,--archive=FORMAT  -D,--dir=FOLDER  -O,--output=FILE  -p,--pattern=PATTERN  --clobber  --skip-existing',
        },
      },
    },
    repo: { subcommands: { clone: { options: '-u,--upstream-remote-name=NAME  --no-upstream' } } },
    api: {
      options: `
        -X,--method=METHOD  -f,--raw-field=PAIR  -F,--field=PAIR  -H,--header=HEADER  --hostname=HOST  -i,--include
        --input=FILE  -q,--jq=EXPRESSION  -t,--template=TEXT  -p,--preview=NAMES  --cache=TIME  --paginate  --silent
      `,
    },
  },
};
