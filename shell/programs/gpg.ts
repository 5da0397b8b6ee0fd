/** gpg(1) and gpgv(1), https://www.gnupg.org/documentation/manuals/gnupg/ */
import type { Program } from './grammar.ts';

export const GPG: Program = {
  names: ['gpg', 'gpg1', 'gpg2'],
  abbreviates: true,
  options: `
    -s,--sign  --clear-sign,--clearsign  -b,--detach-sign  -e,--encrypt  -c,--symmetric  -d,--decrypt  --verify
    --verify-files  -k,--list-keys,--list-public-keys  -K,--list-secret-keys  --check-signatures,--check-sigs
    --locate-keys  --fingerprint  --delete-keys  --delete-secret-keys  --export  --export-secret-keys  --import
    --fast-import  --receive-keys,--recv-keys  --refresh-keys  --search-keys  --fetch-keys  --send-keys
    --generate-key,--gen-key  --full-generate-key,--full-gen-key  --quick-generate-key,--quick-gen-key  --dearmor
    --enarmor  --edit-key  --change-passphrase,--passwd  --gen-random  --print-md  --default-key=NAME
    --default-recipient=NAME  --default-recipient-self  -v,--verbose  -q,--quiet  --batch  --no-tty  --yes  --no
    --list-options=LIST  --verify-options=LIST  --photo-viewer=TEXT  --exec-path=TEXT  --keyring=FILE
    --primary-keyring=FILE  --secret-keyring=FILE  --trustdb-name=FILE  --homedir=FOLDER  --display-charset=NAME
    --charset=NAME  --options=FILE  --no-options  -z,--compress-level=N  --bzip2-compress-level=N
    --default-cert-level=N  --min-cert-level=N  --trusted-key=KEY  --trust-model=MODEL  --auto-key-locate=LIST
    --keyid-format=FORMAT  --keyserver=URL  --keyserver-options=LIST  --completes-needed=N  --marginals-needed=N
    --tofu-default-policy=POLICY  --max-cert-depth=N  --agent-program=FILE  --dirmngr-program=FILE
    --limit-card-insert-tries=N  -r,--recipient=NAME  -R,--hidden-recipient=NAME  -f,--recipient-file=FILE
    -F,--hidden-recipient-file=FILE  --encrypt-to=NAME  --hidden-encrypt-to=NAME  --group=SPEC  --ungroup=NAME
    -u,--local-user=NAME  --sender=MAILBOX  --try-secret-key=NAME  --try-all-secrets  -a,--armor  -o,--output=FILE
    --max-output=N  --input-size-hint=N  --key-origin=TEXT  --import-options=LIST  --import-filter=SPEC
    --export-filter=SPEC  --export-options=LIST  --with-colons  --with-fingerprint  -t,--textmode
    --personal-cipher-preferences=LIST  --personal-digest-preferences=LIST  --personal-compress-preferences=LIST
    --s2k-cipher-algo=NAME  --s2k-digest-algo=NAME  --s2k-mode=N  --s2k-count=N  --compliance=MODE  --min-rsa-length=N
    -n,--dry-run  -i,--interactive  --debug-level=LEVEL  --debug=FLAGS  --faked-system-time=TIME  --status-fd=N
    --status-file=FILE  --logger-fd=N  --log-file,--logger-file=FILE  --attribute-fd=N  --attribute-file=FILE
    --comment=TEXT  --sig-notation=SPEC  --cert-notation=SPEC  -N,--set-notation=SPEC  --known-notation=NAME
    --sig-policy-url=URL  --cert-policy-url=URL  --set-policy-url=URL  --sig-keyserver-url=URL  --set-filename=NAME
    --cipher-algo=NAME  --digest-algo=NAME  --compress-algo=NAME  --cert-digest-algo=NAME  --disable-cipher-algo=NAME
    --disable-pubkey-algo=NAME  --passphrase-repeat=N  --passphrase-fd=N  --passphrase-file=FILE  --passphrase=TEXT
    --pinentry-mode=MODE  --request-origin=ORIGIN  --command-fd=N  --command-file=FILE  --weak-digest=NAME
    --no-default-keyring  --override-session-key=TEXT  --override-session-key-fd=N  --default-sig-expire=TIME
    --default-cert-expire=TIME  --default-new-key-algo=NAME  --default-preference-list=LIST
    --default-keyserver-url=URL
  `,
};

export const GPGV: Program = {
  names: ['gpgv', 'gpgv1', 'gpgv2'],
  abbreviates: true,
  options: `
    -v,--verbose  -q,--quiet  --keyring=FILE  -o,--output=FILE  --status-fd=N  --logger-fd=N  --log-file=FILE
    --ignore-time-conflict  --homedir=FOLDER  --weak-digest=NAME  --enable-special-filenames
  `,
};
