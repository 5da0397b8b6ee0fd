/** git(1) and the pages of its commands, https://git-scm.com/docs */
import type { Grammar, Program } from './grammar.ts';

const MERGING = `
  -n  --stat  --log[=N]  --signoff  --squash  --commit  -e,--edit  --cleanup=MODE  --ff  --ff-only  --verify
  --verify-signatures  --autostash  -s,--strategy=NAME  -X,--strategy-option=OPTION  -S,--gpg-sign[=KEY]
  --allow-unrelated-histories
`;
const FETCHING = `
  -v,--verbose  -q,--quiet  --progress  --all  --set-upstream  -a,--append  --atomic  --upload-pack=PATH  -f,--force
  -m,--multiple  -t,--tags  -j,--jobs=N  --prefetch  -p,--prune  -P,--prune-tags  --recurse-submodules[=MODE]
  --dry-run  -k,--keep  -u,--update-head-ok  --depth=N  --shallow-since=DATE  --shallow-exclude=REVISION  --deepen=N
  --unshallow  --refetch  --update-shallow  --refmap=REFSPEC  -o,--server-option=OPTION  -4,--ipv4  -6,--ipv6
  --negotiation-tip=REVISION  --filter=SPEC
`;
const CHECKING_OUT = `
  --guess  --overlay  -q,--quiet  --recurse-submodules[=MODE]  --progress  -m,--merge  --conflict=STYLE  -d,--detach
  -t,--track[=MODE]  -f,--force  --orphan=BRANCH  --overwrite-ignore  --ignore-other-worktrees  -2,--ours  -3,--theirs
  -p,--patch  --ignore-skip-worktree-bits  --pathspec-from-file=FILE  --pathspec-file-nul
`;
const ADDING_SUBMODULE = '-b,--branch=BRANCH  -f,--force  -q,--quiet  --name=NAME  --reference=REPOSITORY  --depth=N';
const UPDATING_SUBMODULE = `
  --init  --remote  -N,--no-fetch  -f,--force  --checkout  --merge  --rebase  --recommend-shallow
  --reference=REPOSITORY  --recursive  -j,--jobs=N  --depth=N  --filter=SPEC  --single-branch
`;

