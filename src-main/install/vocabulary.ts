import type { BlockedBecause, RemedySaying } from '../explain/vocabulary.ts';
import type { Flow } from '../model/design.ts';
import type { Edit } from '../model/edits.ts';
import type { Saying } from '../sim/vocabulary/saying.ts';
import type { DeadToken } from '../sim/vocabulary/warning.ts';
import type { InstallPlan } from './plan/vocabulary.ts';
import type { ArtifactKind, InstallClient, InstallMode, Product } from './catalogue/index.ts';

/** Whether a product can be installed from here, for one scenario in one mode. */
export interface InstallReport {
  readonly scenario: string;
  readonly name?: string;
  readonly mode: InstallMode;
  readonly product: Pick<Product, 'id' | 'version' | 'name'>;
  readonly works: boolean;
  /** In the order of the install. */
  readonly steps: readonly InstallStepReport[];
  /** The first step that does not work, by its id. */
  readonly failsAt?: string;
  /** All that stands in the way, each once, in the order in which the install meets it. */
  readonly causes: readonly InstallCause[];
  /** What was seen in the settings and stops nothing by itself. */
  readonly notes: readonly InstallNote[];
  /** How it is done, every proven fix made. */
  readonly plan: InstallPlan;
  /** What firewalls on the way have to let through once every proven fix is made, one line a row. */
  readonly firewallRequest: readonly FirewallRequestRow[];
  /** Connections that were simulated. */
  readonly connections: number;
}

export interface InstallStepReport {
  readonly id: string;
  readonly title: string;
  readonly works: boolean;
  readonly needs: readonly InstallNeedReport[];
}

/** Things that one client asks of the same hosts. */
export interface InstallNeedReport {
  /** `call`: a request to the product itself, such as a push to its registry. */
  readonly kind: ArtifactKind | 'call';
  readonly client: InstallClient;
  /** Of artifacts, their references; of a call, what it is for. */
  readonly references: readonly string[];
  /** Why no list of the product names them, where that is so. */
  readonly hidden?: string;
  readonly works: boolean;
  /** One a node, in the order of the design. */
  readonly cells: readonly InstallCell[];
}

/** How it is got. `nowhere`: there is nobody who could be asked. */
export type Supply = 'direct' | 'proxy' | 'mirror' | 'bundle' | 'nowhere';

export interface InstallCell {
  readonly node: string;
  readonly works: boolean;
  readonly by: Supply;
  /** Connections that are made, in their order; the last is the one that fails where the cell does not work. */
  readonly asks: readonly InstallAsk[];
  /** Why it does not work: its place in the report's causes. */
  readonly cause?: number;
}

export interface Asked {
  readonly host: string;
  readonly port: number;
  readonly scheme: 'https' | 'http';
  /** What the request is for: registry, token, index, content, download, mirror, bundle, call. */
  readonly purpose: string;
}

export interface InstallAsk extends Asked {
  /** The proxy that the client takes for it, and where it was told of that. */
  readonly proxy?: { readonly host: string; readonly port: number; readonly source: string };
  /** What of NO_PROXY lets it go past the proxy. */
  readonly token?: string;
  readonly works: boolean;
  /** The same as a flow, to be traced. */
  readonly flow: Flow;
}

/** Why something that the install asks for is not got. */
export interface CauseFacts {
  /** Packets do not get there, or answers not back. */
  blocked: {
    readonly client: InstallClient;
    readonly host: string;
    readonly port: number;
    /** The proxy that it was asked of. */
    readonly proxy?: string;
    /** Where the packets end. */
    readonly device: string;
    readonly because: BlockedBecause;
  };
  /** A program asks the proxy for what lies inside the network, and the proxy does not serve it. */
  'inside-by-proxy': {
    readonly client: InstallClient;
    readonly host: string;
    readonly port: number;
    readonly proxy: string;
    /** Where NO_PROXY is set, or should be. */
    readonly source: string;
    /** What NO_PROXY lacks. */
    readonly token: string;
    readonly because: BlockedBecause;
  };
  /** The proxy is spoken to in TLS, or in another protocol, and speaks plain HTTP. */
  'proxy-scheme': {
    readonly client: InstallClient;
    readonly scheme: string;
    readonly proxy: string;
    readonly source: string;
  };
  /** A setting that is no address of a proxy. */
  'proxy-malformed': {
    readonly client: InstallClient;
    readonly value: string;
    readonly source: string;
  };
  /** Air-gapped: neither the bundle nor a mirror that the client is told of has it. */
  'not-carried': {
    readonly kind: ArtifactKind;
    readonly client: InstallClient;
    readonly references: readonly string[];
    /** Whom the client would have to ask instead; `:` and the port behind it. */
    readonly host: string;
    readonly hidden?: string;
  };
  /** The mirror that the client asks does not hold it by the name that it is asked for. */
  'mirror-lacks': {
    readonly client: InstallClient;
    readonly mirror: string;
    /** The names that are asked for. */
    readonly references: readonly string[];
  };
  /** The address of a mirror has no scheme. */
  'mirror-without-scheme': {
    readonly client: InstallClient;
    readonly endpoint: string;
    readonly source: string;
  };
  /** A mirror is asked in http and serves https, or the other way round. */
  'mirror-scheme': {
    readonly client: InstallClient;
    readonly endpoint: string;
    readonly source: string;
    readonly serves: 'http' | 'https';
  };
  /** Terraform takes a network mirror by https alone. */
  'mirror-needs-https': { readonly endpoint: string; readonly source: string };
  /** A range of the cluster holds an address that is in use outside of it: its nodes cannot reach that one. */
  'in-cluster-range': {
    readonly cluster: string;
    readonly range: string;
    readonly of: 'services' | 'pods';
    /** Name servers first. */
    readonly taken: readonly {
      readonly node: string;
      readonly address: string;
      readonly isResolver: boolean;
    }[];
  };
  /** The references name no host, and the catalogue knows none for them. */
  'nobody-known': { readonly kind: ArtifactKind; readonly references: readonly string[] };
  /** The design has no machine that the product could be installed on. */
  'nobody-there': Readonly<Record<string, never>>;
}
export type CauseCode = keyof CauseFacts;

