import { recall, remember } from './memory';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const isTheme = (value: unknown): value is Theme => THEMES.some((known) => known === value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** How this person likes the window. */
export class Settings {
  #theme = $state<Theme>(recall('theme', isTheme) ?? 'auto');
  #singleKeys = $state(recall('single-keys', isBoolean) ?? true);

  constructor() {
    this.#paint();
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    remember('theme', theme);
    this.#paint();
  }

  /** `/` and `?` without Ctrl do something (WCAG 2.1.4 wants a way to switch that off). */
  get singleKeys(): boolean {
    return this.#singleKeys;
  }

  set singleKeys(on: boolean) {
    this.#singleKeys = on;
    remember('single-keys', on);
  }

  #paint(): void {
    const root = document.documentElement;
    if (this.#theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = this.#theme;
  }
}
