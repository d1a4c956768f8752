const en = {
  title: 'Checks',
  filter: 'Filter findings',
  filterHint: 'Filter by words or place',
  show: 'Show',
  all: 'All',
  errors: 'Errors',
  warnings: 'Warnings',
  errorsOf: (number: string) => `Errors (${number})`,
  warningsOf: (number: string) => `Warnings (${number})`,
  none: 'Nothing found',
  noneText:
    'The checks look for clashing addresses, gateways and next hops that nobody owns, rules that never match, MTUs that are too small and much more. They run again after each edit.',
  noneFits: 'No finding matches the filter.',
  clearFilter: 'Show all',
  goTo: (place: string) => `Show ${place} in the inspector`,
  morePlaces: (number: string) => `and ${number} more`,
  related: 'See also',
};

const ko: typeof en = {
  title: '검사',
  filter: '발견 사항 필터',
  filterHint: '내용 또는 위치로 필터링',
  show: '표시',
  all: '전체',
  errors: '오류',
  warnings: '경고',
  errorsOf: (number) => `오류 (${number})`,
  warningsOf: (number) => `경고 (${number})`,
  none: '발견된 것이 없습니다',
  noneText:
    '검사는 충돌하는 주소, 소유자 없는 게이트웨이와 다음 홉, 결코 일치하지 않는 규칙, 너무 작은 MTU 등을 찾습니다. 편집할 때마다 다시 실행됩니다.',
  noneFits: '필터와 일치하는 항목이 없습니다.',
  clearFilter: '모두 표시',
  goTo: (place) => `속성 창에서 ${place} 보기`,
  morePlaces: (number) => `외 ${number}곳`,
  related: '함께 보기',
};

export default { en, ko };
