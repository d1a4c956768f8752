import inspector from './inspector.ts';
import { ko } from './ko.ts';
import { refusalsKo } from './refusals-ko.ts';

/**
 * What validators expected, in Korean. They say it in English, with what it depends on written into it; here each
 * sentence is told again by its shape. What is not listed stays as it is said.
 */
const told: readonly (readonly [said: RegExp, ko: string])[] = [
  // Before those that are of other fields, but have the same beginning.
  ...refusalsKo,
  [/^a text of (.+) characters$/, '$1자의 텍스트'],
  [/^a text$/, '텍스트'],
  [/^a number$/, '숫자'],
  [/^a whole number$/, '정수'],
  [/^true or false$/, 'true 또는 false'],
  [/^a list$/, '목록'],
  [/^a map of keys to values$/, '키와 값의 묶음'],
  [/^well-formed Unicode text$/, '올바른 유니코드 텍스트'],
  [/^one of (.+)$/, '$1 중 하나'],
  [/^at most (\d+) characters?$/, '최대 $1자'],
  [/^at least (\d+) characters?$/, '최소 $1자'],
  [/^at most (\d+) entr(?:y|ies)$/, '최대 $1개 항목'],
  [/^at least (\d+) entr(?:y|ies)$/, '최소 $1개 항목'],
  [/^no such key here$/, '여기에는 이런 키가 없습니다'],
  [/^an id: letters.*$/, 'ID: 영문자, 숫자, “.”, “_”, “-”만 쓰고 영문자나 숫자로 시작, 최대 63자'],
  [/^an IPv4 or IPv6 address, or a DNS name such as (.+)$/, 'IPv4·IPv6 주소 또는 DNS 이름. 예: $1'],
  [/^an IPv4 or IPv6 address, such as (.+) or (.+)$/, 'IPv4 또는 IPv6 주소. 예: $1, $2'],
  [/^an (IPv[46]) address, such as (.+)$/, '$1 주소. 예: $2'],
  [
    /^a network prefix with its host bits zero, such as (.+) or (.+)$/,
    '호스트 비트가 0인 네트워크 대역. 예: $1, $2',
  ],
  [
    /^an address with its prefix length, such as (.+) or (.+)$/,
    '프리픽스 길이가 있는 주소. 예: $1, $2',
  ],
  [
    /^"any", an address, a prefix, or a range from-to, such as (.+) or (.+)$/,
    'any, 주소, 대역 또는 시작-끝 범위. 예: $1, $2',
  ],
  [
    /^"interface", an address, a prefix, or a range from-to, such as (.+)$/,
    'interface, 주소, 대역 또는 시작-끝 범위. 예: $1',
  ],
  [
    /^an address, a prefix, or a range from-to, such as (.+) or (.+)$/,
    '주소, 대역 또는 시작-끝 범위. 예: $1, $2',
  ],
  [/^a MAC address, such as (.+)$/, 'MAC 주소. 예: $1'],
  [/^a DNS name, such as (.+)$/, 'DNS 이름. 예: $1'],
  [/^a DNS name or a wildcard such as (.+)$/, 'DNS 이름 또는 와일드카드. 예: $1'],
  [/^a DNS name, since the type is ExternalName$/, 'DNS 이름. 유형이 ExternalName이기 때문입니다'],
  [/^an http:\/\/ or https:\/\/ URL, such as (.+)$/, 'http:// 또는 https:// URL. 예: $1'],
  [/^a port from 1 to 65535, or a range such as (.+)$/, '1부터 65535까지의 포트 또는 범위. 예: $1'],
  [
    /^a port from 1 to 65535, or the name of a container port$/,
    '1부터 65535까지의 포트 또는 컨테이너 포트 이름',
  ],
  [/^a port from (\d+) to (\d+)$/, '$1부터 $2까지의 포트'],
  [/^a port, since the protocol is (.+)$/, '포트. 프로토콜이 $1이기 때문입니다'],
  [/^a port not below "port".*$/, '“포트”보다 작지 않은 포트. “포트”는 숫자여야 합니다'],
  [/^no ports: (.+) has none$/, '포트 없음. $1에는 포트가 없습니다'],
  [/^a number of bytes from (\d+) to (\d+)$/, '$1부터 $2까지의 바이트 수'],
  [/^a VLAN number from (\d+) to (\d+)$/, '$1부터 $2까지의 VLAN 번호'],
  [/^a VXLAN network identifier from (\d+) to (\d+)$/, '$1부터 $2까지의 VNI'],
  [/^a prefix length in bits from (\d+) to (\d+)$/, '$1부터 $2까지의 프리픽스 길이(비트)'],
  [
    /^a prefix length from (\d+) to (\d+), that of a part of (.+)$/,
    '$1부터 $2까지의 프리픽스 길이. $3의 일부여야 합니다',
  ],
  [/^a (?:whole )?number from (\d+) to (\d+)$/, '$1부터 $2까지의 숫자'],
  [/^a number from (\d+) on$/, '$1 이상의 숫자'],
  [
    /^a Kubernetes object name: .*$/,
    '쿠버네티스 오브젝트 이름: 소문자, 숫자, “-”, “.”, 최대 253자',
  ],
  [
    /^a label key, .*$/,
    '레이블 키. 예: app 또는 app.kubernetes.io/name. 이름은 영문자, 숫자, “-”, “_”, “.” 최대 63자',
  ],
  [
    /^a label value: .*$/,
    '레이블 값: 영문자, 숫자, “-”, “_”, “.” 최대 63자, 영문자나 숫자로 시작하고 끝남',
  ],
  [/^a port name: .*$/, '포트 이름: 소문자, 숫자, “-” 최대 15자, 영문자 하나 이상'],
  [
    /^one value or more for In and NotIn, none for Exists and DoesNotExist$/,
    'In과 NotIn에는 값이 하나 이상, Exists와 DoesNotExist에는 값 없음',
  ],
  [
    /^either "ipBlock" alone, or "podSelector" and "namespaceSelector"$/,
    'IP 대역만, 또는 팟·네임스페이스 셀렉터',
  ],
  [/^an id of its own; (.+) has it already$/, '다른 ID. $1에서 이미 사용 중입니다'],
  [/^the id of an interface of (.+)$/, '$1에 있는 인터페이스의 ID'],
  [/^the id of an? (.+) of this design$/, '이 설계에 있는 $1의 ID'],
  [/^a node of kind (.+); (.+) is an? (.+)$/, '$1 노드. $2은(는) $3입니다'],
  [/^an address of the same family as (.+)$/, '$1과(와) 같은 주소 체계의 주소'],
  [/^an? (.+) of cluster (.+); (.+) belongs to (.+)$/, '클러스터 $2의 $1. $3은(는) $4에 속합니다'],
  [/^a member node of cluster (.+)$/, '클러스터 $1에 속한 노드'],
  [/^an address of node (.+)$/, '노드 $1의 주소'],
  [
    /^at least one address, since the workload is not on the host network$/,
    '주소 하나 이상. 노드 네트워크를 쓰지 않는 워크로드이기 때문입니다',
  ],
  [
    /^a site outside this one; sites contain each other in a circle$/,
    '이 사이트 밖의 사이트. 사이트가 서로를 돌아가며 포함할 수는 없습니다',
  ],
  [
    /^an interface that is not connected yet; it is on (.+)$/,
    '아직 연결되지 않은 인터페이스. $1에 연결되어 있습니다',
  ],
  [/^a segment that (.+) has an interface on$/, '$1의 인터페이스가 있는 세그먼트'],
  [
    /^a Calico selector, such as (.+?); at character (\d+) (.+)$/,
    'Calico 셀렉터. 예: $1. $2번째 글자에 $3 필요합니다',
  ],
  [
    /^a Calico selector, such as (.+?); global\(\) stands in the namespaceSelector of a rule only$/,
    'Calico 셀렉터. 예: $1. global()은 규칙의 namespaceSelector에만 씁니다',
  ],
  [
    /^a Calico selector, such as (.+?); global\(\) stands alone$/,
    'Calico 셀렉터. 예: $1. global()은 혼자 써야 합니다',
  ],
  [/^an address or a prefix, such as (.+) or (.+)$/, '주소 또는 대역. 예: $1, $2'],
  [
    /^a port from 0 to 65535, a range such as (.+), or the name of a container port$/,
    '0부터 65535까지의 포트, 범위(예: $1) 또는 컨테이너 포트 이름',
  ],
  [
    /^TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite, or a protocol number from 1 to 255$/,
    'TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite 또는 1부터 255까지의 프로토콜 번호',
  ],
  [
    /^no ports, since the protocol is not TCP, UDP or SCTP$/,
    '포트 없음. 프로토콜이 TCP, UDP, SCTP가 아니기 때문입니다',
  ],
  [
    /^no ICMP type, since the protocol is not ICMP or ICMPv6$/,
    'ICMP 유형 없음. 프로토콜이 ICMP, ICMPv6가 아니기 때문입니다',
  ],
  [
    /^addresses of one family, which is that of ipVersion where it is given$/,
    '한 주소 체계의 주소. ipVersion이 있으면 그 체계여야 합니다',
  ],
  [/^no such key in a policy of a namespace$/, '네임스페이스의 정책에는 이런 키가 없습니다'],
  [
    /^a "podSelector", a "namespaceSelector" or an "ipBlock"$/,
    'podSelector, namespaceSelector 또는 ipBlock',
  ],
  [/^an interface, since there are no expectedIPs$/, '인터페이스. expectedIPs가 없기 때문입니다'],
  [
    /^the id of an interface of the node, or "\*" for all$/,
    '노드의 인터페이스 ID, 또는 모두를 뜻하는 “*”',
  ],
  [/^an ICMP type from (\d+) to (\d+)$/, '$1부터 $2까지의 ICMP 유형'],
  [/^an ICMP code from (\d+) to (\d+)$/, '$1부터 $2까지의 ICMP 코드'],
  [/^a type, since there is a code$/, 'ICMP 유형. 코드가 있기 때문입니다'],
  [/^4 or 6$/, '4 또는 6'],
  [/^false, since preDNAT is true$/, '꺼짐. DNAT 전에 적용하는 정책이기 때문입니다'],
  [
    /^true, since the policy is for forwarded packets as well$/,
    '켜짐. 전달되는 패킷에도 적용하는 정책이기 때문입니다',
  ],
  [
    /^no egress rules, since preDNAT is about what comes in$/,
    '나가는 규칙 없음. DNAT 전 정책은 들어오는 패킷에만 적용됩니다',
  ],
  [
    /^"Ingress" alone, since preDNAT is about what comes in$/,
    '들어오는 방향만. DNAT 전 정책은 들어오는 패킷에만 적용됩니다',
  ],
  [
    /^no chain, since the stage order is nsx-v: one list is for all packets$/,
    '체인 없음. 처리 단계 순서가 nsx-v이면 한 목록이 모든 패킷에 적용됩니다',
  ],
  [
    /^either a next hop \("via", "interface" or both\) or "action": "discard"$/,
    '다음 홉(주소, 인터페이스 또는 둘 다)이나 패킷 폐기 중 하나',
  ],
  [/^"tcp" or "udp", since the rule names ports$/, 'tcp 또는 udp. 규칙에 포트가 있기 때문입니다'],
  [/^another shape$/, '다른 형식'],
];

