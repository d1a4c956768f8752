import type { Settings } from '../../src-main/contract/index.ts';
import { languageSetting } from '../../src-main/contract/bridge.ts';
import { isLanguageCode, language, type LanguageCode } from '../i18n/language.svelte.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Sizes in pixels, as the window comes for the first time. */
export const panelSizes = { left: 252, right: 320, bottom: 260, palette: 264 } as const;
export type Panel = keyof typeof panelSizes;

const systemIsDark = () => globalThis.matchMedia('(prefers-color-scheme: dark)');

/** What the user has chosen for every window: kept with the program's settings. */
export class Preferences {
  readonly #settings: () => Settings;
  readonly #keep: (values: Settings) => void;
  #systemDark = $state(systemIsDark().matches);
  /** Sizes while they are being dragged. */
  #dragged = $state.raw<{ readonly panel: Panel; readonly size: number }>();

  constructor(settings: () => Settings, keep: (values: Settings) => void) {
    this.#settings = settings;
    this.#keep = keep;
    systemIsDark().addEventListener('change', (event) => (this.#systemDark = event.matches));
  }

  get theme(): Theme {
    const kept = this.#settings()['theme'];
    return themes.find((theme) => theme === kept) ?? 'system';
  }
  /** Whether the window is dark now. */
  get dark(): boolean {
    return this.theme === 'system' ? this.#systemDark : this.theme === 'dark';
  }
  setTheme(theme: Theme): void {
    this.#keep({ theme });
  }

  /** Takes up the language that was kept; what the system speaks otherwise. */
  takeLanguage(): void {
    const kept = this.#settings()[languageSetting];
    if (isLanguageCode(kept)) language.speak(kept);
  }
  speak(code: LanguageCode): void {
    language.speak(code);
    this.#keep({ [languageSetting]: code });
  }

  size(panel: Panel): number {
    if (this.#dragged?.panel === panel) return this.#dragged.size;
    const kept = this.#settings()[`panel.${panel}`];
    return typeof kept === 'number' && Number.isFinite(kept) ? kept : panelSizes[panel];
  }
  drag(panel: Panel, size: number): void {
    this.#dragged = { panel, size };
  }
  resize(panel: Panel, size: number): void {
    this.#dragged = undefined;
    this.#keep({ [`panel.${panel}`]: size });
  }
  isOpen(panel: Panel): boolean {
    return this.#settings()[`panel.${panel}.hidden`] !== true;
  }
  setOpen(panel: Panel, open: boolean): void {
    if (open !== this.isOpen(panel)) this.#keep({ [`panel.${panel}.hidden`]: !open });
  }

  /** Whether the introduction has been seen, or skipped. */
  get introduced(): boolean {
    return this.#settings()['introduced'] === true;
  }
  setIntroduced(): void {
    if (!this.introduced) this.#keep({ introduced: true });
  }
}
