import { InvalidArgumentError, Option } from 'commander';

/** @throws InvalidArgumentError, which commander completes with the option and the value. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new InvalidArgumentError('Expected a port from 1 to 65535.');
}

/** @throws InvalidArgumentError, which commander completes with the option and the value. */
export function readCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,4}$/.test(text) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('Expected a number from 1 to 1000.');
}

export const exampleOption = () =>
  new Option('--example <name>', 'a sample that comes with Hopscope, instead of FILE');

export const jsonOption = () =>
  new Option('--json', 'print one JSON value, and nothing else, on standard output');

export const forceOption = () => new Option('--force', 'replace OUT if it is there');
