const en = {
  title: 'User guide',
  search: 'Search the guide',
  pages: 'Pages',
  results: 'Search results',
  found: (number: string) => `${number} found`,
  none: 'Nothing in the guide says that. Try one word of it.',
  back: 'Back',
  next: (title: string) => `Next: ${title}`,
  console: 'Command line',
  code: 'Text',
  copy: 'Copy',
  copyCommands: 'Copy the commands',
  copied: 'Copied',
  failed: 'The browser does not allow it',
};

const ko: typeof en = {
  title: '사용자 가이드',
  search: '가이드 검색',
  pages: '페이지',
  results: '검색 결과',
  found: (number) => `${number}개 찾음`,
  none: '가이드에 없는 내용입니다. 단어 하나로 검색해 보세요.',
  back: '뒤로',
  next: (title) => `다음: ${title}`,
  console: '명령줄',
  code: '텍스트',
  copy: '복사',
  copyCommands: '명령 복사',
  copied: '복사했습니다',
  failed: '브라우저가 허용하지 않습니다',
};

export default { en, ko };
