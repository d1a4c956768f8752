/** Policies of a cluster, and what they are for. */
const en = {
  sections: {
    selects: 'Applies to',
    ingressRules: 'Allowed in',
    egressRules: 'Allowed out',
  },

  fields: {
    podSelector: 'Pods',
    namespaceSelector: 'Namespaces',
    ipBlock: 'IP block',
    except: 'Except',
    policyTypes: 'Directions',
    peers: 'Peers',
    endPort: 'Last port',
  },

  hints: {
    selector: 'app=web, tier in (a, b), !legacy',
    selectsAll: 'selects all',
    selectorExample: 'for example app=web, tier in (a, b), !legacy',
    policyPorts: 'for example 80, 8000-8100, http, UDP 53',
  },

  directions: { Ingress: 'incoming', Egress: 'outgoing' },
  peers: {
    pods: 'Pods',
    block: 'Network',
    add: 'Peer',
    all: 'everybody',
    fromAll: 'Everybody may come in. Add a peer to allow only some.',
    toAll: 'Everywhere may be gone to. Add a peer to allow only some.',
    allPods: 'all',
    ownNamespace: "the policy's own",
  },
};

const ko: typeof en = {
  sections: {
    selects: '적용 대상',
    ingressRules: '들어오는 허용',
    egressRules: '나가는 허용',
  },

  fields: {
    podSelector: '팟',
    namespaceSelector: '네임스페이스',
    ipBlock: 'IP 대역',
    except: '제외',
    policyTypes: '방향',
    peers: '상대',
    endPort: '마지막 포트',
  },

  hints: {
    selector: '예: app=web, tier in (a, b), !legacy',
    selectsAll: '모두 선택',
    selectorExample: '예: app=web, tier in (a, b), !legacy',
    policyPorts: '예: 80, 8000-8100, http, UDP 53',
  },

  directions: { Ingress: '들어오는 방향', Egress: '나가는 방향' },
  peers: {
    pods: '팟',
    block: '네트워크',
    add: '상대',
    all: '모두',
    fromAll: '누구나 들어올 수 있습니다. 일부만 허용하려면 상대를 추가하세요.',
    toAll: '어디로든 나갈 수 있습니다. 일부만 허용하려면 상대를 추가하세요.',
    allPods: '모두',
    ownNamespace: '정책의 네임스페이스',
  },
};

export default { en, ko };
