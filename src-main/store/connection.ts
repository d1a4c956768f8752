import Database from 'better-sqlite3';

/** How long SQLite waits for another program that is just about to let go of the file. */
const lockTimeoutMs = 300;

/** Bytes 18 and 19 of the header: 2 says write-ahead log, 1 rollback journal (SQLite file format §1.3.3). */
const journalFlags = { at: [18, 19], wal: 2, rollback: 1 } as const;

export function markAsWal(bytes: Buffer): void {
  for (const at of journalFlags.at) bytes[at] = journalFlags.wal;
}

/** A database in memory, from the bytes of a file. The bytes are copied. */
export function openInMemory(bytes: Buffer): Database.Database {
  // A database in memory has no log, and SQLite refuses one that claims to.
  for (const at of journalFlags.at) if (at < bytes.length) bytes[at] = journalFlags.rollback;
  return cautious(new Database(bytes));
}

/** A copy that nobody else knows of. */
export function openPrivately(path: string): Database.Database {
  return cautious(new Database(path, { fileMustExist: true }));
}

export function createInMemory(): Database.Database {
  return cautious(new Database(':memory:'));
}

/**
 * Opens a project file for editing and locks out every other program until it is closed. Nothing is written by that.
 *
 * With exclusive locking the log's index is kept in memory, so there is no -shm file.
 */
export function openExclusively(path: string): Database.Database {
  const database = new Database(path, { fileMustExist: true, timeout: lockTimeoutMs });
  try {
    cautious(database);
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    // Every commit reaches the disk before it is acknowledged.
    database.pragma('synchronous = FULL');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** https://www.sqlite.org/security.html, "untrusted SQLite database files"; the binding sets `defensive` itself. */
function cautious(database: Database.Database): Database.Database {
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  database.pragma('mmap_size = 0');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  return database;
}
