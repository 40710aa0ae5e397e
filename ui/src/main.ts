import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';

import { mount } from 'svelte';

import App from './App.svelte';

// The mode is a constant of the build: the pretend office is not in the program people install.
const { backend } =
  import.meta.env.MODE === 'fake' ? await import('./backend/fake/browser') : await import('./backend/tauri');

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { backend } });
