import type { NoFacts } from '../../sim/vocabulary/saying.ts';
import type { Sayings } from '../../sim/vocabulary/told.ts';

/** What diagrams of Mermaid and Graphviz show otherwise than the design has it. */
export interface DrawingFacts {
  'site-too-deep': { readonly most: number };
  /** A machine whose site is another than that of its hypervisor. */
  'drawn-at-hypervisor': NoFacts;
  'drawn-in-other-cluster': { readonly node: string; readonly cluster: string };
  'mermaid-characters': { readonly most: number; readonly characters: number };
  'mermaid-connections': { readonly most: number; readonly connections: number };
}

export const drawings: Sayings<DrawingFacts> = {
  en: {
    'site-too-deep': ({ most }) => `it is drawn on its own: a diagram nests ${most} sites`,
    'drawn-at-hypervisor': () => 'it is drawn where its hypervisor stands, which is elsewhere',
    'drawn-in-other-cluster': ({ node, cluster }) =>
      `${node} is drawn in ${cluster}, of which it is a member as well`,
    'mermaid-characters': ({ most, characters }) =>
      `Mermaid draws ${most} characters; for these ${characters}, raise its maxTextSize`,
    'mermaid-connections': ({ most, connections }) =>
      `Mermaid draws ${most} connections; for these ${connections}, raise its maxEdges`,
  },
  ko: {
    'site-too-deep': ({ most }) =>
      `다이어그램은 사이트를 ${most}단계까지만 겹쳐 그리므로 따로 그려짐`,
    'drawn-at-hypervisor': () => '다른 사이트에 있는 하이퍼바이저 안에 그려짐',
    'drawn-in-other-cluster': ({ node, cluster }) =>
      `${node}은(는) 역시 그 구성원인 ${cluster} 안에 그려짐`,
    'mermaid-characters': ({ most, characters }) =>
      `Mermaid는 ${most}자까지 그림. ${characters}자를 그리려면 maxTextSize를 늘려야 함`,
    'mermaid-connections': ({ most, connections }) =>
      `Mermaid는 연결 ${most}개까지 그림. ${connections}개를 그리려면 maxEdges를 늘려야 함`,
  },
};
