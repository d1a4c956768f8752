/** Flows that were simulated, as captures: what an analyser sees on the wires. */
import { expect, it } from 'vitest';
import { encodePcapng } from '../../../src-main/interop/pcapng/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { compile, simulate, type Result } from '../../../src-main/sim/index.ts';
import { flowOf, network } from '../../builders/network.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { webPodsOn } from '../../samples/variants.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { dissect } from './dissect.ts';
import { readPcapng } from './read-pcapng.ts';
import { faultsOf, protocolsOf, tshark, type TsharkFrame } from './tshark.ts';

const fields = [
  ...['ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst', 'vxlan.vni', 'udp.dstport', 'udp.length'],
  ...['tcp.flags.str', 'tcp.len', 'tcp.options.mss_val', 'ip.reassembled.length', 'ip.len'],
  ...['dns.qry.name', 'dns.a', 'frame.interface_name', 'frame.comment'],
];

const simulated = (design: Design, id: string): Result =>
  simulate(compile(design), flowOf(design, id));

const read = (result: Result, preferences: readonly string[] = []) =>
  tshark(encodePcapng(result, { flowTitle: 'test' }), fields, preferences);

/** The frames with the most headers, in order. */
function deepest(frames: readonly TsharkFrame[]): readonly TsharkFrame[] {
  const depth = (frame: TsharkFrame) => protocolsOf(frame).split(':').length;
  const most = Math.max(...frames.map(depth));
  return frames.filter((frame) => depth(frame) === most);
}

/** The frames of connections, without those of the names that were looked up before. */
const connection = (frames: readonly TsharkFrame[]): readonly TsharkFrame[] =>
  frames.filter((frame) => !protocolsOf(frame).endsWith('dns'));

const interfacesOf = (frames: readonly TsharkFrame[]): string[] =>
  frames.flatMap((frame) => frame('frame.interface_name'));

const vnisOf = (frames: readonly TsharkFrame[]): string[] =>
  frames.flatMap((frame) => frame('vxlan.vni'));

function at(frames: readonly TsharkFrame[], name: string, occurrence = 0): TsharkFrame {
  const found = frames.filter((frame) => frame('frame.interface_name').includes(name))[occurrence];
  if (!found) throw new Error(`no frame ${occurrence} on ${name}: ${interfacesOf(frames).join()}`);
  return found;
}

