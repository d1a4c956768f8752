export { drawioOf, type Box } from './write.ts';
