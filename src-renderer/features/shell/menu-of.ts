import type { Commands } from '../../state/commands.svelte.ts';
import type { Icon, MenuEntry } from '../../ui/menu.ts';

/** The line of a menu that runs a command. */
export function menuOf(commands: Commands, id: string, icon?: Icon): MenuEntry {
  const command = commands.get(id);
  return {
    kind: 'item',
    label: command?.label() ?? id,
    icon,
    keys: command?.keys?.[0],
    disabled: !commands.isEnabled(id),
    run: () => commands.run(id),
  };
}
