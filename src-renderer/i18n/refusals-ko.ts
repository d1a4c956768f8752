/** What a change of the drawing would need instead, in Korean, by the shape of what the planning of it says. */
export const refusalsKo: readonly (readonly [said: RegExp, ko: string])[] = [
  [/^a site, a hypervisor, a cluster or a node$/, '사이트, 하이퍼바이저, 클러스터 또는 노드'],
  [/^a site, a hypervisor or a cluster$/, '사이트, 하이퍼바이저 또는 클러스터'],
  [/^another end than the one it comes from$/, '출발한 것과 다른 쪽 끝'],
  [
    /^a node: segments are joined by a router between them, or stretched by two layer-2 gateways$/,
    '노드. 세그먼트끼리는 사이에 놓은 라우터로 잇거나 L2 게이트웨이 두 개로 확장합니다',
  ],
  [
    /^a node and a segment, two nodes, two layer-2 gateways, or a cluster and a node$/,
    '노드와 세그먼트, 노드 두 개, L2 게이트웨이 두 개, 또는 클러스터와 노드',
  ],
  [
    /^a host or a router as node of a cluster; .+$/,
    '호스트나 라우터. 클러스터의 노드는 호스트나 라우터여야 합니다',
  ],
  [
    /^a node of no cluster; (.+) is one of (.+) already$/,
    '클러스터에 속하지 않은 노드. $1은(는) 이미 $2의 노드입니다',
  ],
  [/^a segment that (.+) is not connected to yet$/, '$1이(가) 아직 연결되지 않은 세그먼트'],
  [
    /^a lan or vlan segment: a hypervisor carries VXLAN segments .+$/,
    'LAN이나 VLAN 세그먼트. 하이퍼바이저는 가상 머신을 위해 VXLAN 세그먼트를 싣지만 자신의 인터페이스는 두지 않습니다',
  ],
  [
    /^a segment of transport zone (.+), which (.+) belongs to$/,
    '$2이(가) 속한 전송 구역 $1의 세그먼트',
  ],
  [
    /^a segment between them: a distributed router has interfaces on segments only$/,
    '사이의 세그먼트. 분산 라우터의 인터페이스는 세그먼트에만 있습니다',
  ],
  [
    /^a segment or another node: (.+) runs on that hypervisor already$/,
    '세그먼트나 다른 노드. $1은(는) 이미 그 하이퍼바이저에서 실행됩니다',
  ],
  [
    /^a layer-2 gateway with two interfaces: .+$/,
    '인터페이스가 두 개인 L2 게이트웨이. 하나는 주소가 있어 터널을 끝내고 다른 하나는 확장할 세그먼트에 연결됩니다',
  ],
  [
    /^a gateway on another segment: both carry (.+)$/,
    '다른 세그먼트의 게이트웨이. 양쪽 모두 $1에 연결되어 있습니다',
  ],
  [/^another container than the thing itself$/, '자기 자신이 아닌 곳'],
  [/^something that stands in a container$/, '다른 것 안에 놓일 수 있는 것'],
  [/^a container that is not inside (.+) itself$/, '$1 안에 있지 않은 곳'],
  [/^a node of cluster (.*), which the pods belong to$/, '팟이 속한 클러스터 $1의 노드'],
  [/^a node whose pod range has an address left$/, '팟 주소 범위에 빈 주소가 있는 노드'],
  [/^things that can be copied$/, '복사할 수 있는 것'],
  [/^something that can be pasted$/, '붙여 넣을 수 있는 것'],
  [
    /^sites, segments or machines that stand in no hypervisor or cluster$/,
    '하이퍼바이저나 클러스터 안에 있지 않은 사이트, 세그먼트 또는 호스트',
  ],
  [
    /^things that have a place on the canvas: place these first$/,
    '캔버스에 자리가 있는 것. 먼저 자리를 잡아 주세요',
  ],
  [/^another id than it has$/, '지금과 다른 ID'],
  [
    /^an id of its own; another interface of (.+) has it already$/,
    '다른 ID. $1의 다른 인터페이스가 이미 사용 중입니다',
  ],
  [/^an id of its own; one of (.+) has it already$/, '다른 ID. $1에서 이미 사용 중입니다'],
  [/^another number of pods than there are$/, '지금과 다른 팟 수'],
  [/^a worker in cluster (.+) to run them$/, '팟을 실행할 클러스터 $1의 작업자 노드'],
  [/^the reference of an entity of this design$/, '이 설계에 있는 것'],
  [/^the reference of a container of this design$/, '이 설계에서 다른 것을 담는 것'],
];
