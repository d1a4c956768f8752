import { idPattern } from '../../model/ids.ts';
import { isMac, parseInterfaceAddress, parsePrefix } from '../../model/ip.ts';
import { limits } from '../../model/limits.ts';
import type { Cell } from './cell.ts';
import type { PortDraft, SegmentDraft } from './drafts.ts';
import { gatewayPrefix, interfacePrefix, refKey, subnetNamePrefix, subnetPrefix } from './facts.ts';
import type { FoundAddress } from './addresses.ts';
import { plainText } from './label.ts';
import { sayingOf, type Said } from '../../sim/vocabulary/saying.ts';
import type { ExpectedFacts } from '../words/drawio-remarks.ts';
import type { Remarks } from './remarks.ts';
import { titleOf } from './write.ts';
import { parseIp } from '../../model/ip.ts';

/** What a cell that this program wrote stands for: `node:esg`, `interface:esg/eth0`. */
export interface OwnRef {
  readonly kind:
    'site' | 'node' | 'segment' | 'cluster' | 'pod' | 'interface' | 'link' | 'stretch' | 'member';
  readonly id: string;
}

const refPattern =
  /^(site|node|segment|cluster|pod|interface|link|stretch|member):([A-Za-z0-9][A-Za-z0-9._/-]{0,126})$/;

export function ownRef({ data }: Cell): OwnRef | undefined {
  const match = refPattern.exec(data.get(refKey) ?? '');
  return match ? { kind: match[1] as OwnRef['kind'], id: match[2] ?? '' } : undefined;
}

/** Reads facts of a cell. What is none is remarked and taken for absent: anybody may have edited it. */
export class FactReader {
  readonly #cell: Cell;
  readonly #remarks: Remarks;

  constructor(cell: Cell, remarks: Remarks) {
    this.#cell = cell;
    this.#remarks = remarks;
  }

  raw(key: string): string | undefined {
    return this.#cell.data.get(key);
  }

  #taken<T>(key: string, value: T | undefined, said: Said<ExpectedFacts>): T | undefined {
    if (value === undefined) this.#remarks.add(this.#cell, malformed(key, said));
    return value;
  }

  text(key: string, most: number): string | undefined {
    const text = this.raw(key)?.toWellFormed();
    return text === undefined || text === '' ? undefined : text.slice(0, most).toWellFormed();
  }

  number(key: string, least: number, most: number): number | undefined {
    const text = this.raw(key);
    if (text === undefined) return undefined;
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    const isGood = value >= least && value <= most;
    return this.#taken(key, isGood ? value : undefined, {
      code: 'number',
      detail: { least, most },
    });
  }

  oneOf<const T extends string>(key: string, values: readonly T[]): T | undefined {
    const text = this.raw(key);
    if (text === undefined) return undefined;
    return this.#taken(
      key,
      values.find((value) => value === text),
      { code: 'one-of', detail: { values } },
    );
  }

  flag(key: string): boolean | undefined {
    const text = this.oneOf(key, ['true', 'false']);
    return text === undefined ? undefined : text === 'true';
  }

  id(key: string): string | undefined {
    const text = this.raw(key);
    if (text === undefined) return undefined;
    return this.#taken(key, idPattern.test(text) ? text : undefined, 'id');
  }

  /** Separated by blanks; undefined where the fact is not there. */
  ids(key: string): readonly string[] | undefined {
    return this.#list(key, (one) => idPattern.test(one), 'ids');
  }

  prefixes(key: string): readonly string[] {
    return this.#list(key, (one) => parsePrefix(one) !== undefined, 'prefixes') ?? [];
  }

  #list(
    key: string,
    test: (one: string) => boolean,
    expected: Said<ExpectedFacts>,
  ): string[] | undefined {
    const text = this.raw(key);
    if (text === undefined) return undefined;
    const all = text.split(/\s+/).filter((one) => one !== '');
    const good = [...new Set(all.filter(test))];
    if (good.length < all.length) this.#taken(key, undefined, expected);
    return good;
  }
}

