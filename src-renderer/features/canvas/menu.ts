import type { Hit } from '../../canvas/canvas.ts';
import type { Point } from '../../geometry/scene.ts';
import { language } from '../../i18n/language.svelte.ts';
import { commands } from '../../state/commands.svelte.ts';
import type { DrawingEdits } from '../../state/drawing-edits.svelte.ts';
import type { Drawing, Tool } from '../../state/drawing.svelte.ts';
import {
  IconConnect,
  IconCopy,
  IconCut,
  IconDelete,
  IconDuplicate,
  IconEdit,
  IconFit,
  IconFitSelection,
  IconFlowTool,
  IconGroup,
  IconPaste,
} from '../../ui/icons.ts';
import type { Icon, MenuEntry } from '../../ui/menu.ts';
import { arrangements, leastThings } from './arrange.ts';
import { pasteByCommand } from './clipboard.ts';

/** What is pointed at is selected first, unless it is already, so that the menu speaks of the selection. */
export function selectForMenu(drawing: Drawing, hit: Hit): void {
  const { selection } = drawing.project;
  const { items, edges } = drawing.scene;
  if (hit.kind === 'ground') {
    selection.clear();
    return;
  }
  const ref = hit.kind === 'edge' ? edges[hit.index]?.id : items[hit.index]?.ref;
  if (ref !== undefined && !selection.refs.has(ref)) selection.show(ref);
}

/** The lines of the menu at a place of the drawing. */
export function menuEntries(
  drawing: Drawing,
  edits: DrawingEdits,
  at: Point | undefined,
): readonly MenuEntry[] {
  const { selection } = drawing.project;
  const words = language.messages.canvas.commands;
  if (selection.refs.size === 0) {
    return [
      {
        kind: 'item',
        label: at ? words.pasteHere : words.paste,
        icon: IconPaste,
        keys: 'Mod+V',
        disabled: !drawing.editable,
        run: () => pasteByCommand(drawing, edits, at),
      },
      command('select-all'),
      { kind: 'line' },
      command('zoom-fit', IconFit),
      command('zoom-full'),
    ];
  }
  const only = selection.only === undefined ? undefined : drawing.item(selection.only);
  const entries: MenuEntry[] = [];
  if (only) {
    entries.push(
      lineTool(drawing, 'connect', IconConnect),
      lineTool(drawing, 'flow', IconFlowTool),
    );
    entries.push(command('rename', IconEdit));
    if (only.container) {
      entries.push({
        kind: 'item',
        label: only.collapsed ? words.expand : words.collapse,
        keys: 'E',
        disabled: !drawing.editable,
        run: () => edits.fold(only.ref),
      });
    }
    entries.push(command('zoom-selection', IconFitSelection), { kind: 'line' });
  }
  if (drawing.selectedItems.length > 0) {
    entries.push(
      command('cut', IconCut),
      command('copy', IconCopy),
      command('duplicate-selection', IconDuplicate),
    );
    entries.push(command('group', IconGroup));
  }
  if (drawing.selectedItems.length >= leastThings('align-left')) {
    entries.push({
      kind: 'sub',
      label: language.messages.canvas.arrange.label,
      entries: arrangements.map((id) => command(id)),
    });
  }
  entries.push({ kind: 'line' }, { ...command('delete', IconDelete), danger: true });
  return entries;
}

type Item = Extract<MenuEntry, { readonly kind: 'item' }>;

/** A line that runs a command of the registry. */
export function command(id: string, icon?: Icon): Item {
  const found = commands.get(id);
  return {
    kind: 'item',
    label: found?.label() ?? id,
    icon,
    keys: found?.keys?.[0],
    disabled: !commands.isEnabled(id),
    run: () => commands.run(id),
  };
}

function lineTool(drawing: Drawing, tool: Extract<Tool, 'connect' | 'flow'>, icon: Icon): Item {
  const words = language.messages.canvas.commands;
  return {
    kind: 'item',
    label: tool === 'flow' ? words.flowFrom : words.connectFrom,
    icon,
    disabled: !drawing.editable,
    run: () => commands.run(`tool-${tool}`),
  };
}
