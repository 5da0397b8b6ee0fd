// The page of `bakelint images --format html` in a real browser: it is whole, readable in light and dark, and inert.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { browser, HERE, ROOT } from './setup.mjs';

const HOSTILE = '"><script>window.hit=1</script><img src=x onerror=window.hit=1>';
const FILES = {
  'base/Dockerfile': 'ARG V=22\nFROM node:$V-bookworm\nLABEL org.example.team=platform\n',
  'app/Dockerfile': `FROM registry.example.com/base:1\nCOPY --from=busybox:1.36 /bin/x /x\nLABEL owner='${HOSTILE}' retire-on=2027-06-30\n`,
  'worker/Dockerfile': 'FROM registry.example.com/base:1\n',
  'old/Dockerfile': 'FROM node:16\n',
  Makefile: [
    'all:',
    'docker build -t registry.example.com/base:1 base',
    'docker build -t registry.example.com/app:2 app',
    'docker build -t registry.example.com/worker:4 worker\n',
  ].join('\n\t'),
  'host/user-data': '#cloud-config\nruncmd:\n  - docker run -d registry.example.com/app:2\n',
  'host/vm.pkr.hcl': `source "amazon-ebs" "vm" {
  ami_name   = "host-1"
  source_ami = "ami-0123456789abcdef0"
  tags       = { Owner = "hosting", Refresh = "monthly", purpose = "Container host" }
}

build {
  sources = ["source.amazon-ebs.vm"]
  provisioner "shell" {
    inline = ["docker pull registry.example.com/worker:4"]
  }
}
`,
};

/** Throws when something is not as it should be; screenshots go to `shots/`. */
export async function checkPage() {
  const shots = path.join(HERE, 'shots');
  mkdirSync(shots, { recursive: true });
  const folder = mkdtempSync(path.join(tmpdir(), 'bakelint-images-'));
  const engine = await chromium.launch({ executablePath: browser(), args: ['--no-sandbox'] });
  try {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const cli = path.join(ROOT, 'dist/cli.js');
    execFileSync(process.execPath, [cli, 'images', '--format', 'html=page.html'], { cwd: folder });
    const backgrounds = new Set();
    for (const colorScheme of ['light', 'dark']) {
      const page = await engine.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
      const complaints = [];
      page.on('console', message => complaints.push(message.text()));
      page.on('pageerror', error => complaints.push(String(error)));
      page.on('request', request => request.url().startsWith('file:') || complaints.push(request.url()));
      await page.goto(pathToFileURL(path.join(folder, 'page.html')).href);
      await page.screenshot({ path: path.join(shots, `images-${colorScheme}.png`), fullPage: true });
      await checkContents(page);
      backgrounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      const contrast = await page.evaluate(worstContrast);
      if (contrast < 4.5) throw new Error(`${colorScheme}: contrast ${contrast.toFixed(1)}`);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
      await page.close();
    }
    if (backgrounds.size !== 2) throw new Error('light and dark look the same');
    const printed = await engine.newPage();
    await printed.goto(pathToFileURL(path.join(folder, 'page.html')).href);
    const pdf = await printed.pdf({ path: path.join(shots, 'images.pdf'), format: 'A4', landscape: true });
    if (pdf.length < 10_000) throw new Error('nothing is printed');
    return 'light, dark and on paper';
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkContents(page) {
  const rows = await page.locator('tbody tr').count();
  if (rows !== 5) throw new Error(`${rows} rows`);
  if (await page.evaluate(() => window.hit)) throw new Error('a name was run');
  if (await page.locator('script, img').count()) throw new Error('a name became an element');
  if (!(await page.locator('td').allInnerTexts()).includes(HOSTILE)) throw new Error('a name was changed');
  const boxes = await page.locator('svg .node').count();
  if (boxes !== 10) throw new Error(`${boxes} boxes`);
  // A box leads to the row of its image.
  const box = page.locator('svg a', { hasText: 'registry.example.com/base:1' });
  await box.click();
  const target = await page.locator('tr:target').innerText();
  if (!target.includes('base/Dockerfile:2')) throw new Error(`led to ${target}`);
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
    throw new Error('the page is too wide');
}

/** The least contrast of any text with the page, as WCAG measures it. Runs in the page. */
function worstContrast() {
  const luminance = color => {
    const [r, g, b] = color.match(/[\d.]+/g).map(one => {
      const part = Number(one) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = luminance(getComputedStyle(document.body).backgroundColor);
  const card = luminance(getComputedStyle(document.querySelector('.node rect')).fill);
  let worst = 21;
  for (const element of document.querySelectorAll('small, td, th, a, h1, h2, li, svg text')) {
    const style = getComputedStyle(element);
    const isDrawn = element.tagName === 'text';
    const text = luminance(isDrawn ? style.fill : style.color);
    const under = isDrawn ? card : page;
    worst = Math.min(worst, (Math.max(text, under) + 0.05) / (Math.min(text, under) + 0.05));
  }
  return worst;
}
