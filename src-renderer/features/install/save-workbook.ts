import type { Design, InstallReport } from '../../../src-main/contract/vocabulary.ts';
import type { Session } from '../../state/session.svelte.ts';
import { saveFile } from '../trace/save-file.ts';

/** The firewall request of a report as a workbook, of the design that the report is of. */
export async function saveWorkbook(
  { backend, toasts }: Session,
  design: Design,
  { scenario, mode }: InstallReport,
): Promise<void> {
  const answer = await backend.call('design.export', {
    source: { kind: 'design', design },
    format: 'firewall-request-xlsx',
    scenario,
    mode,
  });
  if (!answer.ok) {
    toasts.fail(answer.error);
    return;
  }
  for (const { path, content } of answer.value.files) {
    saveFile(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }
}
