/** The words that answers are made of, for whoever reads them by the contract alone. */
export type { Finding } from '../checks/finding.ts';
export type {
  Design,
  Flow,
  FlowSource,
  FlowTarget,
  Intent,
  Node,
  NodeKind,
  Segment,
  Site,
} from '../model/design.ts';
export type {
  Disposition,
  FlowStatus,
  Hop,
  Leg,
  LegPurpose,
  Packet,
  PacketHeader,
  ReplyTrace,
  Result,
  Step,
  StepKind,
  Trace,
  Warning,
  WarningCode,
} from '../sim/vocabulary/index.ts';
