/**
 * Another program that has a project open: applies each command that it is sent and answers `done`, until it is
 * disconnected.
 *
 *     fork('other-program.ts', [FILE])
 */
import process from 'node:process';
import { parseCommand } from '../../src-main/app/project/index.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { must } from '../store/must.ts';

const project = must(createSqliteProjectStore().open(process.argv[2] ?? ''));
process.on('message', (message) => {
  const command = parseCommand(message);
  if (!command.ok) throw new Error('the test has sent no command');
  must(project.apply(command.value));
  process.send?.('done');
});
process.on('disconnect', () => {
  must(project.close());
});
process.send?.('ready');