export type InstallCause = Saying<CauseFacts> & {
  /** In English. */
  readonly text: string;
  /** The first step that it stops. */
  readonly step: string;
  /** Where it stops something. */
  readonly nodes: readonly string[];
  /** Absent where no change was found. */
  readonly fix?: InstallFix;
};

/** A change that removes a cause. */
export interface FixFacts {
  /** Changes of the network, as they were found for the connection. */
  network: { readonly remedies: readonly RemedySaying[] };
  'no-proxy-add': {
    readonly client: InstallClient;
    readonly source: string;
    readonly token: string;
  };
  'proxy-scheme-set': {
    readonly client: InstallClient;
    readonly source: string;
    readonly value: string;
  };
  /** Have a client take a proxy that is there. */
  'proxy-tell': { readonly client: InstallClient; readonly source: string; readonly value: string };
  'bundle-add': { readonly references: readonly string[] };
  'mirror-hold': { readonly mirror: string; readonly references: readonly string[] };
  /** Have a client ask a mirror that is there. */
  'mirror-tell': {
    readonly kind: ArtifactKind;
    readonly client: InstallClient;
    readonly mirror: string;
    readonly source: string;
  };
  /** A mirror of this kind is needed, and the design has none. */
  'mirror-needed': { readonly kind: ArtifactKind; readonly references: readonly string[] };
  'mirror-endpoint-set': {
    readonly client: InstallClient;
    readonly source: string;
    readonly endpoint: string;
  };
  'range-change': {
    readonly cluster: string;
    readonly range: string;
    readonly of: 'services' | 'pods';
  };
}
export type FixCode = keyof FixFacts;

export type InstallFix = Saying<FixFacts> & {
  /** In English. */
  readonly text: string;
  /** Whether the connection was simulated again with it and comes about. */
  readonly proven: boolean;
  /** Lead to a design that has it; empty where it is no change of the design. */
  readonly edits: readonly Edit[];
};

/** What is worth knowing of the settings. */
export interface NoteFacts {
  /** The client does not look there. */
  'setting-unread': {
    readonly client: InstallClient;
    readonly source: string;
    /** Where it looks. */
    readonly reads: readonly string[];
  };
  /** Both cases are set, to different values. */
  'case-conflict': {
    readonly client: InstallClient;
    readonly source: string;
    readonly used: string;
    readonly ignored: string;
  };
  /** This client knows the variable in the other case alone. */
  'case-unread': {
    readonly client: InstallClient;
    readonly source: string;
    readonly name: string;
    readonly reads: string;
  };
  /** A token of NO_PROXY that matches nothing. */
  'dead-token': {
    readonly client: InstallClient;
    readonly source: string;
    readonly token: string;
    readonly dead: DeadToken;
  };
  /** Of two places the other one wins. */
  overridden: { readonly client: InstallClient; readonly source: string; readonly by: string };
  /** By a proxy, and the client was told of none: it goes direct. */
  'no-proxy-known': { readonly client: InstallClient; readonly nodes: readonly string[] };
  /** `registry-mirrors` of Docker is asked for images of Docker Hub alone. */
  'mirror-docker-hub-only': {
    readonly client: InstallClient;
    readonly source: string;
    readonly registry: string;
  };
  /** No name server of the design knows them: they were taken to be on the internet, and to answer. */
  'not-drawn': { readonly hosts: readonly string[] };
  /** What the catalogue says of its own knowledge of the product. */
  'product-notes': { readonly product: string; readonly notes: string };
  /** Air-gapped, and the client reaches hosts outside that it falls back on. */
  'reaches-out': {
    readonly client: InstallClient;
    /** With their ports. */
    readonly hosts: readonly string[];
    readonly nodes: readonly string[];
  };
  /** Pods of this client are not drawn on the node: its packets were taken to come from the node. */
  'pod-not-drawn': { readonly client: InstallClient; readonly nodes: readonly string[] };
}
export type NoteCode = keyof NoteFacts;

export type InstallNote = Saying<NoteFacts> & {
  /** In English. */
  readonly text: string;
};

export interface FirewallRequestRow {
  /** Nodes that send it. */
  readonly sources: readonly string[];
  /** The addresses that firewalls see of them where they start. */
  readonly sourceAddresses: readonly string[];
  readonly host: string;
  /** As the design's name servers answer; absent where none knows the name. */
  readonly address?: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly purposes: readonly string[];
}
