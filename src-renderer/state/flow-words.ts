import type { Flow, FlowSource, FlowTarget } from '../../src-main/contract/index.ts';

/** Who sends, in one word. */
export function sourceWord(from: FlowSource): string {
  switch (from.kind) {
    case 'node':
      return from.node;
    case 'pod':
      return from.pod;
    case 'address':
      return from.address;
    default:
      return from satisfies never;
  }
}

/** Whom it is for, in one word. */
export function targetWord(to: FlowTarget): string {
  switch (to.kind) {
    case 'url':
      return to.url;
    case 'name':
      return to.name;
    case 'address':
      return to.address;
    case 'node':
      return to.node;
    case 'pod':
      return to.pod;
    case 'service':
      return to.service;
    default:
      return to satisfies never;
  }
}

/** `tcp 443`; a URL says it itself. */
export function serviceWord(flow: Flow): string {
  if (flow.to.kind === 'url') return '';
  const protocol = flow.protocol ?? 'tcp';
  return flow.port === undefined ? protocol : `${protocol} ${flow.port}`;
}
