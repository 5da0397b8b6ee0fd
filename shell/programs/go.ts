/** go, https://pkg.go.dev/cmd/go: one dash or two, nothing is bundled. */
import type { Program } from './grammar.ts';

const BUILDING = `
  -C=FOLDER  -a  -n  -p=N  -race  -msan  -asan  -cover  -covermode=MODE  -coverpkg=PATTERNS  -v  -work  -x
  -asmflags=FLAGS  -buildmode=MODE  -buildvcs  -compiler=NAME  -gccgoflags=FLAGS  -gcflags=FLAGS
  -installsuffix=SUFFIX  -json  -ldflags=FLAGS  -linkshared  -mod=MODE  -modcacherw  -modfile=FILE  -overlay=FILE
  -pgo=FILE  -pkgdir=FOLDER  -tags=TAGS  -trimpath  -toolexec=COMMAND
`;

export const GO: Program = {
  names: ['go'],
  versioned: true,
  singleDash: true,
  options: '-C=FOLDER',
  subcommands: {
    build: { options: `${BUILDING} -o=FILE` },
    install: { options: BUILDING },
    get: { options: `${BUILDING} -d  -t  -u  -tool` },
    run: { options: `${BUILDING} -exec=PROGRAM`, stopsAtOperand: true },
    test: {
      options: `
        ${BUILDING} -o=FILE  -c  -exec=PROGRAM  -args  -bench=PATTERN  -benchtime=TIME  -count=N  -coverprofile=FILE
        -cpu=LIST  -parallel=N  -run=PATTERN  -skip=PATTERN  -timeout=TIME  -vet=LIST  -short
      `,
    },
    generate: { options: `${BUILDING} -run=PATTERN  -skip=PATTERN` },
    mod: { subcommands: { download: { options: '-x  -json  -reuse=FILE' } } },
    work: { subcommands: {} },
    env: { options: '-w  -u  -json  -changed' },
    clean: { options: '-cache  -modcache  -testcache  -i  -r' },
  },
};
