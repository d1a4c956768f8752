import { backendError } from '../../src-main/contract/errors.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Bytes; what the backend takes as a text form. */
const largestFileBytes = 64 * 1024 * 1024;

/** Opens a text-form file that the reader chose. What cannot be read is refused with a sentence, as a bad design is. */
export async function openFile(workspace: Workspace, file: File): Promise<void> {
  if (file.size > largestFileBytes) {
    workspace.refuse(
      file.name,
      backendError('message-too-large', { limitBytes: largestFileBytes }),
    );
    return;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    const reason = 'it is not a text in UTF-8';
    workspace.refuse(file.name, backendError('text-unreadable', { reason }));
    return;
  }
  await workspace.openText(text, file.name);
}
