/** The words that answers are made of, for whoever reads them by the contract alone. */
export type { Detail as FindingDetail, FindingCode } from '../checks/catalogue.ts';
export type {
  AddressHolder,
  Asker,
  Carrier,
  GatewayKind,
  InnerVxlan,
  NetworkRef,
  NoWay,
  Opener,
  Owner,
  RangeUse,
  RuleFacts,
  Unmatched,
} from '../checks/facts.ts';
export type { Finding, Place, ToldPlace } from '../checks/finding.ts';
export type { Names } from '../checks/names.ts';
export { placeLabel, type PlaceTerm } from '../checks/place-label.ts';
export { placeWordsKo } from '../checks/place-words-ko.ts';
export { findingPlace, findingText, findingWhy } from '../checks/words.ts';
export { placeWords } from '../checks/place-words.ts';
export { blockedText, opensText, remedyText } from '../explain/words/index.ts';
export type {
  Blocker,
  ChangedFlow,
  Explanation,
  Opens,
  Remedy,
  RemedySaying,
  SideEffects,
} from '../explain/vocabulary.ts';
export type {
  FirewallRequestRow,
  InstallAsk,
  InstallCause,
  InstallCell,
  InstallFix,
  InstallNeedReport,
  InstallNote,
  InstallReport,
  InstallStepReport,
  Supply,
} from '../install/vocabulary.ts';
export type {
  Block as ReportBlock,
  Line as ReportLine,
  ReportDocument,
  Section as ReportSection,
} from '../report/document.ts';
export type { DrawioRemark } from '../interop/drawio/remarks.ts';
export type { LeftOut } from '../interop/exchange.ts';
export { drawioRemarkText } from '../interop/words/drawio-remarks.ts';
export { leftOutText } from '../interop/words/left-out.ts';
export type { InstallPlan, InstallPlanStep } from '../install/plan/vocabulary.ts';
export type { PlanFile } from '../install/plan/file.ts';
export { firewallRequestCsv } from '../install/plan/firewall-request.ts';
export { junitXml } from './junit.ts';
export { causeText, fixText, installTitle, noteText, planText } from '../install/words/index.ts';
export { textInSentence, visibleText } from '../model/visible-text.ts';
export { resultWordsKo } from '../sim/vocabulary/result-words-ko.ts';
export { resultWords, type ResultWords } from '../sim/vocabulary/result-words.ts';
export { stackBytes, type StackBytes } from '../sim/vocabulary/stack-bytes.ts';
export {
  clusterContentKinds,
  collections,
  entityKinds,
  entityRef,
  idPattern,
  parseEntityRef,
  type EntityKind,
  type EntityRef,
} from '../model/ids.ts';
export type {
  CalicoPolicy,
  Cluster,
  Design,
  Entity,
  EntityOf,
  Firewall,
  FirewallRule,
  Flow,
  FlowSource,
  FlowTarget,
  Group,
  HostEndpoint,
  Ingress,
  InstallScenario,
  Intent,
  LayoutItem,
  Link,
  NatRule,
  NetworkInterface,
  NetworkPolicy,
  Node,
  NodeKind,
  Pod,
  Route,
  Segment,
  Service,
  Site,
  Stretch,
  TransportZone,
  Workload,
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
export { parseIp, parsePrefix, prefixContains } from '../model/ip.ts';
export { headerBytes, ipProtocolName } from '../sim/vocabulary/packet.ts';
export { assumptionText, stepText, warningText, withParticles } from '../sim/vocabulary/index.ts';
