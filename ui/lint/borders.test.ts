// The borders of the house, tried with files that cross them.

import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const eslint = new ESLint({ cwd: new URL('..', import.meta.url).pathname });

async function rulesBroken(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const inScript = (line: string) => `<script lang="ts">\n  ${line}\n  void thing;\n</script>\n`;

describe('borders', () => {
  it('only tauri.ts imports the shell', async () => {
    const line = "import { invoke as thing } from '@tauri-apps/api/core';";
    expect(await rulesBroken('src/state/x.ts', `${line}\nvoid thing;\n`)).toContain('no-restricted-imports');
    expect(await rulesBroken('src/features/calls/X.svelte', inScript(line))).toContain(
      'no-restricted-imports',
    );
    expect(await rulesBroken('src/backend/tauri.ts', `${line}\nvoid thing;\n`)).toEqual([]);
  });

  it('no feature imports another', async () => {
    const other = inScript("import { thing } from '../calls/anything';");
    expect(await rulesBroken('src/features/today/X.svelte', other)).toContain('no-restricted-imports');
    const own = inScript("import { thing } from './anything';");
    expect(await rulesBroken('src/features/today/X.svelte', own)).toEqual([]);
  });

  it('components, state and lib stand below the features and the frame', async () => {
    for (const room of ['components', 'state', 'lib']) {
      const up = "import { thing } from '../features/calls/anything';\nvoid thing;\n";
      expect(await rulesBroken(`src/${room}/x.ts`, up)).toContain('no-restricted-imports');
    }
  });

  it('chart libraries stay in components/charts', async () => {
    const line = "import { scaleLinear as thing } from 'd3-scale';";
    expect(await rulesBroken('src/features/today/X.svelte', inScript(line))).toContain(
      'no-restricted-imports',
    );
    expect(await rulesBroken('src/components/charts/X.svelte', inScript(line))).toEqual([]);
  });
});

describe('words', () => {
  it.each([
    ['text in markup', '<p>Hello</p>\n'],
    ['a spoken attribute', '<button type="button" aria-label="Close"></button>\n'],
    ['a text in braces', '<p>{"Hello"}</p>\n'],
    ['a placeholder', '<input placeholder="Number" />\n'],
  ])('%s is refused', async (_, code) => {
    expect(await rulesBroken('src/components/X.svelte', code)).toContain('own/no-literal-text');
  });

  it('signs and class names are not words', async () => {
    const code = '<p class="note"><span data-testid="x">–</span> · {1 + 1}</p>\n';
    expect(await rulesBroken('src/components/X.svelte', code)).toEqual([]);
  });

  it('a style attribute is refused, a style directive is not', async () => {
    expect(await rulesBroken('src/components/X.svelte', '<p style="color: red">1</p>\n')).toContain(
      'own/no-style-attribute',
    );
    const directive =
      '<script lang="ts">\n  const width = 3;\n</script>\n\n<p style:width={`${width}px`}>1</p>\n';
    expect(await rulesBroken('src/components/X.svelte', directive)).toEqual([]);
  });
});
