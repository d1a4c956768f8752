/**
 * Another program on the same database: runs SQL on it, says `ready`, and stays until its input ends.
 *
 *     node locker.ts FILE SQL
 */
import process from 'node:process';
import Database from 'better-sqlite3';

const [, , file = '', sql = ''] = process.argv;
const database = new Database(file, { timeout: 0 });
database.exec(sql);
process.stdout.write('ready\n');
process.stdin.on('end', () => {
  database.close();
});
process.stdin.resume();
