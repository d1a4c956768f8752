import type { Design, Entity, FirewallRule, NatRule } from '../../src-main/contract/index.ts';
import { collections, entityRef, type EntityKind } from '../../src-main/contract/vocabulary.ts';
import { visibleText } from '../i18n/visible-text.ts';

/** Something that can be found by its name, its id or its address, and gone to. */
export interface Findable {
  readonly kind: EntityKind | 'pod' | 'address' | 'rule';
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly detail: string;
  /** What is selected for it: the thing itself, or the thing that it is a part of. */
  readonly ref: string;
  /** The part that the inspector shows. */
  readonly part?: string;
}

/** Not gone to: a place on the canvas is the thing that is placed. */
const unlisted: ReadonlySet<EntityKind> = new Set(['layout']);

/** Everything of a design that has a name or an address. */
export function findables(design: Design): readonly Findable[] {
  const found: Findable[] = [];
  for (const [kind, key] of Object.entries(collections) as [EntityKind, keyof Design][]) {
    if (unlisted.has(kind)) continue;
    for (const entity of (design[key] ?? []) as readonly Entity[]) {
      const name = 'name' in entity ? entity.name : undefined;
      found.push({
        kind,
        label: visibleText(name ?? entity.id),
        detail: name === undefined ? '' : entity.id,
        ref: entityRef(kind, entity.id),
      });
    }
  }
  for (const node of design.nodes ?? []) {
    const ref = entityRef('node', node.id);
    const label = visibleText(node.name ?? node.id);
    node.interfaces?.forEach((one, index) => {
      for (const address of one.addresses ?? []) {
        found.push({
          kind: 'address',
          label: address,
          detail: `${label} ${one.id}`,
          ref,
          part: `interfaces[${index}]`,
        });
      }
    });
    if ('virtualIps' in node) {
      node.virtualIps.forEach(({ address }, index) => {
        found.push({
          kind: 'address',
          label: address,
          detail: label,
          ref,
          part: `virtualIps[${index}]`,
        });
      });
    }
    if ('firewall' in node) {
      node.firewall.rules.forEach((rule, index) => {
        const part = `firewall.rules[${index}]`;
        found.push({ kind: 'rule', label: ruleName(rule), detail: label, ref, part });
      });
    }
    if ('nat' in node) {
      node.nat.forEach((rule, index) => {
        found.push({
          kind: 'rule',
          label: ruleName(rule),
          detail: `${rule.kind.toUpperCase()} · ${label}`,
          ref,
          part: `nat[${index}]`,
        });
      });
    }
  }
  for (const workload of design.workloads ?? []) {
    for (const pod of workload.pods) {
      const ref = `pod:${pod.id}`;
      found.push({ kind: 'pod', label: pod.id, detail: workload.namespace, ref });
      for (const address of pod.addresses ?? []) {
        found.push({ kind: 'address', label: address, detail: pod.id, ref });
      }
    }
  }
  for (const service of design.services ?? []) {
    for (const address of service.clusterIps ?? []) {
      const detail = visibleText(service.name ?? service.id);
      found.push({
        kind: 'address',
        label: address,
        detail,
        ref: entityRef('service', service.id),
      });
    }
  }
  for (const segment of design.segments ?? []) {
    for (const { cidr } of segment.subnets ?? []) {
      const detail = visibleText(segment.name ?? segment.id);
      found.push({ kind: 'address', label: cidr, detail, ref: entityRef('segment', segment.id) });
    }
  }
  return found;
}

const ruleName = ({ id, name }: FirewallRule | NatRule): string => visibleText(name ?? id);
