/**
 * ssh(1), ssh-keygen(1), sshpass(1), htpasswd(1), https://httpd.apache.org/docs/current/programs/htpasswd.html, and
 * keytool, https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html
 */
import type { Program } from './grammar.ts';

/** After the host is a command line for it. */
export const SSH: Program = {
  names: ['ssh'],
  runs: 1,
  options: `
    -4  -6  -A  -a  -B=INTERFACE  -b=ADDRESS  -C  -c=CIPHERS  -D=ADDRESS  -E=FILE  -e=CHARACTER  -F=FILE  -f  -G  -g
    -I=LIBRARY  -i=FILE  -J=HOSTS  -K  -k  -L=ADDRESS  -l=USER  -M  -m=LIST  -N  -n  -O=COMMAND  -o=OPTION  -P=TAG
    -p=PORT  -Q=QUERY  -q  -R=ADDRESS  -S=FILE  -s  -T  -t  -V  -v  -W=ADDRESS  -w=TUNNEL  -X  -x  -Y  -y
  `,
};
const SSH_KEYGEN: Program = {
  names: ['ssh-keygen'],
  options: `
    -A  -a=ROUNDS  -B  -b=BITS  -C=COMMENT  -c  -D=LIBRARY  -E=HASH  -e  -F=HOST  -f=FILE  -g  -H  -h  -I=IDENTITY  -i
    -K  -k  -L  -l  -M=MODE  -m=FORMAT  -N=PASSPHRASE  -n=PRINCIPALS  -O=OPTION  -P=PASSPHRASE  -p  -Q  -q  -R=HOST
    -r=HOST  -s=FILE  -t=TYPE  -U  -u  -V=INTERVAL  -v  -w=PROVIDER  -Y=COMMAND  -y  -Z=CIPHER  -z=SERIAL
  `,
};
export const SSHPASS: Program = {
  names: ['sshpass'],
  runs: 0,
  options: '-p=PASSWORD  -f=FILE  -d=N  -e  -P=PROMPT  -v  -h  -V',
};

const HTPASSWD: Program = {
  names: ['htpasswd'],
  options: '-b  -i  -c  -n  -m  -2  -5  -B  -C=COST  -r=ROUNDS  -d  -s  -p  -D  -v',
};

const KEYTOOL: Program = {
  names: ['keytool'],
  singleDash: true,
  options: `
    -addprovider=NAME  -alias=NAME  -cacerts  -destalias=NAME  -destkeypass=PASSWORD  -destkeystore=FILE
    -destprotected  -destprovidername=NAME  -deststorepass=PASSWORD  -deststoretype=TYPE  -dname=NAME  -ext=VALUE
    -file=FILE  -groupname=NAME  -infile=FILE  -outfile=FILE  -keyalg=NAME  -keypass=PASSWORD  -keysize=SIZE
    -keystore=FILE  -new=PASSWORD  -noprompt  -protected  -providerclass=CLASS  -providername=NAME  -providerpath=LIST
    -providerarg=ARG  -rfc  -sigalg=NAME  -signer=NAME  -signerkeypass=PASSWORD  -srcalias=NAME  -srckeypass=PASSWORD
    -srckeystore=FILE  -srcprotected  -srcprovidername=NAME  -srcstorepass=PASSWORD  -srcstoretype=TYPE
    -startdate=DATE  -storepass=PASSWORD  -storetype=TYPE  -trustcacerts  -v  -validity=DAYS  -conf=FILE
  `,
};

/** wg(8): only the words after its subcommands differ. */
const WG: Program = { names: ['wg'], options: '', subcommands: { genkey: {}, genpsk: {}, pubkey: {} } };

/** make-ssl-cert(8) of Debian's ssl-cert. */
const MAKE_SSL_CERT: Program = {
  names: ['make-ssl-cert'],
  options: '-f,--force-overwrite  -h,--help  --expiration-days=N',
};

/** certtool(1) of GnuTLS. */
const CERTTOOL: Program = {
  names: ['certtool'],
  options: `
    -d,--debug=LEVEL  -V,--verbose  --infile=FILE  --outfile=FILE  -i,--certificate-info  -s,--generate-self-signed
    -c,--generate-certificate  --generate-proxy  -u,--update-certificate  -p,--generate-privkey  -q,--generate-request
    -e,--verify-chain  --verify  --load-privkey=FILE  --load-pubkey=FILE  --load-request=FILE  --load-certificate=FILE
    --load-ca-privkey=FILE  --load-ca-certificate=FILE  --password=TEXT  --key-type=TYPE  --bits=N  --curve=NAME
    --sec-param=LEVEL  --hash=NAME  --template=FILE  --rsa  --dsa  --ecc  --outder  --outraw  --inder  --pkcs8
  `,
};

export const KEYS: readonly Program[] = [SSH, SSH_KEYGEN, SSHPASS, HTPASSWD, KEYTOOL, WG, MAKE_SSL_CERT, CERTTOOL];
