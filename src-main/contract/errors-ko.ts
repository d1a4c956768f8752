import type { ErrorWordings, Issue } from './errors.ts';
import { issueTextKo, type Expectation } from './issue-ko.ts';
import { projectWordingsKo } from './project-errors-ko.ts';

const list = (items: readonly string[]): string =>
  items.length === 0 ? '없음' : items.slice(0, 20).join(', ') + (items.length > 20 ? ', …' : '');

export const wordingsKo = (expectation: Expectation): ErrorWordings => {
  const told = (issues: readonly Issue[]) =>
    list(issues.map((issue) => issueTextKo(issue, expectation)));
  return {
    'unknown-method': ({ method }) => ({ text: `${JSON.stringify(method)}(이)라는 호출이 없음` }),
    'bad-input': ({ method, issues }) => ({
      text: `${method}의 인수가 올바르지 않음: ${told(issues)}`,
    }),
    'example-unknown': ({ name, known }) => ({
      text: `${JSON.stringify(name)}(이)라는 예제가 없음`,
      hint: `예제: ${list(known)}`,
    }),
    'text-unreadable': ({ reason }) => ({ text: `텍스트를 읽을 수 없음: ${reason}` }),
    'design-invalid': ({ issues, omitted }) => ({
      text: `설계에 오류가 ${issues.length + omitted}개 있음`,
    }),
    'manifests-invalid': ({ faults }) => ({
      text: `매니페스트에 오류가 ${faults.length}개 있음`,
    }),
    'inventory-invalid': ({ faults }) => ({
      text: `가져올 항목의 목록을 읽을 수 없음: 오류 ${faults.length}개`,
    }),
    'role-unknown': ({ role, known }) => ({
      text: `${JSON.stringify(role)}(이)라는 클러스터 노드 역할이나 노드가 없음`,
      hint: `역할: ${list(known)}`,
    }),
    'rules-invalid': ({ faults }) => ({ text: `규칙에 오류가 ${faults.length}개 있음` }),
    'node-unknown': ({ node, known }) => ({
      text: `설계에 ${JSON.stringify(node)}(이)라는 호스트, 라우터, Edge 게이트웨이가 없음`,
      hint: `있는 것: ${list(known)}`,
    }),
    'flow-unknown': ({ flow, known }) => ({
      text: `설계에 플로우 ${JSON.stringify(flow)}이(가) 없음`,
      hint: `플로우: ${list(known)}`,
    }),
    'cluster-unknown': ({ cluster, known }) => ({
      text: `설계에 클러스터 ${JSON.stringify(cluster)}이(가) 없음`,
      hint: `클러스터: ${list(known)}`,
    }),
    'flow-invalid': ({ issues }) => ({ text: `플로우가 설계와 맞지 않음: ${told(issues)}` }),
    'path-unknown': ({ flow, path, paths }) => ({
      text: `플로우 ${flow}에는 경로가 ${paths}개뿐이고 경로 ${path}은(는) 없음`,
      hint: paths === 0 ? '기록할 패킷이 없습니다' : `0부터 ${paths - 1}까지의 경로를 선택하세요`,
    }),
    'intent-unknown': ({ intent, known }) => ({
      text: `설계에 의도 ${JSON.stringify(intent)}이(가) 없음`,
      hint: `의도: ${list(known)}`,
    }),
    'scenario-unknown': ({ scenario, known }) => ({
      text: `설계에 설치 시나리오 ${JSON.stringify(scenario)}이(가) 없음`,
      hint: `시나리오: ${list(known)}`,
    }),
    'scenario-unnamed': ({ known }) => ({
      text:
        known.length === 0
          ? '설계에 설치 시나리오가 없음'
          : `설계에 설치 시나리오가 ${known.length}개 있지만 선택되지 않음`,
      hint: known.length === 0 ? '먼저 하나를 추가하세요' : `하나를 선택하세요: ${list(known)}`,
    }),
    'bundle-none': ({ scenario, mode }) => ({
      text: `설치 시나리오 ${scenario}은(는) ${mode === 'proxy' ? '프록시를 경유하므로' : '온라인이므로'} 옮길 번들이 없음`,
      hint: '폐쇄망 시나리오를 선택하거나 이 시나리오를 폐쇄망 모드로 선택하세요',
    }),
    'scenario-unfit': ({ scenario, reason }) => ({
      text: `설치 시나리오 ${scenario}을(를) 평가할 수 없음: ${reason}`,
    }),
    'drawing-invalid': ({ reasons }) => ({
      text: `도면을 읽을 수 없음: ${reasons.slice(0, 10).join('; ')}`,
    }),
    'picture-empty': ({ what }) => ({ text: `그릴 것이 없음: ${what}` }),
    'catalogue-invalid': ({ issues }) => ({
      text: `제품 카탈로그에 오류가 ${issues.length}개 있음: ${told(issues)}`,
    }),
    'too-many-checks': ({ intent, checks, limit }) => ({
      text: `의도 ${intent}에는 시뮬레이션이 ${checks}번 필요하지만 한 번에 ${limit}번까지만 실행함`,
      hint: '그룹을 줄이거나 의도를 나누세요',
    }),
    'projects-unavailable': () => ({ text: '여기서는 프로젝트 파일을 쓸 수 없음' }),
    'project-not-open': ({ project }) => ({
      text: `${JSON.stringify(project)}(으)로 열린 프로젝트가 없음`,
      hint: '먼저 프로젝트 파일을 여세요',
    }),
    'project-refused': (refusal) => projectWordingsKo(refusal, expectation),
    'changed-meanwhile': ({ ref, key }) => ({
      text:
        key === undefined
          ? `그사이 다른 창이나 파일에서 ${ref}이(가) 삭제됨`
          : `그사이 다른 창이나 파일에서 ${ref}의 ${key} 값이 변경됨`,
      hint: '지금 값을 확인하고 다시 변경하세요',
    }),
    'entity-unknown': ({ ref }) => ({ text: `설계에 ${JSON.stringify(ref)}이(가) 없음` }),
    stopped: () => ({ text: '실행이 중지됨' }),
    'folder-unreadable': ({ folder, reason }) => ({
      text: `폴더 ${folder}의 목록을 읽을 수 없음: ${reason}`,
    }),
    'not-kept': ({ what, reason }) => ({ text: `저장하지 못함 (${what}): ${reason}` }),
    'not-allowed': ({ reason }) => ({
      text: `요청이 거부됨: ${reason}`,
      hint: 'Hopscope가 시작할 때 출력한 주소를 여세요',
    }),
    'not-printed': ({ reason }) => ({
      text: `PDF를 만들 수 없음: ${reason}`,
      hint: '.html 보고서는 어느 브라우저에서나 인쇄할 수 있습니다',
    }),
    'no-versions': () => ({
      text: '비교할 버전은 프로젝트에만 있음',
      hint: '텍스트 설계는 hopscope import로 프로젝트가 됩니다',
    }),
    'message-malformed': ({ reason }) => ({ text: `메시지를 읽을 수 없음: ${reason}` }),
    'message-too-large': ({ limitBytes }) => ({ text: `메시지가 ${limitBytes}바이트보다 큼` }),
    'backend-unreachable': ({ reason }) => ({
      text: `Hopscope가 응답하지 않음: ${reason}`,
      hint: '다시 시작하고 출력된 주소를 여세요',
    }),
    'backend-restarted': ({ reason }) => ({
      text: `Hopscope 엔진이 멈추어 다시 시작됨: ${reason}`,
      hint: '완료로 표시된 변경은 모두 파일에 있습니다. 이번 변경이 있는지 확인하고 없으면 다시 하세요',
    }),
    internal: ({ message }) => ({
      text: `Hopscope 내부 오류: ${message}`,
      hint: '프로그램의 결함이며 설계는 변경되지 않았습니다',
    }),
  };
};
