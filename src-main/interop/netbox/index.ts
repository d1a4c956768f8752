/** NetBox's bulk import: https://netboxlabs.com/docs/netbox/getting-started/populating-data/#bulk-import-csvyamljson */
import type { Design } from '../../model/design.ts';
import type { Exported } from '../exchange.ts';
import { inDesignOrder } from '../left-out.ts';
import { writeAddresses } from './addresses.ts';
import { Inventory } from './inventory.ts';
import { leftOutOf } from './left-out.ts';
import { writeMachines } from './machines.ts';
import { writeNetworks } from './networks.ts';
import { writeSites } from './sites.ts';

/**
 * The sites, machines, networks and addresses of a design as CSV files for NetBox 4.6, in the order of import. A machine
 * on a hypervisor is a virtual machine, every other one a device.
 */
export function netboxOf(design: Design): Exported {
  const inventory = new Inventory(design);
  writeSites(inventory);
  writeNetworks(inventory);
  writeMachines(inventory);
  writeAddresses(inventory);
  return {
    files: inventory.tables.files(),
    leftOut: inDesignOrder(design, [...leftOutOf(design), ...inventory.leftOut.items]),
  };
}
