/** PECL's and PEAR's installers, https://pear.php.net/manual/en/guide.users.commandline.commands.php */
import type { Program } from './grammar.ts';

const INSTALLING = `
  -f,--force  -l,--loose  -n,--nodeps  -r,--register-only  -s,--soft  -B,--nobuild  -Z,--nocompress
  -R,--installroot=FOLDER  -P,--packagingroot=FOLDER  --ignore-errors  -a,--alldeps  -o,--onlyreqdeps  -O,--offline
  -p,--pretend  -D,--configureoptions=SETTINGS
`;

export const PECL: Program = {
  names: ['pecl', 'pear'],
  everywhere: '-v  -q  -c=FILE  -C=FILE  -d=SETTING  -D=SETTING  -G  -S  -s  -y=FILE  -V  -h',
  subcommands: {
    'install|i': { options: INSTALLING },
    'upgrade|up': { options: INSTALLING },
    'uninstall|un': {
      options: '-n,--nodeps  -r,--register-only  -R,--installroot=FOLDER  --ignore-errors  -O,--offline',
    },
  },
};
