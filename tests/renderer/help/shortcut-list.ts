import { canvasCommands } from '../../../src-renderer/features/canvas/commands.ts';
import { lineKeys, moveKeys } from '../../../src-renderer/features/flows/flow-keys.ts';
import { intentKeys } from '../../../src-renderer/features/intents/intent-keys.ts';
import { projectCommands } from '../../../src-renderer/features/shell/project-commands.ts';
import { windowCommands } from '../../../src-renderer/features/shell/window-commands.ts';
import { playerKeys, stepKeys } from '../../../src-renderer/features/trace/trace-keys.ts';
import type { DrawingEdits } from '../../../src-renderer/state/drawing-edits.svelte.ts';
import type { Drawing } from '../../../src-renderer/state/drawing.svelte.ts';
import type { Project } from '../../../src-renderer/state/project.svelte.ts';
import type { Session } from '../../../src-renderer/state/session.svelte.ts';
import { keyText } from '../../../src-renderer/ui/keys.ts';

/** Enough of a window to be asked what its commands are called; none of them is run. */
const project = { selection: {}, view: {}, state: {} } as unknown as Project;
const preferences = { isOpen: () => true, maximised: false };
const session = { preferences, project } as unknown as Session;
const drawing = { project } as unknown as Drawing;
const edits = {} as unknown as DrawingEdits;

export interface Shortcut {
  readonly label: string;
  /** As printed on a keyboard of Linux or Windows. */
  readonly keys: readonly string[];
}

/** Every shortcut of the window, in the language that it speaks now. */
export const shortcuts = (): readonly Shortcut[] =>
  [
    ...windowCommands(session),
    ...projectCommands(session, project),
    ...canvasCommands(drawing, edits),
    ...playerKeys,
    ...stepKeys,
    ...lineKeys,
    ...intentKeys,
    ...moveKeys,
  ].flatMap(({ label, keys = [] }) =>
    keys.length === 0 ? [] : [{ label: label(), keys: keys.map((one) => keyText(one, false)) }],
  );
