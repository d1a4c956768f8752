import type { Design, DnsServer, HostLike } from '../../model/design.ts';
import { parseInterfaceAddress } from '../../model/ip.ts';
import { hostOf } from '../change.ts';

/** Machines that answer questions for names, and where they are asked. */
export const serversOf = (
  design: Design,
): readonly { readonly host: HostLike; readonly address: string }[] =>
  (design.nodes ?? []).flatMap((node) => {
    const host = hostOf(design, node.id);
    if (!host?.dnsServer) return [];
    return (host.interfaces ?? [])
      .flatMap(({ addresses }) => addresses ?? [])
      .map((text) => ({ host, address: parseInterfaceAddress(text)?.ip.text ?? '' }));
  });

/** The addresses that the server's own zones have for the name. */
export const recordsNamed = (server: DnsServer | undefined, name: string): readonly string[] =>
  (server?.zones ?? [])
    .flatMap(({ records }) => records)
    .flatMap((record) =>
      record.type !== 'CNAME' && record.name.toLowerCase() === name.toLowerCase()
        ? [record.address]
        : [],
    );

export const isOwnSuffix = (zone: string, name: string): boolean => {
  const [of, it] = [zone.toLowerCase(), name.toLowerCase()];
  return it === of || it.endsWith(`.${of}`);
};
