import type { GlossaryTerm } from './glossary-en.ts';

export const glossaryTermsKo: readonly GlossaryTerm[] = [
  {
    term: 'ALB',
    meaning: '애플리케이션 로드 밸런서. IBM Cloud Kubernetes Service의 인그레스 컨트롤러입니다.',
  },
  { term: 'BCR', meaning: '백엔드 고객 라우터. IBM Cloud 사설 네트워크의 라우터입니다.' },
  { term: 'BGP', meaning: '라우터끼리 경로를 알리는 프로토콜입니다.' },
  { term: 'CAM', meaning: 'IBM Cloud Automation Manager. Terraform으로 인프라를 배포합니다.' },
  {
    term: 'Calico',
    meaning: '클러스터의 네트워크 플러그인. 팟 사이를 라우팅하고 네트워크 정책을 적용합니다.',
  },
  {
    term: 'ClusterIP',
    also: ['클러스터 IP'],
    meaning: '클러스터 안에서만 쓰이는 서비스 주소입니다.',
  },
  {
    term: 'DLR',
    also: ['분산 라우터'],
    meaning:
      'NSX의 분산 논리 라우터. 하이퍼바이저마다 인스턴스가 있어 같은 하이퍼바이저의 가상 머신 사이는 그 안에서 라우팅됩니다.',
  },
  { term: 'DNAT', also: ['목적지 NAT'], meaning: '받는 쪽 주소를 바꾸는 NAT입니다.' },
  {
    term: 'ESG',
    meaning: 'NSX의 에지 서비스 게이트웨이. 경계에서 라우팅, 방화벽, NAT, 로드 밸런싱을 맡습니다.',
  },
  { term: 'ESP', meaning: '암호화 터널의 헤더입니다. IPsec과 L2 집선 장치 사이에서 쓰입니다.' },
  { term: 'FCR', meaning: '프런트엔드 고객 라우터. IBM Cloud 공용 네트워크의 라우터입니다.' },
  {
    term: 'HCX',
    also: ['L2C', 'L2 집선 장치'],
    meaning:
      'VMware HCX는 네트워크를 다른 사이트까지 확장합니다. L2 집선 장치(L2C)가 이더넷 프레임 전체를 터널로 나릅니다.',
  },
  { term: 'ICP', meaning: 'IBM Cloud Private. 자체 장비에서 운영하는 쿠버네티스 플랫폼입니다.' },
  { term: 'IKS', meaning: 'IBM Cloud Kubernetes Service입니다.' },
  { term: 'IP-in-IP', meaning: 'IP 패킷을 다른 IP 패킷에 넣는 방식으로 20바이트가 늘어납니다.' },
  { term: 'MTU', meaning: '링크가 나르는 IP 패킷의 최대 크기(바이트)입니다.' },
  {
    term: 'NodePort',
    also: ['노드 포트'],
    meaning: '클러스터의 모든 노드에서 서비스로 연결되는 포트입니다.',
  },
  { term: 'NO_PROXY', meaning: '프로그램이 프록시 없이 접속하는 이름과 주소의 목록입니다.' },
  {
    term: '경로 MTU',
    meaning:
      '한쪽 끝에서 다른 쪽 끝까지 갈 수 있는 IP 패킷의 최대 크기입니다. 경로의 터널에서는 단편화될 수 있습니다.',
  },
  {
    term: 'SNAT',
    also: ['출발지 NAT', '매스커레이드'],
    meaning: '보내는 쪽 주소를 바꾸는 NAT. 응답은 주소를 바꾼 장비로 돌아옵니다.',
  },
  {
    term: '확장된 네트워크',
    meaning: '서로 다른 사이트의 두 세그먼트를 터널로 이어 하나로 만든 네트워크입니다.',
  },
  {
    term: '가상 IP',
    also: ['VIP', 'keepalived'],
    meaning: '여러 장비 중 하나가 가지며 장애가 나면 옮겨 가는 주소입니다.',
  },
  { term: 'VLAN', meaning: '같은 스위치 위에서 프레임의 번호로 구분되는 별도의 네트워크입니다.' },
  { term: 'VNI', meaning: 'VXLAN 세그먼트의 번호입니다.' },
  { term: 'VTEP', meaning: 'VXLAN 터널의 끝점. 하이퍼바이저의 VXLAN용 주소입니다.' },
  {
    term: 'VXLAN',
    meaning:
      '하이퍼바이저 사이에서 이더넷 프레임을 UDP 패킷에 넣어 나르는 방식. IPv4에서 50바이트가 늘어납니다 (RFC 7348).',
  },
  { term: 'XCR', meaning: '고객 회선과 연결되는 IBM Cloud 라우터입니다.' },
];
