import type { Design, Node, Segment } from '../../model/design.ts';
import type { EntityRef } from '../../model/ids.ts';
import { isFormula } from '../csv.ts';
import { LeftOutList } from '../exchange.ts';
import { inLines, longest, Names } from './names.ts';
import { Tables } from './tables.ts';

/** What the files are written from: the tables, and the names that things of the design have in NetBox, by their ids. */
export class Inventory {
  readonly design: Design;
  readonly tables = new Tables();
  readonly leftOut = new LeftOutList();
  readonly omit = this.leftOut.add;
  readonly siteNames = new Map<string, string>();
  readonly machines = new Map<string, Machine>();
  /** VLANs by the id of the segment. */
  readonly vlans = new Map<string, Vlan>();
  readonly nodes: ReadonlyMap<string, Node>;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly #names = new Map<string, Names>();

  constructor(design: Design) {
    this.design = design;
    this.nodes = new Map((design.nodes ?? []).map((node) => [node.id, node]));
    this.segments = new Map((design.segments ?? []).map((segment) => [segment.id, segment]));
  }

  /**
   * A name that no other of its kind has. Tells where it is not the one of the design. A cell that names a device as the
   * end of a cable has commas between several: these devices have another sign for them.
   */
  name(
    kind: string,
    ref: EntityRef,
    { id, name: own = id }: Named,
    length: number = longest.name,
    comma: ',' | ';' = ',',
  ): string {
    let names = this.#names.get(kind);
    if (!names) this.#names.set(kind, (names = new Names(length)));
    const name = names.take({ id, name: own.replaceAll(',', comma) });
    if (name !== own) {
      const detail = { name, mostCharacters: length };
      this.omit(ref, own === id ? 'id' : 'name', { code: 'netbox-name', detail });
    }
    return name;
  }

  /** Notes as the comments of a row; tells where an apostrophe is put before what begins like a formula. */
  comments(ref: EntityRef, notes = ''): string {
    const text = inLines(notes);
    if (isFormula(text)) {
      this.omit(ref, 'notes', 'apostrophe-before-formula');
    }
    return text;
  }
}

export interface Named {
  readonly id: string;
  readonly name?: string;
}

export interface Machine {
  readonly name: string;
  readonly isVirtual: boolean;
}

export interface Vlan {
  readonly group: string;
  readonly vid: number;
}

/** The columns that name the machine of an interface. */
export const machineCells = ({ name, isVirtual }: Machine) =>
  isVirtual ? { virtual_machine: name } : { device: name };
