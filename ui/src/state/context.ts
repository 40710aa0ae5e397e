import { createContext } from 'svelte';

import type { AppState } from './app.svelte';

/** The state every component below App.svelte shares. */
export const [useApp, provideApp] = createContext<AppState>();
