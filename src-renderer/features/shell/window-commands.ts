import { language, languageCodes } from '../../i18n/language.svelte.ts';
import type { Command } from '../../state/commands.svelte.ts';
import { themes } from '../../state/preferences.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { openByDialog } from './files.ts';

/** What can be asked for whether a project is open or not. */
export function windowCommands(session: Session): readonly Command[] {
  const t = () => language.messages.shell;
  const { preferences } = session;
  return [
    {
      id: 'new',
      label: () => t().project.new,
      group: 'project',
      run: () => session.openDraft(undefined, t().project.untitled),
    },
    {
      id: 'open',
      label: () => t().project.open,
      group: 'project',
      keys: ['Mod+O'],
      whileTyping: true,
      run: () => openByDialog(session),
    },
    {
      id: 'find',
      label: () => t().search.open,
      group: 'help',
      keys: ['Mod+K', 'Mod+F'],
      whileTyping: true,
      unlisted: true,
      run: () => session.show('search'),
    },
    {
      id: 'messages',
      label: () => t().help.messages,
      group: 'help',
      keys: ['F8'],
      whileTyping: true,
      enabled: () => session.toasts.all.length > 0,
      run: () => document.querySelector<HTMLElement>('[data-messages] button')?.focus(),
    },
    {
      id: 'guide',
      label: () => t().help.guide,
      group: 'help',
      keys: ['F1'],
      whileTyping: true,
      run: () => session.show('guide'),
    },
    {
      id: 'shortcuts',
      label: () => t().help.shortcuts,
      group: 'help',
      keys: ['?'],
      run: () => session.show('shortcuts'),
    },
    { id: 'intro', label: () => t().help.intro, group: 'help', run: () => session.show('intro') },
    ...themes.map((theme): Command => ({
      id: `theme-${theme}`,
      label: () => `${t().theme.label}: ${t().theme[theme]}`,
      group: 'view',
      run: () => preferences.setTheme(theme),
    })),
    ...languageCodes.map((code): Command => ({
      id: `language-${code}`,
      label: () => `${language.messages.language.label}: ${language.nameOf(code)}`,
      group: 'view',
      run: () => preferences.speak(code),
    })),
  ];
}
