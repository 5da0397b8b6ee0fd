import { withDirectory } from './directories.ts';
import { bakelint, costOf, DIST, interleaved, NOTHING, type Program } from './process.ts';
import { type Figure, table } from './statistics.ts';

/** Ten lines as people write them. */
const SMALL = `FROM node:20-alpine
WORKDIR /app
ENV NODE_ENV=production
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
RUN apk add --no-cache curl
EXPOSE 3000
USER node
CMD ["node", "server.js"]
`;
const ROUNDS = 9;
/** Runs in one measurement. */
const TIMES = 5;

/** What one run costs beyond a Node.js process that does nothing. */
export function benchStart(): Figure[] {
  return withDirectory([{ path: 'Dockerfile', text: SMALL }], ({ path, files }) => {
    const programs: readonly (readonly [string, Program])[] = [
      ['node -e 0', NOTHING],
      ['bakelint --version', { program: process.execPath, args: [`${DIST}/cli.js`, '--version'] }],
      ['bakelint --help', { program: process.execPath, args: [`${DIST}/cli.js`, '--help'] }],
      ['a Dockerfile of 10 lines', bakelint(...files)],
    ];
    const runs = new Map(programs.map(([name, program]) => [name, () => costOf(program, path, TIMES)]));
    const costs = interleaved(runs, ROUNDS);
    const nothing = costs.get('node -e 0')!.cpu;
    const rows = [...costs].map(([name, { cpu, peak }]) => [name, cpu * 1000, (cpu - nothing) * 1000, peak]);
    process.stdout.write(`${table([['one run', 'CPU ms', 'above node -e 0', 'peak MiB'], ...rows])}\n`);
    const value = (costs.get('a Dockerfile of 10 lines')!.cpu - nothing) * 1000;
    return [{ what: 'a Dockerfile of 10 lines, above node -e 0', value, unit: 'ms CPU', aim: 100 }];
  });
}
