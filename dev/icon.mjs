// Draws the icon of the extension: node dev/icon.mjs. Three layers of an image, the upper one with a check mark.
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 256;
/** Each pixel is the mean of so many by so many samples. */
const SAMPLES = 4;

const BACKGROUND = [16, 58, 70];
const LAYERS = [
  { y: 172, color: [74, 128, 142] },
  { y: 132, color: [122, 178, 186] },
  { y: 92, color: [240, 246, 246] },
];
const CHECK = [232, 118, 45];
/** Half of the width and of the height of a layer, which is a rhombus. */
const [HALF_WIDTH, HALF_HEIGHT] = [92, 46];
const CORNER = 48;
const STROKE = 9;
const MARK = [
  [104, 92],
  [122, 110],
  [156, 74],
];

/** Whether a point is in the square with round corners. */
function isInside(x, y) {
  const dx = Math.max(CORNER - x, x - (SIZE - CORNER), 0);
  const dy = Math.max(CORNER - y, y - (SIZE - CORNER), 0);
  return Math.hypot(dx, dy) <= CORNER;
}

function isInLayer(x, y, middle) {
  return Math.abs(x - SIZE / 2) / HALF_WIDTH + Math.abs(y - middle) / HALF_HEIGHT <= 1;
}

function distanceToLine(x, y, [ax, ay], [bx, by]) {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - at * (bx - ax), y - ay - at * (by - ay));
}

/** Red, green, blue and opacity of a point. */
function colorAt(x, y) {
  if (!isInside(x, y)) return [0, 0, 0, 0];
  if (MARK.slice(1).some((point, i) => distanceToLine(x, y, MARK[i], point) <= STROKE)) return [...CHECK, 255];
  const layer = LAYERS.findLast(({ y: middle }) => isInLayer(x, y, middle));
  // A gap keeps the layers apart.
  const covered = LAYERS.findLast(({ y: middle }) => isInLayer(x, y, middle - 14));
  if (layer && covered && LAYERS.indexOf(covered) > LAYERS.indexOf(layer)) return [...BACKGROUND, 255];
  return [...(layer?.color ?? BACKGROUND), 255];
}

function pixel(x, y) {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES ** 2; i++) {
    const at = [x + ((i % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES];
    const [red, green, blue, alpha] = colorAt(...at);
    for (const [part, value] of [red, green, blue].entries()) sum[part] += value * alpha;
    sum[3] += alpha;
  }
  const parts = sum.slice(0, 3).map(part => (sum[3] === 0 ? 0 : Math.round(part / sum[3])));
  return [...parts, Math.round(sum[3] / SAMPLES ** 2)];
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** https://www.w3.org/TR/png-3: eight bits for each of four channels, no filter. */
function png() {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: SIZE }, (_, y) => [
    0,
    ...Array.from({ length: SIZE }, (_, x) => pixel(x, y)).flat(),
  ]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows.flat()), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

writeFileSync(process.argv[2] ?? 'client/icon.png', png());
