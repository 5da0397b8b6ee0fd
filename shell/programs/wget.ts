/** wget(1), https://www.gnu.org/software/wget/manual/wget.html, and wget2(1); the options of BusyBox' wget are among them. */
import type { Program } from './grammar.ts';

export const WGET: Program = {
  names: ['wget', 'wget2'],
  negates: true,
  abbreviates: true,
  options: `
    -V,--version  -h,--help  -b,--background  -e,--execute=COMMAND  -o,--output-file=LOGFILE
    -a,--append-output=LOGFILE  -d,--debug  -q,--quiet  -v,--verbose  -nv,--no-verbose  --report-speed=TYPE
    -i,--input-file=FILE  --input-metalink=FILE  --keep-badhash  --metalink-over-http  --metalink-index=N
    --preferred-location  --xattr  -F,--force-html  -B,--base=URL  --config=FILE  --no-config  --rejected-log=LOGFILE
    --bind-address=ADDRESS  --bind-dns-address=ADDRESS  --dns-servers=ADDRESSES  -t,--tries=N
    -O,--output-document=FILE  -nc,--no-clobber  --backups[=N]  --no-netrc  -c,--continue  --start-pos=OFFSET
    --progress=TYPE  --show-progress  -N,--timestamping  --no-if-modified-since  --no-use-server-timestamps
    -S,--server-response  --spider  -T,--timeout=SECONDS  --dns-timeout=SECONDS  --connect-timeout=SECONDS
    --read-timeout=SECONDS  --limit-rate=RATE  -w,--wait=SECONDS  --waitretry=SECONDS  --random-wait  --no-proxy
    -Y=SWITCH  --proxy[=SWITCH]  -Q,--quota=SIZE  --no-dns-cache  --restrict-file-names=MODES  -4,--inet4-only
    -6,--inet6-only  --prefer-family=FAMILY  --retry-connrefused  --user=USER  --password=PASSWORD  --ask-password
    --use-askpass=COMMAND  --no-iri  --local-encoding=ENCODING  --remote-encoding=ENCODING  --unlink
    -nd,--no-directories  -x,--force-directories  -nH,--no-host-directories  --protocol-directories  --cut-dirs=N
    -P,--directory-prefix=FOLDER  --default-page=NAME  -E,--adjust-extension,--html-extension  --http-user=USER
    --http-password=PASSWORD  --no-http-keep-alive  --no-cache  --no-cookies  --load-cookies=FILE  --save-cookies=FILE
    --keep-session-cookies  --ignore-length  --header=HEADER  --compression=TYPE  --max-redirect=N  --proxy-user=USER
    --proxy-password=PASSWORD  --referer=URL  --save-headers  -U,--user-agent=AGENT  --post-data=DATA
    --post-file=FILE  --method=METHOD  --body-data=DATA  --body-file=FILE  --content-disposition  --content-on-error
    --trust-server-names  --auth-no-challenge  --retry-on-host-error  --retry-on-http-error=CODES
    --secure-protocol=PROTOCOL  --https-only  --ciphers=LIST  --no-check-certificate  --certificate=FILE
    --certificate-type=TYPE  --private-key=FILE  --private-key-type=TYPE  --ca-certificate=FILE  --ca-directory=FOLDER
    --crl-file=FILE  --pinnedpubkey=HASHES  --random-file=FILE  --egd-file=FILE  --no-hsts  --hsts-file=FILE
    --warc-file=FILE  --warc-header=TEXT  --warc-max-size=SIZE  --warc-cdx  --warc-dedup=FILE  --no-warc-compression
    --no-warc-digests  --no-warc-keep-log  --warc-tempdir=FOLDER  --ftp-user=USER  --ftp-password=PASSWORD
    --no-remove-listing  --no-glob  --no-passive-ftp  --preserve-permissions  --retr-symlinks  --ftps-implicit
    --no-ftps-resume-ssl  --ftps-clear-data-connection  --ftps-fallback-to-ftp  -r,--recursive  -l,--level=DEPTH
    --delete-after  -k,--convert-links  --convert-file-only  -K,--backup-converted  -m,--mirror  -p,--page-requisites
    --strict-comments  -A,--accept=LIST  -R,--reject=LIST  --accept-regex=REGEX  --reject-regex=REGEX
    --regex-type=TYPE  -D,--domains=LIST  --exclude-domains=LIST  --follow-ftp  --follow-tags=LIST  --ignore-tags=LIST
    --ignore-case  -H,--span-hosts  -L,--relative  -I,--include-directories=LIST  -X,--exclude-directories=LIST
    -np,--no-parent  --max-threads=N  --http2-request-window=N  --retry-on-http-status=CODES
    --signature-extensions=LIST  --verify-sig[=MODE]  --gnupg-homedir=FOLDER  --http-proxy=URL  --https-proxy=URL
    --filter-mime-type=LIST  --filter-urls  --stats-site=FORMAT  --stats-server=FORMAT  --stats-dns=FORMAT
    --stats-ocsp=FORMAT  --stats-tls=FORMAT  --tls-session-file=FILE  --download-attr[=MODE]
  `,
};
