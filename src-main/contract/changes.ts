import { z } from 'zod';
import { idPattern, isEntityRef } from '../model/ids.ts';
import { limits } from '../model/limits.ts';
import { id, ipAddress } from '../model/schema/scalars.ts';

const refExpected = 'an entity reference kind:id, such as node:esg';
const ref = z
  .string({ error: refExpected })
  .refine((value) => isEntityRef(value), { error: refExpected });
const refs = z.array(ref).min(1).max(limits.entitiesPerKind);
const thingExpected = 'an entity reference kind:id, such as node:esg, or pod:id';
/** What can be taken hold of on the canvas: an entity, or a pod of a workload. */
const thing = z
  .string({ error: thingExpected })
  .refine(
    (value) => isEntityRef(value) || (value.startsWith('pod:') && idPattern.test(value.slice(4))),
    { error: thingExpected },
  );
const things = z.array(thing).min(1).max(limits.entitiesPerKind);
const view = z.enum(['underlay', 'overlay', 'kubernetes']);
const units = z.number().min(-1e9).max(1e9);

/** Where a new thing is drawn, in canvas units; the size of its kind when none is given. */
const rectangle = z.strictObject({
  x: units,
  y: units,
  width: units.min(0).exactOptional(),
  height: units.min(0).exactOptional(),
});

/** What the palette offers. Its id and name are proposed; `as` says what a plain host is meant to be. */
export const newThing = z.discriminatedUnion('entity', [
  z.strictObject({
    entity: z.literal('site'),
    kind: z.enum(['internet', 'cloud', 'data-centre', 'office', 'other']),
  }),
  z.strictObject({
    entity: z.literal('node'),
    kind: z.enum([
      'host',
      'router',
      'edge-gateway',
      'distributed-router',
      'hypervisor',
      'l2-gateway',
    ]),
    as: z.enum(['client', 'server', 'vm', 'dns', 'proxy', 'mirror']).exactOptional(),
  }),
  z.strictObject({ entity: z.literal('segment'), kind: z.enum(['lan', 'vlan', 'vxlan']) }),
  z.strictObject({
    entity: z.literal('cluster'),
    flavour: z.enum(['icp', 'iks', 'kubernetes']),
  }),
  z.strictObject({
    entity: z.literal('workload'),
    cluster: id,
    /** A service in front of it, and an ingress in front of that. */
    service: z.boolean().exactOptional(),
    ingress: z.boolean().exactOptional(),
  }),
]);
export type NewThing = z.input<typeof newThing>;

/** A whole entity, as it is kept on the clipboard. */
const copied = z.strictObject({ ref, value: z.unknown() });

/**
 * What a user does to a drawing, in the user's terms. The backend makes the edits of it: ids, addresses, what follows
 * from it elsewhere. All of it is one step of the history.
 */
export const change = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add'),
    thing: newThing,
    /** What it is put into: a site, a hypervisor, a cluster, or for pods a node. */
    into: ref.exactOptional(),
    at: rectangle.exactOptional(),
    /** Where it stands in a view that it is added in, besides its place in the drawing of all. */
    inView: z.strictObject({ ...rectangle.shape, view }).exactOptional(),
  }),
  /** Node to segment: an interface with the next free address, the gateway's route with it. Node to node: a link. Two
   * L2 gateways: a stretch of the segments they stand on. Cluster and node: the node joins. */
  z.strictObject({ kind: z.literal('connect'), from: ref, to: ref }),
  /** Takes an interface, link or stretch away again: `interface` names one of `node`'s. */
  z.strictObject({ kind: z.literal('disconnect'), node: id, interface: id }),
  /** Deletes, with everything that cannot be without it. */
  z.strictObject({ kind: z.literal('remove'), refs: things }),
  /** Gives another id, in every place that names it. */
  z.strictObject({ kind: z.literal('rename'), ref: thing, id }),
  z.strictObject({ kind: z.literal('rename-interface'), node: id, from: id, to: id }),
  /**
   * Moves on the canvas, everything inside along with it; into another container where one is named (`null`: none).
   * Pods and workloads move to the node that is named.
   */
  z.strictObject({
    kind: z.literal('move'),
    refs: things,
    by: z.strictObject({ dx: units, dy: units }),
    into: ref.nullable().exactOptional(),
    /** The drawing that they are moved in, where the view has one of its own. */
    view: view.exactOptional(),
  }),
  /** Sizes and places as given; one step for any number of things (align, distribute, layout, collapse). */
  z.strictObject({
    kind: z.literal('place'),
    label: z.enum(['arrange', 'align', 'distribute', 'resize', 'collapse', 'expand']),
    items: z
      .array(
        z.strictObject({
          id: ref,
          ...rectangle.shape,
          collapsed: z.boolean().exactOptional(),
          view: view.exactOptional(),
        }),
      )
      .min(1)
      .max(limits.entitiesPerKind),
  }),
  /** Copies with what is inside them, with new ids and newly allocated addresses. */
  z.strictObject({
    kind: z.literal('duplicate'),
    refs: things,
    by: z.strictObject({ dx: units, dy: units }),
  }),
  /** The same from the clipboard, perhaps of another design: what it refers to and is not here is left out and listed. */
  z.strictObject({
    kind: z.literal('paste'),
    entities: z.array(copied).min(1).max(limits.entitiesPerKind),
    by: z.strictObject({ dx: units, dy: units }),
    into: ref.exactOptional(),
  }),
  /** A site around the things. */
  z.strictObject({ kind: z.literal('group'), refs }),
  /** So many pods of a workload, spread over the workers. */
  z.strictObject({
    kind: z.literal('scale'),
    workload: id,
    pods: z.int().min(0).max(limits.listLength),
  }),
]);
export type Change = z.input<typeof change>;

/** Questions of forms: what may stand in a field. */
export const nextFreeQuestion = z.strictObject({
  segment: id,
  /** One that is to be told whether it is free. */
  address: ipAddress.exactOptional(),
});