/** What a reader of selectors wanted at a character. */
const inSelectors: Readonly<Record<string, string>> = {
  '"&&", "||" or the end': '“&&”, “||” 또는 끝이',
  'a label, has(…), all() or "("': '레이블, has(…), all() 또는 “(”가',
  'a text in quotes': '따옴표로 묶은 값이',
  'a text with a closing quote': '닫는 따옴표가',
  '"==", "!=", "in", "not in", "contains", "starts with" or "ends with" after the label':
    '레이블 뒤에 “==”, “!=”, “in”, “not in”, “contains”, “starts with”, “ends with” 중 하나가',
  '"{"': '“{”가',
  '")"': '“)”가',
  '"," or "}"': '“,” 또는 “}”가',
};

const things: Readonly<Record<string, string>> = { ...inspector.ko.kinds, ...ko.nodeKinds };

/** Kinds are named in what stands for them; ids and values are kept as they are. */
const kindsOnly =
  /^(?:the id of an? (?<kind>.+) of this design|an? (?<part>.+) of cluster .+; .+|a node of kind .+)$/;

/** What was expected, in Korean; undefined where only its English is known. */
export function expectationKo(said: string): string | undefined {
  for (const [shape, sentence] of told) {
    const match = shape.exec(said);
    if (!match) continue;
    const naming = kindsOnly.test(said);
    return sentence.replace(/\$(\d)/g, (_, at: string) => {
      const word = match[Number(at)] ?? '';
      return naming ? named(word) : (inSelectors[word] ?? word);
    });
  }
  return undefined;
}

const named = (word: string): string =>
  word
    .split(' or ')
    .map((one) => things[one] ?? one)
    .join(' 또는 ');