const malformed = (key: string, said: Said<ExpectedFacts>) =>
  ({ code: 'fact-malformed', detail: { key, expected: sayingOf(said) } }) as const;

/** The name of a thing that this program wrote: as its label has it now, or as it was where the label has not changed. */
export function ownName(cell: Cell, id: string, facts: FactReader): string | undefined {
  const name = facts.text('name', limits.nameLength);
  const title = plainText(titleOf(name === undefined ? { id } : { id, name }), false);
  const first = cell.label.split('\n')[0] ?? '';
  if (title === '' || first === '' || first === title) return name;
  return first.slice(0, limits.nameLength).toWellFormed();
}

/** The interfaces of a machine that this program wrote, with all that it says of them. */
export function ownPorts(cell: Cell, remarks: Remarks): readonly PortDraft[] {
  const ports: PortDraft[] = [];
  for (const [key, text] of cell.data) {
    if (!key.startsWith(interfacePrefix)) continue;
    const id = key.slice(interfacePrefix.length);
    const port = idPattern.test(id) ? portOf(id, text) : undefined;
    if (port) ports.push(port);
    else remarks.add(cell, malformed(key.slice(0, 80), 'interface'));
  }
  return ports;
}

function portOf(id: string, text: string): PortDraft | undefined {
  const addresses: FoundAddress[] = [];
  const settings = new Map<string, string>();
  for (const part of text.split(/\s+/).filter((one) => one !== '')) {
    const [key = '', value] = part.split('=');
    const address = value === undefined ? parseInterfaceAddress(part) : undefined;
    if (address) addresses.push({ ip: address.ip, length: address.prefix.length });
    else if (value !== undefined && key !== '') settings.set(key, value);
    else return undefined;
  }
  const number = (key: string, least: number, most: number): number | undefined => {
    const value = Number(settings.get(key));
    return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  };
  const mac = settings.get('mac');
  const state = settings.get('state');
  return {
    id,
    linked: false,
    hints: [],
    addresses,
    mtu: number('mtu', 68, 65535),
    vlan: number('vlan', 1, 4094),
    mac: mac !== undefined && isMac(mac) ? mac : undefined,
    state: state === 'up' || state === 'down' ? state : undefined,
  };
}

/** The subnets that a segment's label has now, with what the cell says of them. */
export function ownSubnets(
  cell: Cell,
  remarks: Remarks,
): { readonly subnets: SegmentDraft['subnets']; readonly changed: boolean } {
  const facts = new FactReader(cell, remarks);
  const known: SegmentDraft['subnets'] = [];
  for (let number = 1; cell.data.has(`${subnetPrefix}${number}`); number += 1) {
    const cidr = facts.raw(`${subnetPrefix}${number}`) ?? '';
    if (!parsePrefix(cidr)) {
      remarks.add(cell, malformed(`${subnetPrefix}${number}`, 'prefix'));
      continue;
    }
    const gateway = facts.raw(`${gatewayPrefix}${number}`);
    const name = facts.text(`${subnetNamePrefix}${number}`, limits.nameLength);
    known.push({
      cidr,
      ...(gateway !== undefined && parseIp(gateway) ? { gateway } : {}),
      ...(name === undefined ? {} : { name }),
    });
  }
  const canonical = (cidr: string): string => parsePrefix(cidr)?.text ?? '';
  const shown = new Set(
    cell.label
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split(/[\s,;]+/))
      .map(canonical)
      .filter((text) => text !== ''),
  );
  const was = new Set(known.map(({ cidr }) => canonical(cidr)));
  if (shown.size === was.size && [...shown].every((one) => was.has(one))) {
    return { subnets: known, changed: false };
  }
  const subnets = [...shown].map(
    (cidr) => known.find((one) => canonical(one.cidr) === cidr) ?? { cidr },
  );
  return { subnets, changed: true };
}
