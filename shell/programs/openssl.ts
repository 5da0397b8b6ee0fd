/** openssl(1) and the pages of its commands, https://docs.openssl.org/master/man1/. Any other word with a dash is a flag. */
import type { Grammar, Program } from './grammar.ts';

/** Options that mean the same in every command that has them. */
const COMMON = `
  -in=FILE  -out=FILE  -inform=FORMAT  -outform=FORMAT  -keyform=FORMAT  -passin=PASS  -passout=PASS  -config=FILE
  -section=NAME  -rand=FILES  -writerand=FILE  -provider=NAME  -provider-path=PATH  -propquery=QUERY  -engine=ID
  -nameopt=OPTION  -sigopt=OPTION  -vfyopt=OPTION  -pkeyopt=OPTION  -extfile=FILE  -extensions=NAME  -days=N
  -subj=NAME  -set_serial=N  -CA=FILE  -CAkey=FILE  -CAform=FORMAT  -CAkeyform=FORMAT  -CAserial=FILE  -CAfile=FILE
  -CApath=FOLDER  -CAstore=URI  -certform=FORMAT  -untrusted=FILE  -dateopt=FORMAT
`;
const VERIFYING = `
  -policy=OID  -purpose=NAME  -verify_name=NAME  -verify_depth=N  -auth_level=N  -attime=TIME  -verify_hostname=NAME
  -verify_email=ADDRESS  -verify_ip=ADDRESS
`;
const withCommon = (options: string): Grammar => ({ options: COMMON + options });

const DIGEST = withCommon(`
  -c  -r  -hex  -binary  -d  -xoflen=N  -sign=KEY  -verify=KEY  -prverify=KEY  -signature=FILE  -hmac=KEY  -mac=NAME
  -macopt=OPTION
`);
const CIPHER = withCommon(`
  -e  -d  -p  -P  -k=PASSPHRASE  -kfile=FILE  -pass=PASS  -v  -a,-base64  -A  -nopad  -salt  -nosalt  -bufsize=SIZE
  -K=KEY  -S=SALT  -iv=IV  -md=DIGEST  -iter=N  -pbkdf2
`);
const MESSAGE = withCommon(`
  ${VERIFYING} -encrypt  -decrypt  -sign  -verify  -inkey=FILE  -recip=FILE  -signer=FILE  -certfile=FILE
  -content=FILE  -certsout=FILE  -to=ADDRESS  -from=ADDRESS  -subject=TEXT  -md=DIGEST  -secretkey=KEY
  -secretkeyid=ID  -pwri_password=PASS  -econtent_type=TYPE  -keyopt=OPTION  -originator=FILE  -rctform=FORMAT
  -wrap=CIPHER
`);
const REVOKING = `
  -outdir=FOLDER  -ss_cert=FILE  -spkac=FILE  -name=SECTION  -policy=NAME  -startdate=TIME  -enddate=TIME  -md=DIGEST
  -keyfile=KEY  -key=PASSPHRASE  -cert=FILE  -valid=FILE  -status=SERIAL  -crlexts=NAME  -crl_reason=REASON
  -crl_hold=OID  -crl_compromise=TIME  -crl_CA_compromise=TIME  -crldays=N  -crlhours=N  -crlsec=N  -revoke=FILE
`;

export const OPENSSL: Program = {
  names: ['openssl'],
  singleDash: true,
  subcommands: {
    dgst: DIGEST,
    ...Object.fromEntries(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(name => [name, DIGEST])),
    enc: CIPHER,
    ...Object.fromEntries(
      ['base64', 'aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-ecb', 'aes-256-ecb', 'des3', 'zlib'].map(
        name => [name, CIPHER],
      ),
    ),
    req: withCommon(`
      -new  -x509  -newkey=ALGORITHM  -key=FILE  -keyout=FILE  -reqopt=OPTION  -reqexts=NAME  -addext=EXTENSION
      -copy_extensions=MODE  -keygen_engine=ID  -nodes,-noenc  -verify
    `),
    x509: withCommon(`
      -req  -key,-signkey=FILE  -copy_extensions=MODE  -certopt=OPTION  -ext=LIST  -checkend=SECONDS  -checkhost=NAME
      -checkemail=ADDRESS  -checkip=ADDRESS  -force_pubkey=FILE  -setalias=NAME  -addtrust=USE  -addreject=USE
    `),
    ca: withCommon(REVOKING),
    crl: withCommon('-key=FILE  -gendelta=FILE  -verify'),
    genrsa: withCommon('-primes=N'),
    gendsa: withCommon(''),
    genpkey: withCommon('-paramfile=FILE  -algorithm=NAME  -pass=PASS'),
    rsa: withCommon('-pubin  -pubout'),
    dsa: withCommon('-pubin  -pubout'),
    ec: withCommon('-param_enc=MODE  -conv_form=FORM  -pubin  -pubout'),
    pkey: withCommon('-ec_conv_form=FORM  -ec_param_enc=MODE  -pubin  -pubout'),
    pkeyutl: withCommon(
      '-inkey=FILE  -peerkey=FILE  -sigfile=FILE  -kdf=NAME  -kdflen=N  -digest=NAME  -sign  -verify',
    ),
    ecparam: withCommon('-param_enc=MODE  -name=CURVE  -conv_form=FORM  -genkey'),
    dhparam: withCommon(''),
    pkcs8: withCommon(
      '-v1=ALGORITHM  -v2=CIPHER  -v2prf=ALGORITHM  -iter=N  -scrypt_N=N  -scrypt_r=N  -scrypt_p=N  -topk8',
    ),
    pkcs12: withCommon(`
      -export  -password=PASS  -inkey=FILE  -certfile=FILE  -passcerts=PASS  -name=NAME  -caname=NAME  -CSP=NAME
      -keypbe=ALGORITHM  -certpbe=ALGORITHM  -macalg=DIGEST  -iter=N
    `),
    passwd: withCommon('-salt=TEXT  -stdin  -6  -5  -1  -apr1'),
    rand: withCommon('-base64  -hex'),
    cms: MESSAGE,
    smime: MESSAGE,
    verify: withCommon(`${VERIFYING} -trusted=FILE  -CRLfile=FILE`),
    ts: withCommon(`${VERIFYING} -inkey=FILE  -signer=FILE  -chain=FILE  -data=FILE  -digest=HEX  -queryfile=FILE`),
    s_client: withCommon(`
      ${VERIFYING} -host=HOST  -port=PORT  -connect=HOST  -bind=ADDRESS  -proxy=HOST  -proxy_user=USER
      -proxy_pass=PASS  -unix=PATH  -cert=FILE  -cert_chain=FILE  -key=FILE  -pass=PASS  -verify=DEPTH
      -starttls=PROTOCOL  -servername=NAME  -alpn=PROTOCOLS  -cipher=LIST  -ciphersuites=LIST  -psk=KEY  -name=NAME
      -sess_in=FILE  -sess_out=FILE
    `),
  },
};
