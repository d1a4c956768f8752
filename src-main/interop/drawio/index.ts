export { drawioOf, type Box } from './write.ts';
export { readDrawio, type DrawioImport, type DrawioOptions, type DrawioRemark } from './read.ts';