const SUBCOMMANDS: Readonly<Record<string, Grammar>> = {
  clone: {
    options: `
      -v,--verbose  -q,--quiet  --progress  --reject-shallow  -n,--no-checkout  --bare  --mirror  -l,--local
      --hardlinks  -s,--shared  --recurse-submodules,--recursive[=PATHSPEC]  -j,--jobs=N  --template=FOLDER
      --reference=REPOSITORY  --reference-if-able=REPOSITORY  --dissociate  -o,--origin=NAME  -b,--branch=BRANCH
      --revision=REVISION  -u,--upload-pack=PATH  --depth=N  --shallow-since=DATE  --shallow-exclude=REVISION
      --single-branch  --tags  --shallow-submodules  --separate-git-dir=FOLDER  --ref-format=FORMAT
      -c,--config=SETTING  --server-option=OPTION  -4,--ipv4  -6,--ipv6  --filter=SPEC  --also-filter-submodules
      --remote-submodules  --sparse  --bundle-uri=URI
    `,
  },
  config: {
    options: `
      --global  --system  --local  --worktree  -f,--file=FILE  --blob=BLOB  --get  --get-all  --get-regexp
      --get-urlmatch  --replace-all  --add  --append  --unset  --unset-all  --rename-section  --remove-section
      -l,--list  --fixed-value  -e,--edit  --get-color  --get-colorbool  --type=TYPE  --bool  --int  --bool-or-int
      --path  --expiry-date  -z,--null  --name-only  --includes  --show-origin  --show-scope  --default=VALUE
      --comment=TEXT  --value=PATTERN  --all  --regexp  --url=URL
    `,
  },
  checkout: { options: `${CHECKING_OUT} -b=BRANCH  -B=BRANCH  -l` },
  switch: { options: `${CHECKING_OUT} -c,--create=BRANCH  -C,--force-create=BRANCH  --discard-changes` },
  restore: { options: `${CHECKING_OUT} -s,--source=TREE  -S,--staged  -W,--worktree  --ignore-unmerged` },
  fetch: { options: FETCHING },
  pull: { options: `${FETCHING} ${MERGING} -r,--rebase[=MODE]` },
  merge: { options: `${MERGING} -m,--message=TEXT  -F,--file=FILE  --into-name=BRANCH  --abort  --quit  --continue` },
  push: {
    options: `
      -v,--verbose  -q,--quiet  --repo=REPOSITORY  --all  --mirror  -d,--delete  --tags  -n,--dry-run  --porcelain
      -f,--force  --force-with-lease[=REF]  --recurse-submodules=MODE  --receive-pack,--exec=PATH  -u,--set-upstream
      --progress  --prune  --verify  --follow-tags  --signed[=MODE]  --atomic  -o,--push-option=OPTION
    `,
  },
  init: {
    options: `
      --template=FOLDER  --bare  --shared[=PERMISSIONS]  -q,--quiet  --separate-git-dir=FOLDER
      -b,--initial-branch=BRANCH  --object-format=FORMAT  --ref-format=FORMAT
    `,
  },
  reset: {
    options: `
      -q,--quiet  --refresh  --mixed  --soft  --hard  --merge  --keep  --recurse-submodules[=MODE]  -p,--patch
      -N,--intent-to-add  --pathspec-from-file=FILE  --pathspec-file-nul
    `,
  },
  commit: {
    options: `
      -q,--quiet  -v,--verbose  -F,--file=FILE  --author=AUTHOR  --date=DATE  -m,--message=TEXT
      -c,--reedit-message=COMMIT  -C,--reuse-message=COMMIT  --fixup=COMMIT  --squash=COMMIT  --trailer=TRAILER
      -s,--signoff  -t,--template=FILE  --cleanup=MODE  -S,--gpg-sign[=KEY]  -a,--all  --amend  --no-verify
      -u,--untracked-files[=MODE]  --pathspec-from-file=FILE
    `,
  },
  apply: {
    options: `
      --exclude=PATTERN  --include=PATTERN  -p=N  -C=N  --check  --index  --cached  -3,--3way  -R,--reverse  --reject
      --build-fake-ancestor=FILE  --whitespace=ACTION  --directory=FOLDER  -v,--verbose  -q,--quiet
    `,
  },
  'verify-tag': { options: '-v,--verbose  --raw  --format=FORMAT' },
  'verify-commit': { options: '-v,--verbose  --raw' },
  remote: {
    options: '-v,--verbose',
    subcommands: { add: { options: '-f,--fetch  --tags  -t,--track=BRANCH  -m,--master=BRANCH  --mirror[=MODE]' } },
  },
  submodule: {
    options: '-q,--quiet  --cached',
    subcommands: { add: { options: ADDING_SUBMODULE }, update: { options: UPDATING_SUBMODULE } },
  },
};

export const GIT: Program = {
  names: ['git'],
  negates: true,
  abbreviates: true,
  options: `
    -v,--version  -h,--help  -C=FOLDER  -c=SETTING  --config-env=SETTING  --exec-path[=FOLDER]  --html-path
    --man-path  --info-path  -p,--paginate  -P,--no-pager  --git-dir=FOLDER  --work-tree=FOLDER  --namespace=NAME
    --super-prefix=PATH  --bare  --no-replace-objects  --literal-pathspecs  --glob-pathspecs  --noglob-pathspecs
    --icase-pathspecs  --no-optional-locks  --no-lazy-fetch  --no-advice  --attr-source=TREE  --list-cmds=GROUP
  `,
  subcommands: SUBCOMMANDS,
};
