import type { ErrorWording, Issue } from './errors.ts';
import { issueTextKo, type Expectation } from './issue-ko.ts';
import type { ProjectErrorCode, ProjectErrorDetails, ProjectRefusal } from './project-errors.ts';

const elsewhere = '다른 곳에 사본을 저장하세요. 마지막 편집까지 모두 들어 있습니다';
const older = '이전 사본이나 백업 파일을 여세요';
const issuesTold = 3;

type Wordings = {
  readonly [Code in ProjectErrorCode]: (
    details: ProjectErrorDetails[Code],
    expectation: Expectation,
  ) => ErrorWording;
};

const wordings: Wordings = {
  'file-missing': ({ file }) => ({ text: `파일 ${file}이(가) 없음` }),
  'folder-missing': ({ file }) => ({
    text: `${file}의 폴더가 없음`,
    hint: '폴더를 만들거나 다른 폴더를 선택하세요',
  }),
  'is-a-folder': ({ file }) => ({
    text: `${file}은(는) 폴더임`,
    hint: '이름이 .hopscope로 끝나는 프로젝트 파일을 선택하세요',
  }),
  'not-a-file': ({ file }) => ({ text: `${file}은(는) 파일이 아니라 장치나 파이프임` }),
  'bad-path': ({ file }) => ({
    text: `${JSON.stringify(file)}은(는) 파일 이름으로 쓸 수 없음`,
    hint: '제어 문자와 끝의 공백이 없는 더 짧은 이름을 쓰세요',
  }),
  'no-permission': ({ file }) => ({ text: `${file}에 접근할 권한이 없음` }),
  'empty-file': ({ file }) => ({
    text: `${file}이(가) 비어 있음`,
    hint: '파일을 쓰던 프로그램이나 내려받기가 끝나지 않았습니다',
  }),
  'not-a-project': ({ file }) => ({
    text: `${file}은(는) Hopscope 프로젝트가 아님`,
    hint: 'YAML이나 JSON 설계는 가져오기로 엽니다',
  }),
  'other-application': ({ file, applicationId }) => ({
    text: `${file}은(는) 다른 프로그램의 데이터베이스임 (애플리케이션 ID ${applicationId})`,
  }),
  'newer-format': ({ file, found, known }) => ({
    text: `${file}의 형식은 ${found}이지만 이 버전의 Hopscope는 형식 ${known}까지만 알고 있음`,
    hint: '더 새로운 Hopscope로 여세요',
  }),
  damaged: ({ file, detail }) => ({ text: `${file}이(가) 손상됨: ${detail}`, hint: older }),
  locked: ({ file }) => ({
    text: `${file}이(가) 다른 프로그램에서 열려 있음`,
    hint: '그 프로그램에서 닫거나 읽기 전용으로 여세요',
  }),
  'already-open': ({ file }) => ({ text: `${file}은(는) 이미 열려 있음` }),
  'altered-schema': ({ file, object }) => ({
    text: `${file}이(가) 다른 프로그램에서 변경됨: ${object}이(가) Hopscope가 만든 것과 다름`,
    hint: '파일의 어떤 것도 실행하거나 바꾸지 않았습니다. 출처를 믿을 수 있을 때만 고쳐서 여세요',
  }),
  'migration-history': ({ file, detail }) => ({
    text: `${file}의 형식 변경 기록이 Hopscope가 쓴 것이 아님: ${detail}`,
    hint: older,
  }),
  'migration-failed': ({ file, migration, detail }) => ({
    text: `${file}을(를) 현재 형식으로 바꾸지 못함 (${migration}): ${detail}`,
    hint: '파일은 이 단계 이전 그대로입니다',
  }),
  'too-large': ({ file, what, found, limit, unit }) => ({
    text: `${file}이(가) 한도를 넘음: ${what} ${found} ${unit}, 한도 ${limit}`,
  }),
  'invalid-design': ({ file, ...issues }, expectation) => ({
    text: `${file}의 내용이 올바른 설계가 아님: ${told(issues, expectation)}`,
  }),
  'already-exists': ({ file }) => ({ text: `파일 ${file}이(가) 이미 있음` }),
  'leftover-files': ({ file, leftover }) => ({
    text: `${file} 옆의 ${leftover}이(가) 그 일부로 읽힐 수 있음`,
    hint: '이전 파일을 다른 프로그램이 열고 있거나 그 프로그램이 중단되었습니다. 이전 파일을 열었다 닫거나 남은 파일을 지우세요',
  }),
  'read-only': ({ file }) => ({
    text: `${file}이(가) 읽기 전용으로 열려 있음`,
    hint: '사본을 저장하고 그것을 편집하세요',
  }),
  'file-moved': ({ file }) => ({
    text: `${file}이(가) 제자리에 없음: 이동, 교체 또는 삭제됨`,
    hint: elsewhere,
  }),
  'disk-full': ({ file }) => ({
    text: `${file}을(를) 쓸 디스크 공간이 없음`,
    hint: '이전에 저장한 것은 남아 있습니다. 공간을 확보하거나 다른 곳에 사본을 저장하세요',
  }),
  'io-error': ({ file, detail }) => ({
    text: `${file}을(를) 읽거나 쓸 수 없음: ${detail}`,
    hint: '디스크나 네트워크 드라이브를 확인하세요',
  }),
  'invalid-command': (issues, expectation) => ({
    text: `이 편집은 설계와 맞지 않음: ${told(issues, expectation)}`,
  }),
  'nothing-to-undo': () => ({ text: '실행 취소할 것이 없음' }),
  'nothing-to-redo': () => ({ text: '다시 실행할 것이 없음' }),
  'unknown-step': ({ sequence, last }) => ({
    text: `기록에 단계 ${sequence}이(가) 없음. 마지막 단계는 ${last}`,
  }),
  'unknown-version': ({ name }) => ({
    text: `프로젝트에 버전 ${JSON.stringify(name)}이(가) 없음`,
  }),
  'version-exists': ({ name }) => ({
    text: `프로젝트에 버전 ${JSON.stringify(name)}이(가) 이미 있음`,
    hint: '다른 이름을 쓰세요',
  }),
  'bad-version-name': ({ name }) => ({
    text: `${JSON.stringify(name)}은(는) 버전 이름으로 쓸 수 없음`,
    hint: '200자 이하의 한 줄 텍스트를 쓰세요',
  }),
};

interface Issues {
  readonly issues: readonly Issue[];
  readonly omitted: number;
}

function told({ issues, omitted }: Issues, expectation: Expectation): string {
  const shown = issues.slice(0, issuesTold).map((issue) => issueTextKo(issue, expectation));
  const more = issues.length + omitted - shown.length;
  return shown.join('; ') + (more > 0 ? ` 외 ${more}개` : '');
}

/** Why a project or its file refuses, in Korean. */
export function projectWordingsKo(
  { reason, details }: ProjectRefusal,
  expectation: Expectation,
): ErrorWording {
  // Each sentence takes the details of its own code, which is what the refusal has.
  const wording = wordings[reason] as (
    facts: typeof details,
    expectation: Expectation,
  ) => ErrorWording;
  return wording(details, expectation);
}
