import { mkdir, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import process from 'node:process';
import type { Answer, Backend } from '../../contract/index.ts';
import type { Packet, Result } from '../../sim/vocabulary/index.ts';
import { createLocalBackend } from '../local/backend.ts';
import { renderFailure } from './render/failure.ts';
import { renderStack } from './render/stack.ts';
import { renderResult } from './render/trace.ts';
import { terminalOf } from './terminal.ts';

/** The three flows of the reference network, complete and with the edge as documented. */
const flows = ['internet-to-web', 'web-to-db', 'enterprise-to-vm'];
const samples = ['icp-on-vcenter', 'icp-as-documented'];

const root = join(import.meta.dirname, '..', '..', '..');
const terminal = terminalOf(process.stdout, process.env);
const { colors } = terminal;
const print = (text = '') => process.stdout.write(`${text}\n`);

/** The value, or the end of the program with the failure on standard error and exit code 2. */
function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value;
  process.stderr.write(`${renderFailure(answer.error, terminal, undefined)}\n`);
  process.exit(2);
}

/** The packet of a result with the most headers: the first one, where several have as many. */
function deepestPacket({ forward, reverse }: Result): Packet {
  const packets = [...forward, ...reverse].flatMap(({ legs }) =>
    legs.flatMap(({ hops }) => hops.flatMap(({ steps }) => steps.map(({ packet }) => packet))),
  );
  return packets.reduce((deepest, one) => (one.length > deepest.length ? one : deepest), []);
}

/** From here where it is below here, else in full. */
function shownPath(file: string): string {
  const below = relative(process.cwd(), file);
  return below.startsWith('..') || isAbsolute(below) ? file : below;
}

async function show(
  backend: Backend,
  example: string,
  flow: string,
  folder: string,
): Promise<void> {
  const source = { kind: 'example', name: example } as const;
  const { flow: whole, result } = valueOf(await backend.call('flow.simulate', { source, flow }));
  const title = whole.name === undefined ? flow : `${flow}: ${whole.name}`;
  print(renderResult(result, { title, brief: true }, terminal));

  print(`\n${colors.bold('The packet with the most headers')}`);
  for (const line of renderStack(deepestPacket(result), undefined, '  ', terminal)) print(line);

  const capture = valueOf(await backend.call('trace.pcap', { source, flow }));
  const file = join(folder, `${example}-${capture.fileName}`);
  await writeFile(file, capture.bytes);
  print(`\n${colors.dim('Capture:    ')} ${shownPath(file)}`);
  print(
    `${colors.dim('Every step: ')} npm run -s hopscope -- trace --example ${example} --flow ${flow}`,
  );
}

const [argument, ...surplus] = process.argv.slice(2);
if (surplus.length > 0 || argument?.startsWith('-') === true) {
  const help = argument === '--help' || argument === '-h';
  const usage =
    'Usage: npm run demo [-- FOLDER]   FOLDER is where the captures go; demo-output when absent\n';
  (help ? process.stdout : process.stderr).write(usage);
  process.exit(help ? 0 : 2);
}
const folder = resolve(argument ?? 'demo-output');
await mkdir(folder, { recursive: true });
const backend = createLocalBackend(join(root, 'resources'), { remembers: false });
for (const example of samples) {
  const { design } = valueOf(
    await backend.call('design.read', { source: { kind: 'example', name: example } }),
  );
  print(colors.inverse(` ${example}: ${design.name} `));
  print();
  for (const flow of flows) {
    await show(backend, example, flow, folder);
    print();
  }
}
await backend.close();
print(`Wrote ${samples.length * flows.length} captures into ${shownPath(folder)}`);
