/**
 * Draws the program's icons from their SVG sources (npm run icons). Small ones are drawn for themselves: what is fine at
 * 256 pixels is a stain at 16.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { chromium, type Page } from 'playwright-core';
import pngToIco from 'png-to-ico';
import { findChromium } from '../support/capabilities.ts';
import { writeIcns, type Picture } from './icns.ts';
import { drawings, icoSides, pngSides, smallestFullSide, type Drawing } from './sizes.ts';

const folder = join(import.meta.dirname, '..', '..', 'resources', 'icons');

/** Apple's grid leaves a rim around a program's square: 824 of 1024. */
const appleShare = 824 / 1024;

async function draw(page: Page, svg: string, side: number, share: number): Promise<Picture> {
  await page.setViewportSize({ width: side, height: side });
  const inner = side * share;
  const url = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<style>* { margin: 0 } html { background: transparent } body { display: grid; place-items: center; height: ${side}px }</style>` +
      `<img src="${url}" width="${inner}" height="${inner}">`,
  );
  await page.evaluate('document.images[0].decode()');
  const png = await page.screenshot({ omitBackground: true });
  const pixels: number[] = await page.evaluate(
    `(async () => {
      const picture = new Image();
      picture.src = 'data:image/png;base64,${png.toString('base64')}';
      await picture.decode();
      const context = new OffscreenCanvas(${side}, ${side}).getContext('2d');
      context.drawImage(picture, 0, 0);
      return [...context.getImageData(0, 0, ${side > 32 ? 1 : side}, ${side > 32 ? 1 : side}).data];
    })()`,
  );
  return { png, rgba: Uint8Array.from(pixels) };
}

async function drawAll(page: Page, { name, pngFolder, isDocument }: Drawing): Promise<void> {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  const large = await read(`${name}.svg`);
  const small = await read(`${name}-small.svg`);
  const svgOf = (side: number) => (side < smallestFullSide ? small : large);

  const pngs = new Map<number, Buffer>();
  const apple = new Map<number, Picture>();
  for (const side of pngSides) {
    const { png } = await draw(page, svgOf(side), side, 1);
    pngs.set(side, Buffer.from(png));
    // At 16 and 32 pixels there is none to give away.
    const share = isDocument || side < smallestFullSide ? 1 : appleShare;
    apple.set(side, await draw(page, svgOf(side), side, share));
  }

  await mkdir(join(folder, pngFolder), { recursive: true });
  for (const [side, png] of pngs) {
    await writeFile(join(folder, pngFolder, `${side}x${side}.png`), png);
  }
  const ofSide = <Value>(all: ReadonlyMap<number, Value>, side: number): Value => {
    const found = all.get(side);
    if (found === undefined) throw new Error(`no picture of ${side} pixels`);
    return found;
  };
  await writeFile(
    join(folder, `${name}.ico`),
    await pngToIco(icoSides.map((side) => ofSide(pngs, side))),
  );
  await writeFile(
    join(folder, `${name}.icns`),
    writeIcns((side) => ofSide(apple, side)),
  );
}

const executablePath = findChromium();
if (executablePath === undefined) {
  process.stderr.write('The icons are drawn by Chromium, which is not installed here.\n');
  process.exit(1);
}
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  for (const drawing of drawings) await drawAll(page, drawing);
} finally {
  await browser.close();
}
