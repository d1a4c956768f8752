import type { Disposition } from './disposition.ts';

/** How a walk ends, in Korean. */
export const dispositionsKo: Record<Disposition, string> = {
  delivered: '전달됨',
  'exits-network': '그려진 네트워크를 벗어남',
  denied: '거부됨',
  rejected: '거절됨',
  'no-route': '라우트 없음',
  'null-routed': '라우트가 폐기함',
  'neighbor-unreachable': '이웃에 도달 불가',
  'no-listener': '수신 대기 없음',
  'name-not-resolved': '이름을 확인할 수 없음',
  'no-endpoints': '엔드포인트 없음',
  'proxy-refused': '프록시가 거부함',
  'mtu-exceeded': 'MTU 초과',
  loop: '루프',
  'ttl-expired': 'TTL 만료',
  'tunnel-down': '터널 중단',
  'interface-down': '인터페이스 중단',
};

/** How the name of a last letter or digit ends when it is read aloud: with a vowel, with ㄹ, or otherwise closed. */
function endingOf(letter: string): 'open' | 'l' | 'closed' {
  const code = letter.charCodeAt(0) - 0xac00;
  if (code >= 0 && code < 11_172) {
    const final = code % 28;
    return final === 0 ? 'open' : final === 8 ? 'l' : 'closed';
  }
  if ('178lr'.includes(letter.toLowerCase())) return 'l';
  return '036mn'.includes(letter.toLowerCase()) ? 'closed' : 'open';
}

const particles: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  '이(가)': ['이', '가'],
  '은(는)': ['은', '는'],
  '을(를)': ['을', '를'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
  '(이)라는': ['이라는', '라는'],
};

/** Chooses the particle that goes with the word before it: `esg이(가)` becomes `esg가`. */
export const withParticles = (text: string): string =>
  text.replace(
    /([\p{L}\p{N}])([^\p{L}\p{N}\s]*)(이\(가\)|은\(는\)|을\(를\)|과\(와\)|\(으\)로|\(이\)라는)/gu,
    (_, letter: string, between: string, particle: string) => {
      const [closed, open] = particles[particle] ?? ['', ''];
      const ending = endingOf(letter);
      const isOpen = ending === 'open' || (ending === 'l' && particle === '(으)로');
      return `${letter}${between}${isOpen ? open : closed}`;
    },
  );
