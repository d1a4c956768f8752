import { language } from '../../i18n/language.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';

/** What Hopscope opens: projects, designs as text, and drawings as first drafts. */
const opened = ['hopscope', 'yaml', 'yml', 'json', 'drawio'];

/** Asks for a file and opens it. */
export async function openByDialog(session: Session): Promise<void> {
  const t = language.messages.welcome.files;
  const file = await session.chooseFile({ purpose: 'open', title: t.open, extensions: opened });
  if (file !== undefined) await session.openPath(file);
}

/** Asks for a place and goes on there. Whoever chose a file that exists was asked already whether it may go. */
export async function saveAsByDialog(session: Session): Promise<void> {
  const project = session.project;
  if (!project) return;
  const t = language.messages;
  const file = await session.chooseFile({
    purpose: 'save',
    title: t.welcome.files.save,
    suggested: `${fileName(project.design.name)}.hopscope`,
    extensions: ['hopscope'],
  });
  if (file === undefined) return;
  const answer = await session.saveAs(file, true);
  if (answer.ok)
    session.toasts.say({ tone: 'good', title: t.shell.project.savedAs(answer.value.file) });
  else session.toasts.fail(answer.error);
}

/** A name that every file system takes. */
export const fileName = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/^\.+/, '')
    .slice(0, 80) || 'design';

/** The file's own name, of a path of either system. */
export const baseName = (file: string): string => file.split(/[\\/]/).pop() ?? file;
