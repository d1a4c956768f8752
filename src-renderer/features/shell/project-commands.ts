import { language } from '../../i18n/language.svelte.ts';
import type { Command } from '../../state/commands.svelte.ts';
import type { panelSizes } from '../../state/preferences.svelte.ts';
import { type Panel } from '../../state/preferences.svelte.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import type { BottomTab } from '../../state/view.svelte.ts';
import { views } from './views.ts';
import { saveAsByDialog } from './files.ts';
import { runAndShow } from './run-and-show.ts';

export const bottomTabs = [
  'flows',
  'trace',
  'checks',
  'install',
  'history',
] as const satisfies BottomTab[];

/** Regions of the window that the keyboard goes to. */
const regions = ['canvas', 'palette', 'outline', 'inspector', 'bottom'] as const;
export type Region = (typeof regions)[number];
export const regionId = (region: Region): string => `region-${region}`;

/** Puts the focus into a part of the window, on the first thing there that takes it. */
export function goToRegion(region: Region): void {
  const element = document.getElementById(regionId(region));
  const first = element?.querySelector<HTMLElement>(
    '[role=tree], [role=application], canvas[tabindex], input:not([type=hidden]), button, [tabindex="0"]',
  );
  (first ?? element)?.focus();
}

/** What can be asked for while a project is open. */
export function projectCommands(session: Session, project: Project): readonly Command[] {
  const t = () => language.messages.shell;
  const { preferences } = session;
  const canEdit = () => project.editable;
  const step = async (way: 'undo' | 'redo') => {
    const answer = await project[way]();
    if (!answer.ok) session.toasts.fail(answer.error);
  };
  return [
    {
      id: 'undo',
      label: () => t().edit.undo,
      group: 'edit',
      keys: ['Mod+Z'],
      enabled: () => canEdit() && project.state.canUndo,
      run: () => step('undo'),
    },
    {
      id: 'redo',
      label: () => t().edit.redo,
      group: 'edit',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      enabled: () => canEdit() && project.state.canRedo,
      run: () => step('redo'),
    },
    {
      id: 'save-as',
      label: () => t().project.saveAs,
      group: 'project',
      keys: ['Mod+Shift+S'],
      whileTyping: true,
      run: () => saveAsByDialog(session),
    },
    {
      // Old habit: there is nothing to save, and it is good to be told so.
      id: 'saved',
      label: () => t().project.saved,
      group: 'project',
      keys: ['Mod+S'],
      whileTyping: true,
      unlisted: true,
      run: () => session.toasts.say({ tone: 'good', title: t().project.saved }),
    },
    {
      id: 'duplicate',
      label: () => t().project.duplicate,
      group: 'project',
      run: () => session.duplicate(),
    },
    {
      id: 'save-version',
      label: () => t().project.saveVersion,
      group: 'project',
      enabled: canEdit,
      run: () => session.show('save-version'),
    },
    {
      id: 'close',
      label: () => t().project.close,
      group: 'project',
      run: () => session.close(),
    },
    {
      id: 'run-all',
      label: () => t().run.all,
      group: 'flows',
      keys: ['F5', 'Mod+Enter'],
      run: () => runAndShow(project),
    },
    ...views.map((view, index): Command => ({
      id: `view-${view}`,
      label: () => `${t().view.label}: ${t().view[view]}`,
      group: 'view',
      keys: [`Alt+${index + 1}`],
      run: () => project.view.look(view),
    })),
    ...bottomTabs.map((tab): Command => ({
      id: `tab-${tab}`,
      label: () => t().tabs[tab],
      group: 'view',
      run: () => {
        project.view.open(tab);
        preferences.setOpen('bottom', true);
      },
    })),
    ...(['left', 'right', 'bottom'] as const satisfies Panel[]).map((panel, index): Command => ({
      id: `panel-${panel}`,
      label: () =>
        `${preferences.isOpen(panel) ? t().panels.collapse : t().panels.expand}: ${t().panels[panel]}`,
      group: 'view',
      keys: [['Mod+B', 'Mod+I', 'Mod+J'][index] ?? ''],
      run: () => preferences.setOpen(panel, !preferences.isOpen(panel)),
    })),
    {
      id: 'panel-maximise',
      label: () => (preferences.maximised ? t().panels.unmaximise : t().panels.maximise),
      group: 'view',
      keys: ['F9'],
      whileTyping: true,
      run: () => preferences.setMaximised(!preferences.maximised),
    },
    ...regions.map((region, index): Command => ({
      id: `go-${region}`,
      label: () => t().goTo[region],
      group: 'view',
      keys: [`Alt+Shift+${index + 1}`],
      whileTyping: true,
      run: () => {
        const panel = panelOf(region);
        if (panel) preferences.setOpen(panel, true);
        if (region !== 'bottom' && region !== 'inspector') preferences.setMaximised(false);
        requestAnimationFrame(() => goToRegion(region));
      },
    })),
  ];
}

function panelOf(region: Region): keyof typeof panelSizes | undefined {
  switch (region) {
    case 'canvas':
      return undefined;
    case 'palette':
    case 'outline':
      return 'left';
    case 'inspector':
      return 'right';
    case 'bottom':
      return 'bottom';
    default:
      return region satisfies never;
  }
}
