import { expect, it } from 'vitest';
import { encodePcapng } from '../../../src-main/interop/pcapng/index.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import {
  dnat,
  encapsulateVxlan,
  hop,
  leg,
  result,
  sending,
  split,
  trace,
  transmit,
} from './results.ts';
import { stackTable } from './stack-table.ts';
import { esp, ethernet, ip, stack, tcp, udp, vxlan } from './stacks.ts';
import { faultsOf, protocolsOf, tshark, type TsharkFrame } from './tshark.ts';

const encode = (of: Parameters<typeof encodePcapng>[0]) =>
  encodePcapng(of, { flowTitle: 'Flow A' });

describeRequiring(['tshark'], 'tshark', () => {
  it('reads every stack to its last header, with good checksums', () => {
    const packets = stackTable.map(({ packet }) => packet);
    const frames = tshark(encode(sending(...packets)), ['vxlan.vni']);

    expect(faultsOf(frames)).toEqual([]);
    expect(frames.map(protocolsOf)).toEqual(stackTable.map(({ protocols }) => protocols));
  });

  it('finds a fault where a checksum or a header is broken', () => {
    const file = Buffer.from(
      encode(sending(stack(20, ethernet(), ip('10.0.0.1', '10.0.0.2'), tcp()))),
    );
    const change = (find: string, by: string) => {
      const hex = file.toString('hex');
      expect(hex.split(find)).toHaveLength(2);
      return faultsOf(tshark(Buffer.from(hex.replace(find, by), 'hex'), []));
    };

    expect(change('0a0000010a000002', '0a0000010a000003')).toEqual(
      expect.arrayContaining([
        'frame 1: bad ip.checksum.status',
        'frame 1: bad tcp.checksum.status',
      ]),
    );
    // The maximum segment size option says that it is 4 bytes long.
    expect(change('020405b4', '020305b4').length).toBeGreaterThan(0);
  });

  it('shows interfaces, comments and time as they were written', () => {
    const before = stack(20, ethernet(), ip('198.51.100.25', '203.0.113.43'), tcp());
    const after = stack(20, ethernet(), ip('198.51.100.25', '192.168.20.20'), tcp());
    const walked = leg([
      hop('user', transmit(before)),
      hop('esg', dnat(after, '203.0.113.43', '192.168.20.20'), transmit(after, 'vnic2')),
    ]);
    const fields = ['frame.interface_name', 'frame.interface_description', 'frame.time_epoch'];
    const frames = tshark(encode(result([trace([walked])])), [
      ...fields,
      'frame.comment',
      'ip.dst',
    ]);

    expect(frames.flatMap((frame) => frame('frame.interface_name'))).toEqual([
      'user/eth0',
      'esg/vnic2',
    ]);
    expect(frames[1]?.('frame.interface_description')).toEqual([
      'interface vnic2 of esg, segment lan-1, MTU 1500',
    ]);
    expect(frames.flatMap((frame) => frame('frame.time_epoch'))).toEqual([
      '946684800.000000000',
      '946684800.000001000',
    ]);
    expect(frames[1]?.('frame.comment')).toEqual([
      'NAT rule 5 rewrites the destination 203.0.113.43 to 192.168.20.20',
    ]);
    expect(frames.map((frame) => frame('ip.dst').join())).toEqual([
      '203.0.113.43',
      '192.168.20.20',
    ]);
  });

  it('reads the options that open a connection, and no data', () => {
    const packet = stack(20, ethernet(), ip('192.0.2.1', '192.0.2.2'), tcp('SYN', 443));
    const [frame] = tshark(encode(sending(packet)), [
      'tcp.len',
      'tcp.options.mss_val',
      'tcp.options.wscale.shift',
      'tcp.options.sack_perm',
      'tcp.options.timestamp.tsval',
    ]);

    expect(frame?.('tcp.len')).toEqual(['0']);
    expect(frame?.('tcp.options.mss_val')).toEqual(['1460']);
    expect(frame?.('tcp.options.wscale.shift')).toEqual(['7']);
    expect(frame?.('tcp.options.sack_perm')).toHaveLength(1);
    expect(frame?.('tcp.options.timestamp.tsval')).toEqual(['1']);
  });

  it.each([
    ['A', ['203.0.113.43', '203.0.113.44'], 'dns.a', '0'],
    ['AAAA', ['2001:db8::43'], 'dns.aaaa', '0'],
    ['A', [], 'dns.a', '3'],
  ] as const)('reads DNS question and answer: %s %j', (record, addresses, field, code) => {
    const name = 'shop.example.com';
    const dns = { name, record, addresses: [...addresses] };
    const queryBytes = 12 + name.length + 2 + 4;
    const answerBytes = queryBytes + addresses.length * (record === 'A' ? 16 : 28);
    const ask = stack(queryBytes, ethernet(), ip('192.0.2.1', '192.0.2.53'), udp(53));
    const tell = stack(answerBytes, ethernet(), ip('192.0.2.53', '192.0.2.1'), udp(51_002, 53));
    const legs = [
      leg([hop('a', transmit(ask))], { purpose: 'dns-query', dns }),
      leg([hop('b', transmit(tell))], { purpose: 'dns-answer', dns }),
    ];
    const wanted = ['dns.qry.name', 'dns.flags.rcode', 'dns.response_to', field];
    const frames = tshark(encode(result([trace(legs)])), wanted);
    const [query, answer] = frames;

    expect(faultsOf(frames)).toEqual([]);
    expect(frames.map(protocolsOf)).toEqual([
      'eth:ethertype:ip:udp:dns',
      'eth:ethertype:ip:udp:dns',
    ]);
    expect(query?.('dns.qry.name')).toEqual([name]);
    expect(answer?.('dns.response_to')).toEqual(['1']);
    expect(answer?.('dns.flags.rcode')).toEqual([code]);
    expect(answer?.(field)).toEqual([...addresses]);
  });

  it('puts fragments together again, on each link that they pass', () => {
    const packet = stack(
      1460,
      ...[ethernet(), ip('10.0.0.1', '10.0.0.2', false), udp(4789), vxlan(6002)],
      ...[ethernet(), ip('192.168.20.11', '192.168.20.12'), tcp('ACK')],
    );
    const walked = leg([
      hop('a', encapsulateVxlan(packet, 6002), split(packet, 1500, 2), transmit(packet)),
      hop('b', transmit(packet, 'eth1', 9000)),
    ]);
    const frames = tshark(encode(result([trace([walked])])), [
      'ip.reassembled.length',
      'ip.fragment.count',
    ]);
    const first = 'eth:ethertype:ip:data';
    const whole = 'eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:tcp';

    // Data that comes by twice is not dissected the second time.
    const headersOf = (frame: TsharkFrame) => protocolsOf(frame).replace('tcp:data', 'tcp');

    expect(faultsOf(frames)).toEqual([]);
    expect(frames.map(headersOf)).toEqual([first, whole, first, whole]);
    expect(frames.flatMap((frame) => frame('ip.reassembled.length'))).toEqual(['1530', '1530']);
    expect(frames.flatMap((frame) => frame('ip.fragment.count'))).toEqual(['2', '2']);
  });

  it('looks into ESP when told that nothing is encrypted', () => {
    const packet = stack(
      20,
      ...[ethernet(), ip('172.16.250.10', '10.208.243.70', false), udp(4500, 4500), esp(70)],
      ...[ethernet(), ip('172.16.10.20', '172.16.50.20'), tcp()],
    );
    const preferences = ['esp.enable_null_encryption_decode_heuristic:TRUE'];
    const frames = tshark(encode(sending(packet)), ['ip.dst', 'esp.spi'], preferences);

    expect(faultsOf(frames)).toEqual([]);
    expect(frames[0]?.('esp.spi')).toEqual(['0x00001001']);
    expect(frames.map(protocolsOf)).toEqual([
      'eth:ethertype:ip:udp:udpencap:esp:eth:ethertype:ip:tcp',
    ]);
    expect(frames[0]?.('ip.dst')).toEqual(['10.208.243.70', '172.16.50.20']);
  });
});
