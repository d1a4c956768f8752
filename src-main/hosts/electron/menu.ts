import { basename } from 'node:path';
import { Menu, app, type MenuItemConstructorOptions as Item } from 'electron';
import type { MenuCommand } from '../../contract/index.ts';
import type { Words } from './words.ts';

export interface MenuActions {
  /** Asks the page in front. */
  readonly command: (command: MenuCommand) => void;
  readonly newWindow: () => void;
  readonly openFile: (file: string) => void;
}

/** Recent designs that the menu has room for. */
const recentsShown = 12;

/**
 * The system's menus. What a page does on its own keys is shown with them and left to the page, which knows whether the
 * user is typing into a field; keys that a page never gets are the menu's.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  words: Words,
  recents: readonly string[],
  actions: MenuActions,
): Item[] {
  const isMac = platform === 'darwin';
  const separator: Item = { type: 'separator' };
  /** With keys that the page takes itself. */
  const ask = (command: MenuCommand, label: string, accelerator?: string): Item => ({
    id: command,
    label,
    click: () => actions.command(command),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const recent: Item[] = recents.slice(0, recentsShown).map((file) => ({
    // An ampersand would underline the letter after it.
    label: basename(file).replaceAll('&', '&&'),
    toolTip: file,
    click: () => actions.openFile(file),
  }));

  return [
    ...(isMac ? [programMenu(words)] : []),
    {
      label: words.file,
      submenu: [
        { ...ask('new', words.new), accelerator: 'CmdOrCtrl+N' },
        { label: words.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
        separator,
        ask('open', words.open, 'CmdOrCtrl+O'),
        {
          label: words.openRecent,
          submenu: recent.length > 0 ? recent : [{ label: words.noRecent, enabled: false }],
        },
        separator,
        ask('save-as', words.saveAs, 'CmdOrCtrl+Shift+S'),
        ask('duplicate', words.duplicate),
        ask('save-version', words.saveVersion),
        separator,
        { ...ask('close', words.close), accelerator: 'CmdOrCtrl+Shift+W' },
        { role: 'close', label: words.closeWindow, accelerator: 'CmdOrCtrl+W' },
        ...(isMac ? [] : [separator, { role: 'quit', label: words.quit } satisfies Item]),
      ],
    },
    {
      label: words.edit,
      submenu: [
        ask('undo', words.undo, 'CmdOrCtrl+Z'),
        ask('redo', words.redo, isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        ask('delete', words.delete, 'Delete'),
        ask('select-all', words.selectAll, 'CmdOrCtrl+A'),
        separator,
        ask('find', words.find, 'CmdOrCtrl+K'),
      ],
    },
    {
      label: words.view,
      submenu: [
        ask('zoom-in', words.zoomIn, 'CmdOrCtrl+Plus'),
        ask('zoom-out', words.zoomOut, 'CmdOrCtrl+-'),
        ask('zoom-full', words.zoomFull, 'Shift+0'),
        ask('zoom-fit', words.zoomFit, 'Shift+1'),
        ask('zoom-selection', words.zoomSelection, 'Shift+2'),
        separator,
        {
          label: words.theme,
          submenu: [
            ask('theme-system', words.themeSystem),
            ask('theme-light', words.themeLight),
            ask('theme-dark', words.themeDark),
          ],
        },
        {
          label: words.language,
          submenu: [ask('language-en', 'English'), ask('language-ko', '한국어')],
        },
        separator,
        { role: 'togglefullscreen', label: words.fullScreen },
        ...(app.isPackaged
          ? []
          : [{ role: 'toggleDevTools', label: words.developerTools } satisfies Item]),
      ],
    },
    { label: words.flows, submenu: [ask('run-all', words.runAll, 'F5')] },
    {
      role: 'window',
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        ...(isMac
          ? ([
              { role: 'zoom', label: words.zoomWindow },
              separator,
              { role: 'front', label: words.allToFront },
            ] satisfies Item[])
          : []),
      ],
    },
    {
      role: 'help',
      label: words.help,
      submenu: [
        ask('guide', words.guide, 'F1'),
        ask('shortcuts', words.shortcuts),
        ask('intro', words.intro),
      ],
    },
  ];
}

/** The menu that macOS has for every program. */
const programMenu = (words: Words): Item => ({
  label: 'Hopscope',
  submenu: [
    { role: 'about', label: words.about },
    { type: 'separator' },
    { role: 'services', label: words.services },
    { type: 'separator' },
    { role: 'hide', label: words.hide },
    { role: 'hideOthers', label: words.hideOthers },
    { role: 'unhide', label: words.showAll },
    { type: 'separator' },
    { role: 'quit', label: words.quit },
  ],
});

export const setMenu = (template: Item[]): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
