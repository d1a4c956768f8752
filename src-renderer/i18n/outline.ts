const en = {
  title: 'Outline',
  search: 'Find in the outline',
  none: 'Nothing is drawn yet',
  noneText: 'Drag something from the palette onto the canvas.',
  notFound: (text: string) => `Nothing matches “${text}”`,
  found: (number: string) => (number === '1' ? '1 match' : `${number} matches`),
  errors: (number: string) => (number === '1' ? '1 error' : `${number} errors`),
  warnings: (number: string) => (number === '1' ? '1 warning' : `${number} warnings`),
  collapseAll: 'Collapse all',
  expandAll: 'Expand all',
  groups: {
    outside: 'Outside of every site',
    zones: 'Transport zones',
    links: 'Links and stretches',
    groups: 'Groups',
    flows: 'Flows',
    services: 'Services and ingresses',
    policies: 'Network policies',
    pods: 'Pods without a node',
    intents: 'Intents',
  },
};

const ko: typeof en = {
  title: '개요',
  search: '개요에서 찾기',
  none: '아직 그린 것이 없습니다',
  noneText: '팔레트에서 항목을 캔버스로 끌어다 놓으세요.',
  notFound: (text) => `“${text}”와 일치하는 항목이 없습니다`,
  found: (number) => `${number}개 일치`,
  errors: (number) => `오류 ${number}개`,
  warnings: (number) => `경고 ${number}개`,
  collapseAll: '모두 접기',
  expandAll: '모두 펼치기',
  groups: {
    outside: '사이트 밖',
    zones: '전송 구역',
    links: '링크와 확장',
    groups: '그룹',
    flows: '플로우',
    services: '서비스와 인그레스',
    policies: '네트워크 정책',
    pods: '노드가 없는 팟',
    intents: '의도',
  },
};

export default { en, ko };
