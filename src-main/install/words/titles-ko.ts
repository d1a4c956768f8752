/** Titles of the catalogue's steps and what its calls are for, by what they are in English. */
export const titlesKo: Readonly<Record<string, string>> = {
  "Carry the installer's archive to the boot node": '설치 아카이브를 부트 노드로 옮기기',
  'Fetch templates and providers from the pods': '팟에서 템플릿과 제공자 가져오기',
  'Fetch the chart': '차트 가져오기',
  'Fetch the charts of the catalog': '카탈로그 차트 가져오기',
  'Fetch the install script and the release': '설치 스크립트와 릴리스 가져오기',
  'Install Docker on the boot node': '부트 노드에 Docker 설치',
  'Install containerd and kubeadm': 'containerd와 kubeadm 설치',
  'Install packages': '패키지 설치',
  'Install packages and Docker': '패키지와 Docker 설치',
  'Install the network plugin': '네트워크 플러그인 설치',
  "Log in to the cluster's registry": '클러스터 레지스트리에 로그인',
  "Log in to the cluster's registry and push": '클러스터 레지스트리에 로그인하고 푸시',
  'Make the NFS exports of the quick install': '빠른 설치용 NFS 내보내기 만들기',
  'Pull the images': '이미지 가져오기',
  "Pull the images from the cluster's registry": '클러스터 레지스트리에서 이미지 가져오기',
  'Pull the images of each role': '역할별 이미지 가져오기',
  'Pull the images of the control plane': '컨트롤 플레인 이미지 가져오기',
  'Pull the installer': '설치 프로그램 가져오기',
  'Pull the runtime': '런타임 가져오기',
  'Pull what every node runs': '모든 노드에서 실행되는 이미지 가져오기',
  'docker login mycluster.icp:8500, and the pushes after it':
    'docker login mycluster.icp:8500과 이후의 푸시',
  'docker login mycluster.icp:8500, and the pushes of the archive':
    'docker login mycluster.icp:8500과 아카이브 푸시',
  'Speak inside the cluster, past the proxy': '클러스터 내부 통신 (프록시를 거치지 않음)',
  'The kubelet asks the API server': 'kubelet의 API 서버 요청',
  'The API server is asked': 'API 서버 요청',
  'A pod asks the API server of a node': '팟이 노드의 API 서버에 요청',
  'A pod asks the API server at its service address': '팟이 서비스 주소로 API 서버에 요청',
};

const webhook = /^The API server calls (\S+), as for a webhook$/;

/** In Korean; as it is where nobody has translated it, as in a catalogue of one's own. */
export function titleKo(title: string): string {
  const name = webhook.exec(title)?.[1];
  if (name !== undefined) return `API 서버가 ${name} 호출 (웹훅)`;
  return Object.hasOwn(titlesKo, title) ? (titlesKo[title] ?? title) : title;
}
