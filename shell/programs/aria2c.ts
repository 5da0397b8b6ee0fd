/** aria2c(1), https://aria2.github.io/manual/en/html/aria2c.html */
import type { Program } from './grammar.ts';

export const ARIA2C: Program = {
  names: ['aria2c'],
  abbreviates: true,
  options: `
    -d,--dir=FOLDER  -i,--input-file=FILE  -l,--log=FILE  -j,--max-concurrent-downloads=N  -V,--check-integrity[=BOOL]
    -c,--continue[=BOOL]  -h,--help[=TAG]  --all-proxy=URL  --all-proxy-passwd=PASSWORD  --all-proxy-user=USER
    --checksum=SUM  --connect-timeout=SECONDS  --dry-run[=BOOL]  --lowest-speed-limit=SPEED
    -x,--max-connection-per-server=N  --max-file-not-found=N  -m,--max-tries=N  -k,--min-split-size=SIZE
    --netrc-path=FILE  -n,--no-netrc[=BOOL]  --no-proxy=HOSTS  -o,--out=FILE  --proxy-method=METHOD
    -R,--remote-time[=BOOL]  --reuse-uri[=BOOL]  --retry-wait=SECONDS  --server-stat-of=FILE  --server-stat-if=FILE
    --server-stat-timeout=SECONDS  -s,--split=N  --stream-piece-selector=NAME  -t,--timeout=SECONDS
    --uri-selector=NAME  --ca-certificate=FILE  --certificate=FILE  --check-certificate[=BOOL]
    --http-accept-gzip[=BOOL]  --http-auth-challenge[=BOOL]  --http-no-cache[=BOOL]  --http-user=USER
    --http-passwd=PASSWORD  --http-proxy=URL  --http-proxy-passwd=PASSWORD  --http-proxy-user=USER  --https-proxy=URL
    --https-proxy-passwd=PASSWORD  --https-proxy-user=USER  --private-key=FILE  --referer=URL
    --enable-http-keep-alive[=BOOL]  --enable-http-pipelining[=BOOL]  --header=HEADER  --load-cookies=FILE
    --save-cookies=FILE  --use-head[=BOOL]  -U,--user-agent=AGENT  --ftp-user=USER  --ftp-passwd=PASSWORD
    -p,--ftp-pasv[=BOOL]  --ftp-proxy=URL  --ftp-proxy-passwd=PASSWORD  --ftp-proxy-user=USER  --ftp-type=TYPE
    --ftp-reuse-connection[=BOOL]  --ssh-host-key-md=SUM  --select-file=INDEX  -S,--show-files[=BOOL]
    --bt-exclude-tracker=URI  --bt-external-ip=ADDRESS  --bt-lpd-interface=INTERFACE  --bt-max-open-files=N
    --bt-max-peers=N  --bt-min-crypto-level=LEVEL  --bt-prioritize-piece=PART  --bt-request-peer-speed-limit=SPEED
    --bt-stop-timeout=SECONDS  --bt-tracker=URI  --bt-tracker-connect-timeout=SECONDS  --bt-tracker-interval=SECONDS
    --bt-tracker-timeout=SECONDS  --dht-entry-point=HOST  --dht-entry-point6=HOST  --dht-file-path=FILE
    --dht-file-path6=FILE  --dht-listen-addr6=ADDRESS  --dht-listen-port=PORT  --dht-message-timeout=SECONDS
    --follow-torrent=MODE  -O,--index-out=OUTPUT  --listen-port=PORT  --max-overall-upload-limit=SPEED
    -u,--max-upload-limit=SPEED  --peer-id-prefix=PREFIX  --peer-agent=AGENT  --seed-ratio=RATIO  --seed-time=MINUTES
    -T,--torrent-file=FILE  --follow-metalink=MODE  --metalink-base-uri=URI  -M,--metalink-file=FILE
    --metalink-language=LANGUAGE  --metalink-location=LOCATIONS  --metalink-os=OS  --metalink-version=VERSION
    --metalink-preferred-protocol=PROTOCOL  --rpc-certificate=FILE  --rpc-listen-port=PORT
    --rpc-max-request-size=SIZE  --rpc-passwd=PASSWORD  --rpc-private-key=FILE  --rpc-secret=TOKEN  --rpc-user=USER
    --allow-overwrite[=BOOL]  --always-resume[=BOOL]  --async-dns-server=ADDRESSES  --auto-file-renaming[=BOOL]
    --auto-save-interval=SECONDS  --conf-path=FILE  --console-log-level=LEVEL  -D,--daemon[=BOOL]
    --disable-ipv6[=BOOL]  --disk-cache=SIZE  --download-result=MODE  --dscp=N  --rlimit-nofile=N  --event-poll=NAME
    --file-allocation=METHOD  --gid=GID  --interface=INTERFACE  --max-download-result=N  --max-mmap-limit=SIZE
    --max-resume-failure-tries=N  --min-tls-version=VERSION  --multiple-interface=INTERFACES  --log-level=LEVEL
    --on-bt-download-complete=COMMAND  --on-download-complete=COMMAND  --on-download-error=COMMAND
    --on-download-pause=COMMAND  --on-download-start=COMMAND  --on-download-stop=COMMAND  --piece-length=SIZE
    --stderr[=BOOL]  --summary-interval=SECONDS  -Z,--force-sequential[=BOOL]  --max-overall-download-limit=SPEED
    --max-download-limit=SPEED  --no-conf[=BOOL]  --no-file-allocation-limit=SIZE  -P,--parameterized-uri[=BOOL]
    -q,--quiet[=BOOL]  --save-session=FILE  --save-session-interval=SECONDS  --socket-recv-buffer-size=SIZE
    --stop=SECONDS  --stop-with-process=PID  -v,--version
  `,
};
