import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The build puts this file into out/main.
const built = join(dirname(fileURLToPath(import.meta.url)), '..');

// Electron waits for this file, and so would every other one of the build that imported something of it. So it has
// nothing that anybody could want.
const { start } = await import('./start.ts');
await start(built);
