import type Database from 'better-sqlite3';
import type { DesignHead, RowChange } from '../app/project/index.ts';
import { headOf } from '../app/project/index.ts';
import type { Design, Entity } from '../model/design.ts';
import { collections, entityKinds, type EntityKind } from '../model/ids.ts';
import { rowChecksum } from './checksum.ts';

/**
 * Distance between the positions of neighbours. Between two entities others can be put 32 times at the least before
 * the collection has to be numbered anew; with 200,000 entities all positions are exact in a double.
 */
const positionGap = 2 ** 32;

/** Writes the rows of the design. Called inside the transaction of the edit. */
export class DesignRows {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    statement.run(...values);
  }

  insertAll(design: Design): void {
    const body = JSON.stringify(headOf(design));
    this.#run(
      'INSERT INTO head (singleton, body, checksum) VALUES (1, ?, ?)',
      body,
      rowChecksum(body),
    );
    for (const kind of entityKinds) {
      const entities: readonly Entity[] = design[collections[kind]] ?? [];
      entities.forEach((value, index) => this.#insert(kind, value, index * positionGap));
    }
  }

  write(changes: readonly RowChange[]): void {
    for (const change of changes) this.#write(change);
  }

  #write(change: RowChange): void {
    switch (change.change) {
      case 'insert': {
        const { entity, value, between } = change;
        this.#insert(entity, value, this.#positionBetween(entity, between));
        return;
      }
      case 'update':
        this.#update(change.entity, change.value);
        return;
      case 'delete':
        this.#run('DELETE FROM entity WHERE kind = ? AND id = ?', change.entity, change.id);
        return;
      case 'move': {
        const { entity, id, between } = change;
        this.#setPosition(entity, id, this.#positionBetween(entity, between));
        return;
      }
      case 'head':
        this.#writeHead(change.head);
        return;
      default:
        change satisfies never;
    }
  }

  #insert(kind: EntityKind, value: Entity, position: number): void {
    const body = JSON.stringify(value);
    const checksum = rowChecksum(kind, value.id, position, body);
    this.#run(
      'INSERT INTO entity (kind, id, position, body, checksum) VALUES (?, ?, ?, ?, ?)',
      ...[kind, value.id, position, body, checksum],
    );
  }

  #update(kind: EntityKind, value: Entity): void {
    const body = JSON.stringify(value);
    const position = this.#positionOf(kind, value.id);
    this.#run(
      'UPDATE entity SET body = ?, checksum = ? WHERE kind = ? AND id = ?',
      ...[body, rowChecksum(kind, value.id, position, body), kind, value.id],
    );
  }

  #writeHead(head: DesignHead): void {
    const body = JSON.stringify(head);
    this.#run('UPDATE head SET body = ?, checksum = ?', body, rowChecksum(body));
  }

  #positionOf(kind: EntityKind, id: string): number {
    const row = this.#database
      .prepare<[string, string], { position: number }>(
        'SELECT position FROM entity WHERE kind = ? AND id = ?',
      )
      .get(kind, id);
    if (!row) throw new Error(`no row holds ${kind} ${id}`);
    return row.position;
  }

  #setPosition(kind: EntityKind, id: string, position: number): void {
    const row = this.#database
      .prepare<[string, string], { body: string }>(
        'SELECT body FROM entity WHERE kind = ? AND id = ?',
      )
      .get(kind, id);
    if (!row) throw new Error(`no row holds ${kind} ${id}`);
    this.#run(
      'UPDATE entity SET position = ?, checksum = ? WHERE kind = ? AND id = ?',
      ...[position, rowChecksum(kind, id, position, row.body), kind, id],
    );
  }

  #positionBetween(
    kind: EntityKind,
    between: { readonly previous: string | undefined; readonly next: string | undefined },
  ): number {
    const free = this.#freePosition(kind, between);
    if (free !== undefined) return free;
    this.#renumber(kind);
    const position = this.#freePosition(kind, between);
    if (position === undefined) throw new Error(`no position is free among ${kind}`);
    return position;
  }

  #freePosition(
    kind: EntityKind,
    {
      previous,
      next,
    }: { readonly previous: string | undefined; readonly next: string | undefined },
  ): number | undefined {
    const low = previous === undefined ? undefined : this.#positionOf(kind, previous);
    const high = next === undefined ? undefined : this.#positionOf(kind, next);
    if (low === undefined && high === undefined) return 0;
    if (low !== undefined && high !== undefined) {
      const middle = Math.floor((low + high) / 2);
      return Number.isSafeInteger(low + high) && middle > low && middle < high ? middle : undefined;
    }
    const position = low === undefined ? (high ?? 0) - positionGap : low + positionGap;
    return Number.isSafeInteger(position) ? position : undefined;
  }

  #renumber(kind: EntityKind): void {
    const ids = this.#database
      .prepare<[string], { id: string }>(
        'SELECT id FROM entity WHERE kind = ? ORDER BY position, id',
      )
      .all(kind);
    ids.forEach(({ id }, index) => this.#setPosition(kind, id, index * positionGap));
  }
}
