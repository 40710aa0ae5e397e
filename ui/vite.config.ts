import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), mode === 'test' ? svelteTesting() : []],
  // Tauri's own messages stay readable beside Vite's.
  clearScreen: false,
  // The map of the world is drawn for paper, too, so it lies with the reports.
  server: {
    port: 1420,
    strictPort: true,
    host: '127.0.0.1',
    fs: { allow: ['.', '../src-tauri/crates/reports/world'] },
  },
  build: {
    // The window with the pretend office must never end up where the shell embeds its pages from.
    outDir: mode === 'fake' ? '../target/ui-fake' : 'dist',
    emptyOutDir: true,
    target: ['safari17.5', 'chrome123'],
    // A style or script as a data: URL would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    restoreMocks: true,
    testTimeout: 15_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'window',
          environment: 'jsdom',
          include: ['src/**/*.test.ts'],
          setupFiles: ['src/testing/setup.ts'],
        },
      },
      { test: { name: 'rules', environment: 'node', include: ['lint/**/*.test.ts'], testTimeout: 30_000 } },
    ],
  },
}));