describeRequiring(['tshark'], 'captures of the reference network', () => {
  it('internet-to-web: IP-in-IP in VXLAN from the proxy node to the pod, and back', () => {
    const result = simulated(webPodsOn('worker-1')(sample('icp-on-vcenter')), 'internet-to-web');
    const frames = read(result);
    const [request, reply, ...others] = deepest(frames);

    expect(faultsOf(frames)).toEqual([]);
    expect(others).toEqual([]);
    expect([request, reply].map((frame) => frame && protocolsOf(frame))).toEqual([
      'eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:ip:tcp',
      'eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:ip:tcp',
    ]);
    // VTEP of ESXi-02 → of ESXi-03, proxy-1 → worker-1, tunnel address of proxy-1 → a pod of worker-1.
    const [outerSource, ...innerSources] = request?.('ip.src') ?? [];
    const [outerDestination, ...innerDestinations] = request?.('ip.dst') ?? [];
    expect(outerSource).toMatch(/^10\.208\.241\.1[34]$/);
    expect(outerDestination).toMatch(/^10\.208\.241\.1[56]$/);
    expect(innerSources).toEqual(['192.168.20.21', '172.28.0.192']);
    expect(innerDestinations).toEqual([
      '192.168.20.61',
      expect.stringMatching(/^172\.28\.2\.7[45]$/),
    ]);
    expect(request?.('udp.dstport')).toEqual(['4789']);
    expect(vnisOf(deepest(frames))).toEqual(['6002', '6002']);
    expect(reply?.('ip.src')).toEqual(request?.('ip.dst'));
    expect(reply?.('ip.dst')).toEqual(request?.('ip.src'));
  });

  it('internet-to-web: the edge rewrites the destination and tells by which rules, the reply undoes it', () => {
    const frames = read(simulated(sample('icp-on-vcenter'), 'internet-to-web'));
    const [before, after] = [at(frames, 'fcr/public-portable'), at(frames, 'esg/vnic2')];

    expect(before('ip.dst')).toEqual(['203.0.113.43']);
    expect(after('ip.dst')).toEqual(['192.168.20.20']);
    expect(after('ip.src')).toEqual(before('ip.src'));
    expect(before('frame.comment')).toEqual([]);
    expect(after('frame.comment').join('\n')).toMatch(/^Rule 5 internet-to-ingress .*\nDNAT 5 /);
    expect(at(frames, 'fcr/internet')('ip.src')).toEqual(['203.0.113.43']);
    // The first look-up answers with the address that the user then opens a connection to.
    expect(at(frames, 'public-dns/eth0')('dns.a')).toEqual(['203.0.113.43']);
    expect(vnisOf(frames).at(-1)).toBe('6001');
  });

  it('web-to-db: through the edge in VXLAN 6001 and 6000, back in 6001 and 6002', () => {
    const frames = read(simulated(sample('icp-on-vcenter'), 'web-to-db'));
    const carried = connection(frames);
    const tunnelled = deepest(carried);

    expect(faultsOf(frames)).toEqual([]);
    expect(new Set(tunnelled.map(protocolsOf))).toEqual(
      new Set(['eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:tcp']),
    );
    expect(vnisOf(tunnelled)).toEqual(['6001', '6000', '6001', '6002']);
    for (const [index, frame] of tunnelled.entries()) {
      const ends = ['192.168.20.61', '192.168.10.50'];
      const [source, destination] = index < 2 ? ends : ends.toReversed();
      expect(frame('ip.src')[1]).toBe(source);
      expect(frame('ip.dst')[1]).toBe(destination);
    }
    expect(tunnelled[1]?.('ip.dst')[0]).toMatch(/^10\.208\.241\.1[78]$/);
    expect(at(carried, 'web-1/eth0')('ip.src')).toEqual(['172.28.2.74']);
    expect(at(carried, 'worker-1/cali-web-1')('ip.dst')).toEqual(['172.28.2.74']);
  });

  it('enterprise-to-vm: the whole frame in ESP across the WAN, then in VXLAN 6010, and back', () => {
    const result = simulated(sample('icp-on-vcenter'), 'enterprise-to-vm');
    const decode = ['esp.enable_null_encryption_decode_heuristic:TRUE'];
    const frames = read(result, decode);
    const tunnelled = deepest(frames);

    expect(faultsOf(frames)).toEqual([]);
    expect(new Set(tunnelled.map(protocolsOf))).toEqual(
      new Set(['eth:ethertype:ip:udp:udpencap:esp:eth:ethertype:ip:tcp']),
    );
    expect(interfacesOf(tunnelled)).toEqual([
      ...['on-prem-l2c/uplink', 'on-prem-router/wan', 'xcr/bcr', 'bcr/hcx-private'],
      ...['cloud-l2c/uplink', 'bcr/xcr', 'xcr/wan', 'on-prem-router/l2c-uplink'],
    ]);
    for (const frame of tunnelled.slice(0, 4)) {
      expect(frame('ip.src')).toEqual(['172.16.250.10', '172.16.10.20']);
      expect(frame('ip.dst')).toEqual(['10.208.243.70', '172.16.50.20']);
    }
    for (const frame of tunnelled.slice(4)) {
      expect(frame('ip.src')).toEqual(['10.208.243.70', '172.16.50.20']);
      expect(frame('ip.dst')).toEqual(['172.16.250.10', '172.16.10.20']);
    }
    expect(vnisOf(frames)).toEqual(['6010', '6010']);
  });

  it('has connections open without data, and look-ups whose messages fill their packets', () => {
    const design = sample('icp-on-vcenter');
    for (const id of ['internet-to-web', 'web-to-db', 'enterprise-to-vm']) {
      const frames = read(simulated(design, id));
      const dns = frames.filter((frame) => protocolsOf(frame).endsWith('dns'));

      expect(new Set(frames.flatMap((frame) => frame('tcp.len')))).toEqual(new Set(['0']));
      expect(dns.length).toBeGreaterThan(0);
      for (const frame of dns) {
        const [name = ''] = frame('dns.qry.name');
        const messageBytes = 12 + name.length + 2 + 4 + 16 * frame('dns.a').length;
        expect(frame('udp.length').at(-1)).toBe(String(8 + messageBytes));
      }
    }
  });

  it('has the proxy node announce what its tunnel takes, and the user what the internet does', () => {
    const frames = connection(read(simulated(sample('icp-on-vcenter'), 'internet-to-web')));

    expect(at(frames, 'internet-user/eth0')('tcp.options.mss_val')).toEqual(['1460']);
    expect(at(frames, 'proxy-1/eth0')('tcp.options.mss_val')).toEqual(['1390']);
  });

  it.each(sampleNames)('%s: every path of every flow is read without a fault', (name) => {
    const design = sample(name);
    const compiled = compile(design);
    const files = (design.flows ?? []).flatMap((flow) => {
      const result = simulate(compiled, flow, { allPaths: true });
      return [...result.forward.keys()].map((trace) =>
        encodePcapng(result, { flowTitle: flow.id, trace }),
      );
    });

    expect(files.length).toBeGreaterThan(design.flows?.length ?? 0);
    for (const file of files) {
      expect(readPcapng(file).frames.flatMap(({ bytes }) => dissect(bytes).bad)).toEqual([]);
    }
    // A file may have several sections, so that one run reads them all.
    expect(faultsOf(tshark(Buffer.concat(files), []))).toEqual([]);
  });
});

