/** http(1) and https(1) of HTTPie, https://httpie.io/docs/cli */
import type { Program } from './grammar.ts';

export const HTTPIE: Program = {
  names: ['http', 'https'],
  abbreviates: true,
  shortEquals: true,
  options: `
    -j,--json  -f,--form  --multipart  --boundary=TEXT  --raw=TEXT  -x,--compress  --pretty=MODE  -s,--style=STYLE
    --unsorted  --sorted  --response-charset=ENCODING  --response-mime=MIME  --format-options=OPTIONS  -p,--print=WHAT
    -h,--headers  -m,--meta  -b,--body  -v,--verbose  --all  -P,--history-print=WHAT  -S,--stream  -o,--output=FILE
    -d,--download  -c,--continue  -q,--quiet  --session=NAME  --session-read-only=NAME  -a,--auth=USER
    -A,--auth-type=TYPE  --ignore-netrc  --offline  --proxy=PROXY  -F,--follow  --max-redirects=N  --max-headers=N
    --timeout=SECONDS  --check-status  --path-as-is  --chunked  --verify=MODE  --ssl=VERSION  --ciphers=LIST
    --cert=FILE  --cert-key=FILE  --cert-key-pass=PASSPHRASE  -I,--ignore-stdin  --help  --manual  --version
    --traceback  --default-scheme=SCHEME  --debug
  `,
};
