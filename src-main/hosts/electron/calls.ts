import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { callChannel } from '../../contract/bridge.ts';
import { failed, type Answer, type Backend } from '../../contract/index.ts';
import { isOurPage } from './page-protocol.ts';

/** Answers the page's calls. The sender is checked first, then the backend checks what was sent. */
export function answerCalls(backend: Backend): void {
  ipcMain.handle(
    callChannel,
    async (event, method: unknown, payload: unknown): Promise<Answer<unknown>> => {
      if (!isOurMainFrame(event)) {
        return failed('not-allowed', { reason: 'the message comes from another page' });
      }
      if (typeof method !== 'string') {
        return failed('message-malformed', { reason: 'it names no call' });
      }
      return backend.callUntyped(method, payload);
    },
  );
}

/** A frame that has gone, one inside the page, and one of another origin are strangers. */
function isOurMainFrame({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurPage(senderFrame.url);
}
