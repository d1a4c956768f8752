import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';

const own = join(tmpdir(), 'hopscope-tests');

/** Tests that start programs, or put something else in a module's place: each file of them has a process of its own. */
const alone = [
  ...['bench', 'e2e', 'help', 'hosts', 'installer', 'kernel', 'store'].map(
    (folder) => `tests/${folder}/**/*.test.ts`,
  ),
  'tests/renderer/inspector/forms/forms.test.ts',
];

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  test: {
    // One test holds real sockets, another a browser; two cores serve two files at a time.
    maxWorkers: 2,
    // What the program keeps for its user is not that of whoever runs the tests.
    env: {
      HOPSCOPE_DATA: join(own, 'data'),
      HOPSCOPE_DESIGNS: join(own, 'designs'),
      // Hundreds of processes of the program are started, which need not all be compiled anew.
      NODE_COMPILE_CACHE: join(own, 'compiled'),
    },
    // No test is about time; one that takes this long hangs, on a machine that has other things to do as well.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 20_000 } },
    restoreMocks: true,
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: alone, globalSetup: './tests/support/pack-first.ts' },
      },
      {
        extends: true,
        // What computes and keeps nothing shares the modules that it loads with the files before it.
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          isolate: false,
        },
      },
    ],
  },
});
