import { parseIp } from '../../model/ip.ts';
import type { PlanFile } from './file.ts';
import type { PlanProxy } from './inputs.ts';
import { modeFor } from './proxy-variables.ts';

/**
 * apt.conf(5), apt-transport-http(1): apt reads no NO_PROXY, but knows hosts that are asked directly, each by its name or
 * address. Networks and endings of names cannot be said, and are left out.
 */
export function aptProxy(proxy: PlanProxy): PlanFile {
  const hosts = proxy.direct.filter(
    (token) => parseIp(token) !== undefined || /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(token),
  );
  const lines = ['http', 'https'].flatMap((scheme) => [
    `Acquire::${scheme}::Proxy "${proxy.url}";`,
    // Two colons end a name there.
    ...hosts
      .filter((host) => !host.includes(':'))
      .map((host) => `Acquire::${scheme}::Proxy::${host} "DIRECT";`),
  ]);
  return {
    path: '/etc/apt/apt.conf.d/95proxy',
    content: `${lines.join('\n')}\n`,
    ...modeFor(proxy),
    commands: ['apt-get update'],
  };
}

/** yum.conf(5), dnf.conf(5): for every repository; one that is asked directly says `proxy=_none_` itself. */
export function yumProxy(program: 'yum' | 'dnf', proxy: PlanProxy): PlanFile {
  return {
    path: program === 'yum' ? '/etc/yum.conf' : '/etc/dnf/dnf.conf',
    content: `[main]\nproxy=${proxy.url}\n`,
    isPart: true,
    ...modeFor(proxy),
    commands: [`${program} makecache`],
  };
}

/** sources.list(5): a line a source, as the design has it, which knows nothing of suites. */
export const aptSources = (path: string, lines: readonly string[]): PlanFile => ({
  path,
  content: ['# Suite and components have to be those of the mirror.', ...lines, ''].join('\n'),
  commands: ['apt-get update'],
});

/** yum.conf(5), [repository] OPTIONS: of a mirror of one's own no signature is known. */
export const yumRepository = (path: string, places: readonly string[]): PlanFile => ({
  path,
  content: places
    .map((place, at) => {
      const name = at === 0 ? 'mirror' : `mirror-${at + 1}`;
      return [`[${name}]`, `name=${name}`, `baseurl=${place}`, 'enabled=1', 'gpgcheck=0', ''].join(
        '\n',
      );
    })
    .join('\n'),
  commands: ['yum makecache'],
});
