/** "1 node", "2 nodes". */
export const counted = (number: string, one: string, many = `${one}s`): string =>
  `${number} ${number === '1' ? one : many}`;
