import type { Settings } from '../../src-main/contract/index.ts';
import { languageSetting } from '../../src-main/contract/bridge.ts';
import { isLanguageCode, language, type LanguageCode } from '../i18n/language.svelte.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Sizes in pixels, as the window comes for the first time. */
export const panelSizes = { left: 252, right: 320, bottom: 260, palette: 264 } as const;
export type Panel = keyof typeof panelSizes;

/**
 * Pixels of the lower panel as long as the user has not chosen: more in a high window, and more for a trace, of which
 * little is read in a few lines.
 */
export const bottomStandard = (windowHeight: number, reads: 'table' | 'trace'): number =>
  Math.max(panelSizes.bottom, Math.round(windowHeight * (reads === 'trace' ? 0.46 : 0.3)));

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

  size(panel: Panel, standard: number = panelSizes[panel]): number {
    if (this.#dragged?.panel === panel) return this.#dragged.size;
    const kept = this.#settings()[`panel.${panel}`];
    return typeof kept === 'number' && Number.isFinite(kept) ? kept : standard;
  }
  drag(panel: Panel, size: number): void {
    this.#dragged = { panel, size };
  }
  /** `undefined` takes back what the user has chosen. */
  resize(panel: Panel, size: number | undefined): void {
    this.#dragged = undefined;
    this.#keep({ [`panel.${panel}`]: size ?? null });
  }
  isOpen(panel: Panel): boolean {
    return this.#settings()[`panel.${panel}.hidden`] !== true;
  }
  setOpen(panel: Panel, open: boolean): void {
    if (open !== this.isOpen(panel)) this.#keep({ [`panel.${panel}.hidden`]: !open });
  }

  /** Whether the lower panel lies over the drawing. */
  get maximised(): boolean {
    return this.#settings()['panel.bottom.maximised'] === true && this.isOpen('bottom');
  }
  setMaximised(maximised: boolean): void {
    if (maximised === this.maximised) return;
    if (maximised) this.setOpen('bottom', true);
    this.#keep({ 'panel.bottom.maximised': maximised });
  }

  /** Whether the introduction has been seen, or skipped. */
  get introduced(): boolean {
    return this.#settings()['introduced'] === true;
  }
  setIntroduced(): void {
    if (!this.introduced) this.#keep({ introduced: true });
  }
}
