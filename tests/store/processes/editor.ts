/**
 * Opens a project for editing, makes one edit, says `ready`, and keeps it open until its input ends.
 *
 *     node editor.ts FILE
 */
import process from 'node:process';
import { createSqliteProjectStore } from '../../../src-main/store/index.ts';
import { must } from '../must.ts';

const project = must(createSqliteProjectStore().open(process.argv[2] ?? ''));
must(project.apply({ kind: 'head', name: 'Edited elsewhere' }));
process.stdout.write('ready\n');
process.stdin.on('end', () => {
  must(project.close());
});
process.stdin.resume();
