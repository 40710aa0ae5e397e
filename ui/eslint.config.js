import { readdirSync } from 'node:fs';

import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import noLiteralText from './lint/no-literal-text.js';
import noStyleAttribute from './lint/no-style-attribute.js';
import svelteConfig from './svelte.config.js';

const CHART_LIBRARIES = ['d3-*', 'uplot', 'layerchart', 'chart.js', 'echarts*'];

const tauri = {
  group: ['@tauri-apps/*'],
  message: 'Only backend/tauri.ts talks to the shell; ask the Backend interface.',
};
const charts = { group: CHART_LIBRARIES, message: 'Chart libraries stay in components/charts.' };
const features = readdirSync(new URL('./src/features', import.meta.url));

const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default ts.config(
  { ignores: ['dist/', 'src/backend/bindings.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      ...imports(tauri, charts),
      'no-console': 'error',
      eqeqeq: 'error',
      // Sets and maps that nothing on the screen reads are plain on purpose; state is marked with $state.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { files: ['*.js', '*.ts', 'lint/**'], languageOptions: { globals: { ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['**/*.svelte'],
    plugins: { own: { rules: { 'no-literal-text': noLiteralText, 'no-style-attribute': noStyleAttribute } } },
    rules: {
      'own/no-literal-text': 'error',
      'own/no-style-attribute': 'error',
      // Addresses here are hashes of our own, not routes of a framework.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: imports(tauri, charts, {
      group: features.filter((other) => other !== feature).map((other) => `**/${other}/**`),
      message: 'A feature does not import another feature; share through components, state or lib.',
    }),
  })),
  {
    files: ['src/{components,state,lib,backend}/**'],
    rules: imports(tauri, charts, {
      group: ['**/features/**', '**/frame/**'],
      message: 'Features and the frame stand on these, not the other way round.',
    }),
  },
  { files: ['src/backend/tauri.ts', 'src/backend/tauri.test.ts'], rules: imports(charts) },
  { files: ['src/components/charts/**'], rules: imports(tauri) },
);
