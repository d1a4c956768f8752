/** A term of networks or clusters as reports use it. */
export interface GlossaryTerm {
  /** Letters, digits, blanks and hyphens. */
  readonly term: string;
  /** Other words that it stands for or is known by. */
  readonly also?: readonly string[];
  readonly meaning: string;
}

export const glossaryTerms: readonly GlossaryTerm[] = [
  {
    term: 'ALB',
    meaning: 'Application load balancer: the ingress controller of IBM Cloud Kubernetes Service.',
  },
  { term: 'BCR', meaning: 'Backend customer router: IBM Cloud’s router of the private network.' },
  { term: 'BGP', meaning: 'Border Gateway Protocol: routers tell each other their routes by it.' },
  { term: 'CAM', meaning: 'IBM Cloud Automation Manager: deploys infrastructure by Terraform.' },
  {
    term: 'Calico',
    meaning: 'The cluster’s network plugin: routes between pods and enforces network policies.',
  },
  {
    term: 'ClusterIP',
    also: ['cluster IP'],
    meaning: 'Address of a service that exists inside its cluster only.',
  },
  {
    term: 'DLR',
    also: ['distributed router'],
    meaning:
      'Distributed logical router of NSX: one instance in each hypervisor, so that machines on one hypervisor are routed there.',
  },
  {
    term: 'DNAT',
    also: ['destination NAT'],
    meaning: 'Destination NAT: the receiver’s address is rewritten.',
  },
  {
    term: 'ESG',
    meaning: 'Edge services gateway of NSX: router, firewall, NAT and load balancer at the border.',
  },
  {
    term: 'ESP',
    meaning: 'The header of an encrypted tunnel (IPsec, or between L2 concentrators).',
  },
  { term: 'FCR', meaning: 'Frontend customer router: IBM Cloud’s router of the public network.' },
  {
    term: 'HCX',
    also: ['L2C', 'L2 concentrator'],
    meaning:
      'VMware HCX stretches a network to another site; its L2 concentrators (L2C) carry whole Ethernet frames in a tunnel.',
  },
  { term: 'ICP', meaning: 'IBM Cloud Private, a Kubernetes platform on one’s own machines.' },
  { term: 'IKS', meaning: 'IBM Cloud Kubernetes Service.' },
  { term: 'IP-in-IP', meaning: 'An IP packet inside another one: 20 bytes more.' },
  { term: 'MTU', meaning: 'The largest IP packet, in bytes, that a link carries.' },
  {
    term: 'NodePort',
    also: ['node port'],
    meaning: 'A port at which every node of a cluster takes connections for a service.',
  },
  {
    term: 'NO_PROXY',
    meaning: 'The list of names and addresses that a program reaches without the proxy.',
  },
  {
    term: 'Path MTU',
    meaning:
      'The largest IP packet that gets from one end to the other; a tunnel on the way may still carry it in fragments.',
  },
  {
    term: 'SNAT',
    also: ['source NAT', 'masquerade'],
    meaning:
      'Source NAT: the sender’s address is rewritten, so that replies come back to the rewriting device.',
  },
  {
    term: 'Stretch',
    also: ['stretched network', 'stretched networks'],
    meaning: 'Two segments at different sites joined to one network by a tunnel.',
  },
  {
    term: 'Virtual IP',
    also: ['VIP', 'keepalived'],
    meaning: 'An address that one of several machines has at a time, and that moves when it fails.',
  },
  {
    term: 'VLAN',
    meaning: 'A network of its own on shared switches, told apart by a number in the frame.',
  },
  { term: 'VNI', meaning: 'VXLAN network identifier: the number of a VXLAN segment.' },
  { term: 'VTEP', meaning: 'VXLAN tunnel end point: a hypervisor’s address for VXLAN.' },
  {
    term: 'VXLAN',
    meaning:
      'Ethernet frames inside UDP packets, between hypervisors: 50 bytes more over IPv4 (RFC 7348).',
  },
  {
    term: 'XCR',
    meaning: 'Cross-connect router: IBM Cloud’s router towards the customer’s own lines.',
  },
];
