import { dialog, ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { callChannel, chooseFileChannel, languageSetting } from '../../contract/bridge.ts';
import { failed, type Answer, type FileQuestion, type Input } from '../../contract/index.ts';
import { isOurPage } from './page-protocol.ts';
import type { Windows } from './windows.ts';

const fileQuestion: z.ZodType<FileQuestion> = z.strictObject({
  purpose: z.enum(['open', 'save']),
  title: z.string().max(200),
  suggested: z.string().max(4096).exactOptional(),
  extensions: z.array(z.string().regex(/^[a-z0-9]{1,16}$/i)).max(16),
});

/** Answers the pages' messages. The sender is checked first, then what was sent. */
export function answerCalls(windows: Windows, onLanguage: () => void): void {
  ipcMain.handle(
    callChannel,
    async (event, method: unknown, payload: unknown): Promise<Answer<unknown>> => {
      if (!isOurMainFrame(event)) {
        return failed('not-allowed', { reason: 'the message comes from another page' });
      }
      if (typeof method !== 'string') {
        return failed('message-malformed', { reason: 'it names no call' });
      }
      const answer = await windows.call(event.sender, method, payload);
      if (answer.ok && method === 'settings.write' && writesLanguage(payload)) onLanguage();
      return answer;
    },
  );

  ipcMain.handle(chooseFileChannel, (event, question: unknown): Promise<string | undefined> => {
    const window = isOurMainFrame(event) ? windows.of(event.sender) : undefined;
    const checked = fileQuestion.safeParse(question);
    // Nothing of a page that is not ours, or of a question that is none, is shown to the user.
    return window && checked.success
      ? chooseFile(window, checked.data)
      : Promise.resolve(undefined);
  });
}

/** Of arguments that the backend has taken. */
const writesLanguage = (payload: unknown): boolean =>
  languageSetting in (payload as Input<'settings.write'>).values;

/** The system's own dialog, over the window that asks. */
async function chooseFile(
  window: BrowserWindow,
  { purpose, title, suggested, extensions }: FileQuestion,
): Promise<string | undefined> {
  const options = {
    title,
    filters: [
      { name: extensions.map((one) => `*.${one}`).join(', '), extensions: [...extensions] },
    ],
    ...(suggested === undefined ? {} : { defaultPath: suggested }),
  };
  if (purpose === 'open') {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      ...options,
      properties: ['openFile'],
    });
    return canceled ? undefined : filePaths[0];
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    ...options,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? undefined : filePath;
}

/** A frame that has gone, one inside the page, and one of another origin are strangers. */
function isOurMainFrame({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurPage(senderFrame.url);
}
