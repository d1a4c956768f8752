import type { Page } from 'playwright-core';

/** A place on the canvas, in units from the top left corner of the view as it was when the hand was laid on it. */
export type Spot = readonly [x: number, y: number];

/**
 * The mouse of somebody who draws: things are dragged from the palette, lines from thing to thing. Places are canvas
 * units; the view is zoomed by the buttons alone, which zoom about its middle by a factor that is known.
 */
export class Hand {
  readonly page: Page;
  #scale = 1;
  #offset = { x: 0, y: 0 };
  #origin = { x: 0, y: 0 };
  #box = { x: 0, y: 0, width: 0, height: 0 };
  #gestures = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** Gestures made so far. */
  get gestures(): number {
    return this.#gestures;
  }
  get surface() {
    return this.page.getByRole('application', { name: 'Drawing of the network' });
  }

  /** Opens an empty design, and zooms out so often. */
  async begin(url: string, zoomedOut = 0): Promise<void> {
    const { page } = this;
    await page.goto(url);
    await page.getByRole('button', { name: /Empty design/ }).click();
    await this.surface.waitFor();
    // The introduction may be shown first.
    const skip = page.getByRole('button', { name: 'Skip', exact: true });
    await page.getByText('An empty design').waitFor();
    if (await skip.isVisible()) await skip.click();
    await this.measure();
    for (let times = 0; times < zoomedOut; times++) await this.#zoomOut();
    this.#origin = {
      x: -this.#offset.x / this.#scale,
      y: -this.#offset.y / this.#scale,
    };
  }

  async measure(): Promise<void> {
    const box = await this.surface.boundingBox();
    if (!box) throw new Error('there is no canvas');
    this.#box = box;
  }

  async #zoomOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Zoom out' }).click();
    const middle = { x: this.#box.width / 2, y: this.#box.height / 2 };
    this.#offset = {
      x: middle.x - (middle.x - this.#offset.x) * 0.8,
      y: middle.y - (middle.y - this.#offset.y) * 0.8,
    };
    this.#scale *= 0.8;
    const percent = new RegExp(`^${Math.round(this.#scale * 100)}%`);
    await this.page.getByRole('button', { name: percent }).waitFor();
  }

  /** Where a spot is on the page. */
  at([x, y]: Spot): { readonly x: number; readonly y: number } {
    return {
      x: this.#box.x + (x + this.#origin.x) * this.#scale + this.#offset.x,
      y: this.#box.y + (y + this.#origin.y) * this.#scale + this.#offset.y,
    };
  }

  /** Drags a thing of the palette onto the canvas; `shows` is what is drawn then, as the outline calls it. */
  async drop(thing: string, spot: Spot, shows?: string): Promise<void> {
    const { mouse } = this.page;
    const tile = this.page.getByRole('button', { name: `Add ${thing}`, exact: true });
    await tile.scrollIntoViewIfNeeded();
    const from = await tile.boundingBox();
    if (!from) throw new Error(`the palette has no ${thing}`);
    const to = this.at(spot);
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x - 24, to.y - 12, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 2 });
    await mouse.up();
    this.#gestures++;
    if (shows !== undefined) await this.selected(shows);
  }

  async take(tool: 'Select' | 'Connect' | 'Draw a flow' | 'Move the view'): Promise<void> {
    await this.page
      .getByRole('toolbar', { name: 'Tools' })
      .getByRole('button', { name: tool })
      .click();
    this.#gestures++;
  }

  /** Presses at one spot and lets go at another; `between` is done while the button is down. */
  async drag(from: Spot, to: Spot, between?: () => Promise<void>): Promise<void> {
    const { mouse } = this.page;
    const [a, b] = [this.at(from), this.at(to)];
    await mouse.move(a.x, a.y);
    await mouse.down();
    await mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 4 });
    await mouse.move(b.x, b.y, { steps: 3 });
    await between?.();
    await mouse.up();
    this.#gestures++;
  }

  /** Draws a line with the tool in hand, and waits for what the window says of it. */
  async line(from: Spot, to: Spot, says: string): Promise<void> {
    await this.drag(from, to);
    await this.page.getByText(says, { exact: true }).first().waitFor();
  }

  async click(spot: Spot, options: { readonly button?: 'left' | 'right' } = {}): Promise<void> {
    const { x, y } = this.at(spot);
    await this.page.mouse.move(x, y);
    await this.page.mouse.click(x, y, options);
    this.#gestures++;
  }

  async doubleClick(spot: Spot): Promise<void> {
    const { x, y } = this.at(spot);
    await this.page.mouse.dblclick(x, y);
    this.#gestures++;
  }

  /** Waits until a thing of this name is the selected one. */
  async selected(name: string): Promise<void> {
    await this.row(name, true).waitFor();
  }

  /** A thing's row in the outline. */
  row(name: string, selected?: boolean) {
    return this.page.getByRole('treeitem', {
      name: new RegExp(`^${name}\\b`),
      ...(selected === undefined ? {} : { selected }),
    });
  }
}
