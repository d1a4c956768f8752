/** Groups, flows, intents and install scenarios. */
const en = {
  sections: {
    from: 'From',
    to: 'To',
    packet: 'Packet',
    proxy: 'Proxy of the client',
    subject: 'Subject',
  },

  fields: {
    flow: 'Traffic flow',
    expect: 'Expected',
    sourcePort: 'Source port',
    packetBytes: 'Packet length',
    df: "Don't fragment",
    family: 'Preferred family',
    noProxy: 'NO_PROXY',
    client: 'Client',
    url: 'URL',
    product: 'Product',
    bundle: 'Carried along',
    artifact: 'Artifact',
    reference: 'Reference',
    neededBy: 'Needed by',
    file: 'File',
    values: 'Values',
  },

  hints: {
    neededBy: 'roles or nodes',
    bundle: 'references on the medium',
    keyValueLines: 'KEY=value, one a line; Ctrl+Enter takes it',
  },

  ends: {
    node: 'node',
    pod: 'pod',
    address: 'address',
    url: 'web address',
    name: 'name',
    service: 'service',
    workload: 'workload',
    segment: 'segment',
    site: 'site',
  },
  readTrace: 'Follow its packet',
  installModes: { connected: 'connected', proxy: 'through a proxy', 'air-gapped': 'offline' },
  artifactKinds: {
    image: 'image',
    chart: 'chart',
    terraform: 'Terraform module',
    package: 'package',
    binary: 'binary',
  },
  expects: { reachable: 'reachable', blocked: 'blocked' },
  subjects: { flow: 'one flow', matrix: 'groups to groups' },
};

const ko: typeof en = {
  sections: {
    from: '출발',
    to: '도착',
    packet: '패킷',
    proxy: '클라이언트의 프록시',
    subject: '대상',
  },

  fields: {
    flow: '트래픽 플로우',
    expect: '기대 결과',
    sourcePort: '출발지 포트',
    packetBytes: '패킷 길이',
    df: '단편화 금지',
    family: '선호 주소 체계',
    noProxy: '프록시 제외(NO_PROXY)',
    client: '클라이언트',
    url: 'URL',
    product: '제품',
    bundle: '함께 가져가는 항목',
    artifact: '아티팩트',
    reference: '참조',
    neededBy: '필요한 곳',
    file: '파일',
    values: '값',
  },

  hints: {
    neededBy: '역할 또는 노드',
    bundle: '매체에 담은 참조',
    keyValueLines: '한 줄에 하나씩 KEY=value. Ctrl+Enter로 적용',
  },

  ends: {
    node: '노드',
    pod: '팟',
    address: '주소',
    url: '웹 주소',
    name: '이름',
    service: '서비스',
    workload: '워크로드',
    segment: '세그먼트',
    site: '사이트',
  },
  readTrace: '패킷 따라가기',
  installModes: { connected: '온라인', proxy: '프록시 기반 설치', 'air-gapped': '오프라인 모드' },
  artifactKinds: {
    image: '이미지',
    chart: '차트',
    terraform: 'Terraform 모듈',
    package: '패키지',
    binary: '바이너리',
  },
  expects: { reachable: '도달 가능', blocked: '차단' },
  subjects: { flow: '플로우 하나', matrix: '그룹에서 그룹으로' },
};

export default { en, ko };
