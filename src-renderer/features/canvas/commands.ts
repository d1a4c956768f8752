import { language } from '../../i18n/language.svelte.ts';
import type { Command } from '../../state/commands.svelte.ts';
import type { DrawingEdits } from '../../state/drawing-edits.svelte.ts';
import type { Drawing, Tool } from '../../state/drawing.svelte.ts';
import { arranged, arrangements, leastThings } from './arrange.ts';
import { copyByCommand, pasteByCommand } from './clipboard.ts';

export const toolKeys: Readonly<Record<Tool, string>> = {
  select: 'V',
  hand: 'H',
  connect: 'C',
  flow: 'F',
};

/** What can be done to the drawing from menus, keys and the search palette. */
export function canvasCommands(drawing: Drawing, edits: DrawingEdits): readonly Command[] {
  const words = () => language.messages.canvas;
  const { selection } = drawing.project;
  const some = () => drawing.editable && selection.refs.size > 0;
  const boxes = () => drawing.editable && drawing.selectedItems.length > 0;
  const containers = () => drawing.selectedItems.filter(({ container }) => container);

  const tools = (Object.keys(toolKeys) as Tool[]).map((tool): Command => ({
    id: `tool-${tool}`,
    label: () => words().tools[tool],
    group: 'canvas',
    keys: [toolKeys[tool]],
    run: () => useTool(drawing, tool),
  }));
  const arranging = arrangements.map((arrangement): Command => ({
    id: arrangement,
    label: () => words().arrange[arrangement],
    group: 'canvas',
    enabled: () => drawing.editable && drawing.selectedItems.length >= leastThings(arrangement),
    run: () => {
      const items = drawing.selectedItems.filter(({ kind }) => kind.is !== 'pod');
      const label = arrangement.startsWith('align') ? 'align' : 'distribute';
      return edits.place(label, arranged(items, arrangement));
    },
  }));
  const edit = (
    id: string,
    label: () => string,
    keys: readonly string[],
    run: () => unknown,
    enabled: () => boolean,
  ): Command => ({ id, label, group: 'edit', keys, run, enabled });
  const look = (
    id: string,
    label: () => string,
    keys: readonly string[],
    run: () => unknown,
  ): Command => ({ id, label, group: 'view', keys, run });

  return [
    edit(
      'cut',
      () => words().commands.cut,
      ['Mod+X'],
      () => copyByCommand(edits, true),
      some,
    ),
    edit(
      'copy',
      () => words().commands.copy,
      ['Mod+C'],
      () => copyByCommand(edits, false),
      () => selection.refs.size > 0,
    ),
    edit(
      'paste',
      () => words().commands.paste,
      ['Mod+V'],
      () => pasteByCommand(drawing, edits),
      () => drawing.editable,
    ),
    edit(
      'duplicate-selection',
      () => words().commands.duplicate,
      ['Mod+D'],
      () => edits.duplicate(),
      boxes,
    ),
    edit(
      'delete',
      () => words().commands.remove,
      ['Delete', 'Backspace'],
      () => edits.remove(),
      some,
    ),
    edit(
      'group',
      () => words().commands.group,
      ['Mod+G'],
      () => edits.group(),
      boxes,
    ),
    edit(
      'select-all',
      () => words().commands.selectAll,
      ['Mod+A'],
      () => edits.selectAll(),
      () => drawing.scene.items.length > 0,
    ),
    edit(
      'rename',
      () => words().commands.rename,
      ['F2'],
      () => rename(drawing),
      () => selection.only !== undefined,
    ),
    ...tools,
    {
      id: 'fold',
      label: () => words().commands.fold,
      group: 'canvas',
      keys: ['E'],
      enabled: () => drawing.editable && containers().length > 0,
      run: async () => {
        for (const { ref } of containers()) await edits.fold(ref);
      },
    },
    ...arranging,
    look(
      'zoom-in',
      () => words().zoom.in,
      ['Mod+Plus', 'Plus'],
      () => drawing.zoomBy(1.25),
    ),
    look(
      'zoom-out',
      () => words().zoom.out,
      ['Mod+Minus', 'Minus'],
      () => drawing.zoomBy(0.8),
    ),
    look(
      'zoom-full',
      () => words().zoom.full,
      ['Shift+0'],
      () => drawing.zoomToFull(),
    ),
    look(
      'zoom-fit',
      () => words().zoom.fit,
      ['Shift+1'],
      () => drawing.fit(),
    ),
    look(
      'zoom-selection',
      () => words().zoom.selection,
      ['Shift+2'],
      () => drawing.fitSelection(),
    ),
    look(
      'minimap',
      () => words().zoom.minimap,
      ['Shift+M'],
      () => drawing.toggleMinimap(),
    ),
  ];
}

/** Takes a tool. With something selected the line tools begin there, for those who draw by the keyboard. */
export function useTool(drawing: Drawing, tool: Tool): void {
  drawing.take(tool);
  const only = drawing.project.selection.only;
  if ((tool !== 'connect' && tool !== 'flow') || only === undefined || !drawing.item(only)) return;
  drawing.beginAt(only);
  drawing.walkTo(only);
  const name = drawing.item(only)?.label ?? only;
  drawing.announce(language.messages.canvas.pickTarget(name));
}

/** Shows the name of what is selected in the inspector, ready to be typed over. */
export function rename(drawing: Drawing): void {
  const { selection } = drawing.project;
  if (selection.only !== undefined) selection.show(selection.only, 'name');
}
