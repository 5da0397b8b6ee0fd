/** curl(1), https://curl.se/docs/manpage.html; the names of options that later versions took away are still read. */
import type { Program } from './grammar.ts';

export const CURL: Program = {
  names: ['curl'],
  negates: true,
  abbreviates: true,
  options: `
    --abstract-unix-socket=PATH  --alt-svc=FILE  --anyauth  -a,--append  --aws-sigv4=PROVIDER  --basic  --ca-native
    --cacert=FILE  --capath=DIR  -E,--cert=CERTIFICATE  --cert-status  --cert-type=TYPE  --ciphers=LIST  --compressed
    --compressed-ssh  -K,--config=FILE  --connect-timeout=SECONDS  --connect-to=HOSTS  -C,--continue-at=OFFSET
    -b,--cookie=DATA  -c,--cookie-jar=FILE  --create-dirs  --create-file-mode=MODE  --crlf  --crlfile=FILE
    --curves=LIST  -d,--data=DATA  --data-ascii=DATA  --data-binary=DATA  --data-raw=DATA  --data-urlencode=DATA
    --delegation=LEVEL  --digest  -q,--disable  --disable-eprt  --disable-epsv  --disallow-username-in-url
    --dns-interface=INTERFACE  --dns-ipv4-addr=ADDRESS  --dns-ipv6-addr=ADDRESS  --dns-servers=ADDRESSES
    --doh-cert-status  --doh-insecure  --doh-url=URL  --dump-ca-embed  -D,--dump-header=FILE  --ech=CONFIG
    --egd-file=FILE  --engine=NAME  --etag-compare=FILE  --etag-save=FILE  --expect100-timeout=SECONDS  -f,--fail
    --fail-early  --fail-with-body  --false-start  -F,--form=PART  --form-escape  --form-string=PART
    --ftp-account=DATA  --ftp-alternative-to-user=COMMAND  --ftp-create-dirs  --ftp-method=METHOD  --ftp-pasv
    -P,--ftp-port=ADDRESS  --ftp-pret  --ftp-skip-pasv-ip  --ftp-ssl-ccc  --ftp-ssl-ccc-mode=MODE  --ftp-ssl-control
    -G,--get  -g,--globoff  --happy-eyeballs-timeout-ms=MS  --haproxy-clientip=ADDRESS  --haproxy-protocol  -I,--head
    -H,--header=HEADER  -h,--help[=CATEGORY]  --hostpubmd5=MD5  --hostpubsha256=SHA256  --hsts=FILE  --http0.9
    -0,--http1.0  --http1.1  --http2  --http2-prior-knowledge  --http3  --http3-only  --ignore-content-length
    -i,--include,--show-headers  -k,--insecure  --interface=NAME  --ip-tos=VALUE  --ipfs-gateway=URL  -4,--ipv4
    -6,--ipv6  --json=DATA  -j,--junk-session-cookies  --keepalive-cnt=N  --keepalive-time=SECONDS  --key=FILE
    --key-type=TYPE  --krb=LEVEL  --libcurl=FILE  --limit-rate=SPEED  -l,--list-only  --local-port=RANGE
    -L,--location  --location-trusted  --login-options=OPTIONS  --mail-auth=ADDRESS  --mail-from=ADDRESS
    --mail-rcpt=ADDRESS  --mail-rcpt-allowfails  -M,--manual  --max-filesize=BYTES  --max-redirs=N
    -m,--max-time=SECONDS  --metalink  --mptcp  --negotiate  -n,--netrc  --netrc-file=FILE  --netrc-optional
    -:,--next  --no-alpn  -N,--no-buffer  --no-clobber  --no-keepalive  --no-npn  --no-progress-meter  --no-sessionid
    --noproxy=HOSTS  --ntlm  --ntlm-wb  --oauth2-bearer=TOKEN  --out-null  -o,--output=FILE  --output-dir=DIR
    -Z,--parallel  --parallel-immediate  --parallel-max=N  --parallel-max-host=N  --pass=PHRASE  --path-as-is
    --pinnedpubkey=HASHES  --post301  --post302  --post303  --preproxy=URL  -#,--progress-bar  --progress-meter
    --proto=PROTOCOLS  --proto-default=PROTOCOL  --proto-redir=PROTOCOLS  -x,--proxy=URL  --proxy-anyauth
    --proxy-basic  --proxy-ca-native  --proxy-cacert=FILE  --proxy-capath=DIR  --proxy-cert=CERTIFICATE
    --proxy-cert-type=TYPE  --proxy-ciphers=LIST  --proxy-crlfile=FILE  --proxy-digest  --proxy-header=HEADER
    --proxy-http2  --proxy-insecure  --proxy-key=FILE  --proxy-key-type=TYPE  --proxy-negotiate  --proxy-ntlm
    --proxy-pass=PHRASE  --proxy-pinnedpubkey=HASHES  --proxy-service-name=NAME  --proxy-ssl-allow-beast
    --proxy-ssl-auto-client-cert  --proxy-tls13-ciphers=LIST  --proxy-tlsauthtype=TYPE  --proxy-tlspassword=TEXT
    --proxy-tlsuser=NAME  --proxy-tlsv1  -U,--proxy-user=USER  --proxy1.0=HOST  -p,--proxytunnel  --pubkey=FILE
    -Q,--quote=COMMAND  --random-file=FILE  -r,--range=RANGE  --rate=RATE  --raw  -e,--referer=URL
    -J,--remote-header-name  -O,--remote-name  --remote-name-all  -R,--remote-time  --remove-on-error
    -X,--request=METHOD  --request-target=PATH  --resolve=HOST  --retry=N  --retry-all-errors  --retry-connrefused
    --retry-delay=SECONDS  --retry-max-time=SECONDS  --sasl-authzid=IDENTITY  --sasl-ir  --service-name=NAME
    -S,--show-error  --sigalgs=LIST  -s,--silent  --skip-existing  --socks4=HOST  --socks4a=HOST  --socks5=HOST
    --socks5-basic  --socks5-gssapi  --socks5-gssapi-nec  --socks5-gssapi-service=NAME  --socks5-hostname=HOST
    -Y,--speed-limit=SPEED  -y,--speed-time=SECONDS  --ssl  --ssl-allow-beast  --ssl-auto-client-cert  --ssl-no-revoke
    --ssl-reqd  --ssl-revoke-best-effort  --ssl-sessions=FILE  -2,--sslv2  -3,--sslv3  --stderr=FILE  --styled-output
    --suppress-connect-headers  --tcp-fastopen  --tcp-nodelay  -t,--telnet-option=OPTION  --tftp-blksize=N
    --tftp-no-options  -z,--time-cond=TIME  --tls-earlydata  --tls-max=VERSION  --tls13-ciphers=LIST
    --tlsauthtype=TYPE  --tlspassword=TEXT  --tlsuser=NAME  -1,--tlsv1  --tlsv1.0  --tlsv1.1  --tlsv1.2  --tlsv1.3
    --tr-encoding  --trace=FILE  --trace-ascii=FILE  --trace-config=LIST  --trace-ids  --trace-time
    --unix-socket=PATH  --upload-flags=FLAGS  -T,--upload-file=FILE  --url=URL  --url-query=DATA  -B,--use-ascii
    -u,--user=USER  -A,--user-agent=NAME  --variable=VARIABLE  -v,--verbose  -V,--version  --vlan-priority=N
    -w,--write-out=FORMAT  --xattr
  `,
};
