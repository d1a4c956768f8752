import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const own = join(tmpdir(), 'hopscope-tests');

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['tests/**/*.test.ts'],
    // One test holds real sockets, another a browser; two cores serve two files at a time.
    maxWorkers: 2,
    // What the program keeps for its user is not that of whoever runs the tests.
    env: {
      HOPSCOPE_DATA: join(own, 'data'),
      HOPSCOPE_DESIGNS: join(own, 'designs'),
      // Hundreds of processes of the program are started, which need not all be compiled anew.
      NODE_COMPILE_CACHE: join(own, 'compiled'),
    },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
  },
});
