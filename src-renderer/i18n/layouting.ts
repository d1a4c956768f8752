const en = {
  title: 'Arrange',
  missing: 'Arrange new things only',
  missingDetail: 'What has been placed stays where it is',
  selection: 'Arrange inside the selection',
  all: 'Arrange everything anew',
  allDetail: 'Every thing of this view is placed anew; can be undone',
  progress: (done: string, total: string) => `Arranging: ${done} of ${total} containers`,
  done: 'The drawing was arranged',
  nothing: 'Everything stands where it should already',
  undo: 'Undo',
  stopped: 'Arranging was stopped; nothing has moved',
};

const ko: typeof en = {
  title: '자동 배치',
  missing: '새 항목만 배치',
  missingDetail: '이미 배치된 항목은 그대로 둡니다',
  selection: '선택한 항목의 내부 배치',
  all: '전체를 새로 배치',
  allDetail: '이 보기의 모든 항목을 새로 배치합니다. 실행 취소할 수 있습니다',
  progress: (done, total) => `배치 중: 컨테이너 ${total}개 중 ${done}개`,
  done: '그림을 배치했습니다',
  nothing: '이미 모두 제자리에 있습니다',
  undo: '실행 취소',
  stopped: '배치를 중단했습니다. 아무것도 옮기지 않았습니다',
};

export default { en, ko };
