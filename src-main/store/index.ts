export { createSqliteProjectStore, type StoreOptions } from './sqlite-project-store.ts';
