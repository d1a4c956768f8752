import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { done, failed, type Answer, type Backend } from '../../contract/index.ts';
import { withoutClock } from '../local/chromium.ts';

/** Whether a call asks for a report that is printed: this process does it, with Electron's own Chromium. */
export const asksForPdf = (method: string, payload: unknown): payload is object =>
  method === 'report.make' &&
  typeof payload === 'object' &&
  payload !== null &&
  'format' in payload &&
  payload.format === 'pdf';

/** The report that the backend writes as a page, as a PDF with outline and tags. */
export async function printReport(backend: Backend, payload: object): Promise<Answer<unknown>> {
  const answer = await backend.callUntyped('report.make', { ...payload, format: 'html' });
  if (!answer.ok) return answer;
  const { text } = answer.value as { readonly text: string };
  try {
    return done({ text: '', pictures: [], bytes: await printPage(text) });
  } catch (error) {
    return failed('not-printed', {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** In a window that nobody sees, without script, by a session of its own. */
async function printPage(html: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-print-'));
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      partition: 'print',
    },
  });
  try {
    const page = join(folder, 'report.html');
    await writeFile(page, html);
    await window.loadFile(page);
    const pdf = await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateDocumentOutline: true,
      generateTaggedPDF: true,
    });
    return withoutClock(pdf);
  } finally {
    window.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}