describeRequiring(['tshark'], 'captures of small networks', () => {
  it('has VXLAN between VTEPs of IPv6, with the outer checksum', () => {
    const design = network()
      .segment('vteps', '2001:db8:241::/64', { mtu: 9000 })
      .vxlan('web', 6002, ['192.168.20.0/24', '2001:db8:20::/64'])
      .hypervisor('esxi-01', [], { vteps: ['2001:db8:241::11/64'] })
      .hypervisor('esxi-02', [], { vteps: ['2001:db8:241::12/64'] })
      .host('a', '2001:db8:20::a/64', { runsOn: 'esxi-01' })
      .host('b', '2001:db8:20::b/64', { runsOn: 'esxi-02', listens: ['tcp 8080'] })
      .flow('a-to-b', 'a', 'b', { port: 8080, family: 6 })
      .build();
    const result = simulated(design, 'a-to-b');
    const frames = read(result);
    const [request, reply] = deepest(frames);

    expect(result.status).toBe('reachable');
    expect(faultsOf(frames)).toEqual([]);
    expect(request && protocolsOf(request)).toBe(
      'eth:ethertype:ipv6:udp:vxlan:eth:ethertype:ipv6:tcp',
    );
    expect(request?.('ipv6.src')).toEqual(['2001:db8:241::11', '2001:db8:20::a']);
    expect(reply?.('ipv6.dst')).toEqual(['2001:db8:241::11', '2001:db8:20::a']);
    const good = '1';
    expect(request?.('udp.checksum.status')).toEqual([good]);
  });

  it('has fragments behind a narrow link, as many as the trace says, that make the packet again', () => {
    const design = network()
      .segment('wide', '10.0.1.0/24')
      .segment('narrow', '10.0.2.0/24', { mtu: 600 })
      .segment('far', '10.0.3.0/24')
      .host('a', '10.0.1.2/24', { gateway: '10.0.1.1' })
      .router('r1', ['10.0.1.1/24', '10.0.2.1/24'], { routes: ['10.0.3.0/24 via 10.0.2.2'] })
      .router('r2', ['10.0.2.2/24', '10.0.3.1/24'], { routes: ['10.0.1.0/24 via 10.0.2.1'] })
      .host('b', '10.0.3.2/24', { gateway: '10.0.3.1', listens: ['udp 49500'] })
      .flow('a-to-b', 'a', 'b', { protocol: 'udp', port: 49500, packetBytes: 1400, df: false })
      .build();
    const result = simulated(design, 'a-to-b');
    const cut = result.forward[0]?.legs
      .flatMap(({ hops }) => hops.flatMap(({ steps }) => steps))
      .find((step) => step.kind === 'fragment');
    const frames = read(result).filter((frame) => frame('ip.dst').includes('10.0.3.2'));
    const lengths = (node: string) =>
      frames
        .filter((frame) => frame('frame.interface_name')[0]?.startsWith(`${node}/`))
        .map((frame) => Number(frame('ip.len')[0]));

    expect(faultsOf(frames)).toEqual([]);
    expect(lengths('a')).toEqual([1400]);
    expect(lengths('r1')).toEqual([596, 596, 248]);
    expect(lengths('r2')).toEqual([596, 596, 248]);
    expect(cut?.detail.fragments).toBe(3);
    expect(frames.flatMap((frame) => frame('ip.reassembled.length'))).toEqual(['1380', '1380']);
  });
});
