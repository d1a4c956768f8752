import { describe, expect, test } from 'vitest';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { flowOf, network } from '../builders/network.ts';
import { sample } from '../samples/samples.ts';
import { ask, asSource, backendWith, errorOf } from './ask.ts';

const source = { kind: 'example', name: 'icp-on-vcenter' } as const;
const backend = backendWith();

/** Two hosts behind a filter that lets port 80 in and drops what comes back from `mute`. */
const lan = network()
  .segment('lan', '10.0.0.0/24')
  .host('client', '10.0.0.2/24')
  .host('server', '10.0.0.3/24', { listens: ['tcp 80', 'udp 53'], firewall: ['accept tcp 80'] });

describe('one flow', () => {
  test('is what the engine says of it', async () => {
    const design = sample('icp-on-vcenter');
    const flow = flowOf(design, 'internet-to-web');
    const answer = await ask(backend, 'flow.simulate', { source, flow: flow.id });
    expect(answer).toEqual({ flow, result: simulate(compile(design), flow) });
    expect(answer.result.status).toBe('reachable');
  });

  test('follows every path when asked', async () => {
    const one = await ask(backend, 'flow.simulate', { source, flow: 'internet-to-web' });
    const all = await ask(backend, 'flow.simulate', {
      source,
      flow: 'internet-to-web',
      allPaths: true,
    });
    expect(one.result.forward).toHaveLength(1);
    expect(all.result.forward.length).toBeGreaterThan(1);
  });

  test('need not be in the design, if what it speaks of is', async () => {
    const flow = {
      id: 'ad-hoc',
      from: { kind: 'node', node: 'client' },
      to: { kind: 'node', node: 'server' },
      port: 80,
    } as const;
    const design = asSource(lan.build());
    const { result } = await ask(backend, 'flow.simulate', { source: design, flow });
    expect(result.status).toBe('reachable');

    const stranger = { ...flow, to: { kind: 'node', node: 'nobody' } } as const;
    const error = errorOf(await backend.call('flow.simulate', { source: design, flow: stranger }));
    expect(error).toMatchObject({ code: 'flow-invalid', path: 'flows[0].to.node' });
    expect(error.text).toContain('"nobody"');
  });

  test('that is unknown is told with those that are known', async () => {
    const error = errorOf(await backend.call('flow.simulate', { source, flow: 'nothing' }));
    expect(error.code).toBe('flow-unknown');
    expect(error.hint).toContain('internet-to-web');
  });
});

describe('all flows', () => {
  test('are summed up by status, end, path MTU and warnings', async () => {
    const { flows } = await ask(backend, 'flows.simulateAll', {
      source: { kind: 'example', name: 'icp-as-documented' },
    });
    expect(flows.map((flow) => flow.id)).toEqual(
      sample('icp-as-documented').flows?.map((flow) => flow.id),
    );
    expect(flows.find((flow) => flow.id === 'internet-to-web')).toEqual({
      id: 'internet-to-web',
      name: 'Internet user → web in a container',
      status: 'unreachable',
      disposition: 'denied',
      warnings: [],
    });
    expect(flows.find((flow) => flow.id === 'web-to-db')).toMatchObject({
      status: 'reachable',
      disposition: 'delivered',
      replyDisposition: 'delivered',
      pathMtu: 1430,
    });
  });

  test('are none in a design without flows', async () => {
    const empty = asSource({ hopscope: 1, name: 'empty' });
    expect(await ask(backend, 'flows.simulateAll', { source: empty })).toEqual({ flows: [] });
  });
});

describe('a capture', () => {
  test('is a pcapng file named after the flow', async () => {
    const { fileName, bytes } = await ask(backend, 'trace.pcap', { source, flow: 'web-to-db' });
    expect(fileName).toBe('web-to-db.pcapng');
    // Section Header Block.
    expect([...bytes.subarray(0, 4)]).toEqual([0x0a, 0x0d, 0x0d, 0x0a]);
  });

  test('is of one path among all, and there is none of a path that is not', async () => {
    const second = await ask(backend, 'trace.pcap', { source, flow: 'internet-to-web', path: 1 });
    expect(second.fileName).toBe('internet-to-web-1.pcapng');
    const error = errorOf(
      await backend.call('trace.pcap', { source, flow: 'internet-to-web', path: 999 }),
    );
    expect(error).toMatchObject({ code: 'path-unknown', detail: { path: 999 } });
  });
});
