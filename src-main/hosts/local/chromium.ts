import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs that print as Chromium does; the first that is there is taken. */
const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
];

/** On a slow machine, whatever the page is, and for each million letters of it. */
const patienceMs = 180_000;
const patienceMsEachMillion = 20_000;

/** A Chromium of this machine: what HOPSCOPE_CHROMIUM names, else one on PATH or where it is usually installed. */
export async function findChromium(): Promise<string | undefined> {
  const named = process.env['HOPSCOPE_CHROMIUM'];
  if (named !== undefined && named !== '') return (await isProgram(named)) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = programs.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  for (const path of [...onPath, ...places]) if (await isProgram(path)) return path;
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** For the backend: a PDF by a Chromium that is on the machine, or why there is none. */
export async function printLocally(html: string): Promise<Uint8Array | string> {
  const chromium = await findChromium();
  if (chromium === undefined) return noPdf();
  try {
    return await printPdf(chromium, html);
  } catch (error) {
    return `${chromium} did not print the report: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Why there is none: what HOPSCOPE_CHROMIUM names is taken before all others, also where it is no program. */
export function noChromium(): string {
  const named = process.env['HOPSCOPE_CHROMIUM'] ?? '';
  return named === ''
    ? 'none was found: install Chromium or Chrome, or name one by HOPSCOPE_CHROMIUM'
    : `HOPSCOPE_CHROMIUM names ${named}, which is no program`;
}

export const noPdf = (): string => `A PDF is printed by Chromium, and ${noChromium()}`;

/** A page as a PDF with outline, tags and the text as text; the same page gives the same bytes. */
export async function printPdf(chromium: string, html: string): Promise<Uint8Array> {
  const bytes = await withPage(chromium, html, 'report.pdf', (out) => [
    `--print-to-pdf=${out}`,
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
  ]);
  return withoutClock(bytes);
}

/** An SVG picture as a PNG; `scale`: pixels of the PNG a pixel of the picture. */
export async function renderPng(
  chromium: string,
  { svg, width, height }: { readonly svg: string; readonly width: number; readonly height: number },
  scale: number,
): Promise<Uint8Array> {
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>html,body{margin:0;overflow:hidden}svg{display:block}</style>${svg}`;
  return withPage(chromium, page, 'picture.png', (out) => [
    `--screenshot=${out}`,
    `--window-size=${width},${height}`,
    `--force-device-scale-factor=${scale}`,
    '--hide-scrollbars',
  ]);
}

async function withPage(
  chromium: string,
  html: string,
  name: string,
  args: (out: string) => readonly string[],
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-print-'));
  try {
    const page = join(folder, 'page.html');
    const out = join(folder, name);
    await writeFile(page, html);
    // As root, as in a container, Chromium has no sandbox of its own. The page holds no script and fetches nothing.
    const isRoot = process.getuid?.() === 0;
    const common = [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-sync',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--font-render-hinting=none',
      `--user-data-dir=${join(folder, 'profile')}`,
      ...(isRoot ? ['--no-sandbox'] : []),
    ];
    const url = pathToFileURL(page).href;
    const timeout = patienceMs + Math.ceil((html.length / 1_000_000) * patienceMsEachMillion);
    const running = run(chromium, [...common, ...args(out), url], { timeout });
    const late = `it took longer than ${timeout / 1000} seconds`;
    try {
      await running;
    } catch (error) {
      throw running.child.killed ? new Error(late) : error;
    }
    // One that is told to end may do so in good order, as if it were done.
    if (running.child.killed) throw new Error(late);
    return await readFile(out);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Dates that a PDF has of its making, as ISO 32000-1 §7.9.4 writes them, become one and the same, as long as before. */
export function withoutClock(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  const fixed = text.replaceAll(
    /\/(CreationDate|ModDate) ?\(D:\d{14}([+-]\d\d'\d\d'|Z)?\)/g,
    (whole) => whole.replace(/\d{14}/, '20000101000000'),
  );
  return Buffer.from(fixed, 'latin1');
}
