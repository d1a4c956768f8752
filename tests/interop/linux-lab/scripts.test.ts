/** The scripts of machines: as text, under shellcheck, and run alone where the interfaces are there. */
import { afterEach, describe, expect, test } from 'vitest';
import { linuxScriptsOf } from '../../../src-main/interop/linux-scripts/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { compile } from '../../../src-main/sim/index.ts';
import { network } from '../../builders/network.ts';
import { kernelNeeds } from '../../kernel/available.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { cases } from './designs.ts';
import { inFolder, inNamespace, must, ownPrefix, removeAll, run } from './namespaces.ts';

const scriptsOf = (design: Design) => linuxScriptsOf(compile(design));

const scriptOf = (design: Design, path: string): string => {
  const file = scriptsOf(design).files.find((one) => one.path === path);
  if (typeof file?.content !== 'string') throw new Error(`no ${path}`);
  return file.content;
};

const linesOf = (design: Design, path: string): string[] => scriptOf(design, path).split('\n');

describe('files', () => {
  test('are the lab, its removal and one a machine; the bridges where there are any', () => {
    const [filtered, overlay] = cases.map(({ design }) =>
      scriptsOf(design).files.map(({ path }) => path),
    );
    expect(filtered).toEqual([
      'lab.sh',
      'lab-down.sh',
      'segments.sh',
      'node-edge.sh',
      'node-client.sh',
      'node-printer.sh',
      'node-server.sh',
      'node-off.sh',
    ]);
    // A distributed router is in each hypervisor.
    expect(overlay).toContain('node-dlr.esx-1.sh');
    expect(overlay).toContain('node-dlr.esx-2.sh');
  });

  test('differ by more than the case of letters', () => {
    const net = network()
      .segment('lan', '10.0.0.0/24')
      .host('Web', '10.0.0.1/24')
      .host('web', '10.0.0.2/24');
    const paths = scriptsOf(net.build()).files.map(({ path }) => path);
    expect(paths.slice(2)).toEqual(['node-Web.sh', 'node-web-2.sh']);
    expect(scriptOf(net.build(), 'lab.sh')).toContain('"$prefix"web sh ./node-web-2.sh');
  });

  test.each(sampleNames)('of %s are the same each time', (name) => {
    expect(scriptsOf(sample(name))).toEqual(scriptsOf(sample(name)));
  });

  test.each(sampleNames)('of %s have plain names', (name) => {
    const paths = scriptsOf(sample(name)).files.map(({ path }) => path);
    expect(paths.filter((path) => !/^[A-Za-z0-9._-]+\.sh$/.test(path))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe('names from outside', () => {
  const hostile = [
    "x'; touch /tmp/pwned; '",
    '$(touch pwned)`touch pwned`',
    'a\ntouch pwned\n#',
    'a\u2028touch pwned',
    '\u202Egnp.exe',
    '"; exit 0 #',
    '</script>',
    "=cmd|' /C calc'!A0",
  ];

  test.each(hostile)('%j stays within its comment', (text) => {
    const design = network()
      .segment('lan', '10.0.0.0/24')
      .host('web', '10.0.0.1/24', { name: text })
      .build(text);
    const plain = network().segment('lan', '10.0.0.0/24').host('web', '10.0.0.1/24').build('plain');
    const code = (one: Design, path: string) =>
      linesOf(one, path).filter((line) => !line.startsWith('#'));
    expect(code(design, 'node-web.sh')).toEqual(code(plain, 'node-web.sh'));
    const withoutPrefix = (line: string) => line.replace(/^prefix=\$\{1-[a-z0-9-]+\}$/, 'prefix');
    for (const path of ['lab.sh', 'lab-down.sh']) {
      expect(code(design, path).map(withoutPrefix)).toEqual(code(plain, path).map(withoutPrefix));
    }
    expect(scriptOf(design, 'node-web.sh')).not.toMatch(/[^\P{Cc}\n]|[\u2028-\u202E]/u);
  });
});

describe('what is left out', () => {
  test('has a reference, a place and a sentence, in the order of the design', () => {
    const design = network()
      .segment('lan', '10.0.0.0/24')
      .edge('esg', '10.0.0.1/24', { firewall: ['accept'] })
      .host('web', '10.0.0.2/24', {
        routes: ['10.8.0.0/16 via 10.7.0.1', '10.9.0.0/16 via 10.0.0.1'],
        resolvers: ['10.0.0.53'],
        listens: ['tcp 80', 'udp 53'],
        nat: ['snat 10.0.0.0/16 to 10.1.0.0-10.1.255.255', 'snat 10.0.0.0/16 to 10.1.0.0/16'],
        httpProxy: { port: 3128 },
      })
      .flow('web', 'web', '10.0.0.1', { port: 80 })
      .build();
    expect(scriptsOf(design).leftOut).toMatchObject([
      {
        ref: 'node:esg',
        path: 'stageOrder',
        text: 'Linux filters behind DNAT, not before it as in stage order nsx-v',
      },
      {
        ref: 'node:web',
        path: 'routes[0]',
        text: 'No interface that is up leads to the next hop, so there is no route',
      },
      { ref: 'node:web', path: 'resolvers', text: 'Resolvers and search domains are not set' },
      { ref: 'node:web', path: 'listeners', text: 'No program is started: tcp 80, udp 53' },
      {
        ref: 'node:web',
        path: 'nat[0]',
        text: 'Ranges of this size are translated only as prefixes',
      },
      { ref: 'node:web', path: 'httpProxy', text: 'The HTTP proxy is not set up' },
      { ref: 'design', path: 'flows', text: 'Questions about the network are not part of it' },
    ]);
  });

  test('of a cluster is everything that needs Kubernetes; its nodes have no device of it', () => {
    const design = sample('iks-on-ibm-cloud');
    const refs = scriptsOf(design).leftOut.map(({ ref }) => ref);
    expect(refs).toEqual(
      expect.arrayContaining(['cluster:iks', 'workload:shop', 'service:shop', 'ingress:shop']),
    );
    expect(scriptOf(design, 'node-iks-worker-1.sh')).not.toMatch(/tunl0|cali/);
  });
});

describeRequiring(['shellcheck'], 'shellcheck has nothing to say of', () => {
  const designs = [
    ...sampleNames.map((name) => [name, () => sample(name)] as const),
    ...cases.map(({ title, design }) => [title, () => design] as const),
  ];
  test.each(designs)('%s', { timeout: 120_000 }, (_, design) => {
    inFolder(scriptsOf(design()), (folder) => {
      const { code, out } = run(
        ['sh', '-c', 'shellcheck --shell=sh --severity=style -- *.sh'],
        '',
        folder,
      );
      expect(out).toBe('');
      expect(code).toBe(0);
    });
  });
});

const prefix = ownPrefix();

describeRequiring(kernelNeeds, "a machine's own script", () => {
  afterEach(() => removeAll(prefix));

  const [filtered] = cases;
  const name = `${prefix}alone`;
  const build = (interfaces: readonly string[]) => {
    must(['ip', 'netns', 'add', name]);
    for (const one of interfaces) {
      // Connected to nothing else: what a dummy device is, where the kernel has none.
      inNamespace(name, ['ip', 'link', 'add', one, 'type', 'veth', 'peer', `far-${one}`]);
      inNamespace(name, ['ip', 'link', 'set', `far-${one}`, 'up']);
    }
  };
  const addresses = (): Record<string, string[]> => {
    const told = JSON.parse(inNamespace(name, ['ip', '-j', 'addr'])) as {
      ifname: string;
      operstate: string;
      mtu: number;
      addr_info: { local: string; prefixlen: number; scope: string }[];
    }[];
    return Object.fromEntries(
      told.map(({ ifname, mtu, addr_info: all }) => [
        ifname,
        [
          `mtu ${mtu}`,
          ...all
            .filter(({ scope }) => scope === 'global')
            .map(({ local, prefixlen }) => `${local}/${prefixlen}`),
        ],
      ]),
    );
  };

  test('gives interfaces, routes and rules of the design, and the same when it is run again', () => {
    if (!filtered) throw new Error('no case');
    build(['eth0', 'if0']);
    const script = scriptOf(filtered.design, 'node-edge.sh');
    for (const _ of ['once', 'twice']) {
      inNamespace(name, ['sh'], script);
      expect(addresses()).toMatchObject({
        eth0: ['mtu 1500', '10.1.0.1/24', 'fd01::1/64'],
        if0: ['mtu 1400', '10.2.0.1/24', 'fd02::1/64'],
      });
      const rules = inNamespace(name, ['iptables-save']).split('\n');
      // Chains are told in an order of iptables' own.
      const of = (chain: string) => rules.filter((line) => line.startsWith(`-A ${chain} `));
      expect(of('forward')).toEqual([
        '-A forward -s 10.1.0.0/24 -d 10.2.0.0/24 -p tcp -m multiport --dports 80 -m comment --comment rule-1 -j rule-1',
        '-A forward -p tcp -m multiport --dports 22 -m comment --comment rule-3 -j rule-3',
        '-A forward -j default',
      ]);
      expect(of('rule-3')).toEqual([
        '-A rule-3 -p tcp -j REJECT --reject-with tcp-reset',
        '-A rule-3 -j REJECT --reject-with icmp-port-unreachable',
      ]);
      expect(of('default')).toEqual(['-A default -j DROP']);
      expect(of('PREROUTING')).toEqual([
        '-A PREROUTING -d 10.1.0.1/32 -p tcp -m multiport --dports 8080 -m comment --comment nat-1 -j nat-1',
      ]);
      expect(of('nat-1')).toEqual(['-A nat-1 -p tcp -j DNAT --to-destination 10.2.0.2:80']);
      expect(inNamespace(name, ['cat', '/proc/sys/net/ipv4/ip_forward'])).toBe('1\n');
      expect(inNamespace(name, ['cat', '/proc/sys/net/ipv4/conf/if0/rp_filter'])).toBe('0\n');
    }
  });

  test('gives routes with their metrics, equal ones as one, and those that discard', () => {
    const design = network()
      .segment('lan', ['10.0.0.0/24', 'fd00::/64'])
      .router('r', '10.0.0.1/24,fd00::1/64', {
        routes: [
          '0.0.0.0/0 via 10.0.0.8',
          '0.0.0.0/0 via 10.0.0.9',
          '10.9.0.0/16 via 10.0.0.8 distance 5',
          '10.8.0.0/16 discard',
          '::/0 via fd00::9',
        ],
      })
      .build();
    build(['eth0']);
    const script = scriptOf(design, 'node-r.sh');
    for (const _ of ['once', 'twice']) {
      inNamespace(name, ['sh'], script);
      const told = (argv: readonly string[]) =>
        inNamespace(name, ['ip', ...argv])
          .split('\n')
          .map((line) => line.trim().replace(/\s+/g, ' '))
          .filter((line) => line !== '' && !line.includes('proto kernel'));
      expect(told(['-4', 'route'])).toEqual([
        'default metric 1',
        'nexthop via 10.0.0.8 dev eth0 weight 1',
        'nexthop via 10.0.0.9 dev eth0 weight 1',
        'blackhole 10.8.0.0/16 metric 1',
        '10.9.0.0/16 via 10.0.0.8 dev eth0 metric 2',
      ]);
      expect(told(['-6', 'route'])).toEqual([
        'default via fd00::9 dev eth0 metric 1024 pref medium',
      ]);
    }
  });

  test('sets down what is down in the design', () => {
    if (!filtered) throw new Error('no case');
    build(['eth0', 'spare']);
    inNamespace(name, ['ip', 'link', 'set', 'eth0', 'up']);
    inNamespace(name, ['sh'], scriptOf(filtered.design, 'node-off.sh'));
    expect(inNamespace(name, ['ip', '-br', 'link', 'show', 'eth0'])).toMatch(
      /^eth0@far-eth0\s+DOWN.*<BROADCAST,MULTICAST>/,
    );
    expect(addresses()['eth0']).toHaveLength(1);
  });

  test('leaves ports of machines that are not there yet', () => {
    const overlay = cases[1];
    if (!overlay) throw new Error('no case');
    build(['vtep0']);
    inNamespace(name, ['sh'], scriptOf(overlay.design, 'node-esx-1.sh'));
    const links = inNamespace(name, ['ip', '-br', 'link', 'show', 'type', 'vxlan']);
    expect(links).toMatch(/vx5001/);
    expect(links).toMatch(/vx5002/);
  });

  test('stops where an interface of the design is not there', () => {
    if (!filtered) throw new Error('no case');
    build(['eth0']);
    const done = run(
      ['ip', 'netns', 'exec', name, 'sh'],
      scriptOf(filtered.design, 'node-edge.sh'),
    );
    expect(done.code).not.toBe(0);
    expect(done.err).toContain('if0');
  });
});
