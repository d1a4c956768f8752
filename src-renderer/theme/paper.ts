/** The colours of tokens.css that the drawing uses, for where there is no page: `[light, dark]`. A test holds both together. */
const colors: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  '--surface': ['#ffffff', '#14181f'],
  '--surface-raised': ['#ffffff', '#1c222b'],
  '--surface-sunken': ['#eff1f5', '#101319'],
  '--line': ['#dfe3ea', '#272f3a'],
  '--line-strong': ['#bcc4d0', '#435061'],
  '--ink': ['#161c26', '#e7ebf1'],
  '--ink-soft': ['#465163', '#aab4c2'],
  '--ink-faint': ['#5d6879', '#8e9aaa'],
  '--accent': ['#2a5bd7', '#8ab0ff'],
  '--accent-ink': ['#ffffff', '#0a1430'],
  '--accent-soft': ['#e8eefc', '#1b2b4d'],
  '--good': ['#0c7443', '#4fd292'],
  '--good-soft': ['#e0f4e9', '#12301f'],
  '--warn': ['#8a5300', '#f2b950'],
  '--warn-soft': ['#fdf0d8', '#362a10'],
  '--bad': ['#b3261e', '#ff8f85'],
  '--bad-soft': ['#fce8e6', '#3d1917'],
  '--canvas-ground': ['#f7f8fa', '#0d1116'],
  '--canvas-dot': ['#d9dfe7', '#1f2831'],
  '--canvas-guide': ['#d0157f', '#ff7ac3'],
  '--canvas-internet': ['#0e7490', '#5cc8de'],
  '--canvas-cloud': ['#2563c9', '#7fb0ff'],
  '--canvas-data-centre': ['#5546b5', '#a99bff'],
  '--canvas-office': ['#8f5206', '#e9b65f'],
  '--canvas-other': ['#5b6878', '#93a1b2'],
  '--canvas-router': ['#1d66c2', '#6cb2ff'],
  '--canvas-edge-gateway': ['#b93c0b', '#ff9d66'],
  '--canvas-distributed-router': ['#7a3fc4', '#bd95f5'],
  '--canvas-l2-gateway': ['#ae2a64', '#f78bb8'],
  '--canvas-hypervisor': ['#465569', '#9fb0c3'],
  '--canvas-host': ['#4a5a6d', '#a7b5c5'],
  '--canvas-function': ['#0c7a52', '#55cf9c'],
  '--canvas-kubernetes': ['#2f63d6', '#86abff'],
  '--canvas-lan': ['#0b7a6f', '#4fc4b5'],
  '--canvas-vlan': ['#1d66c2', '#6cb2ff'],
  '--canvas-vxlan': ['#b5480f', '#ff9d66'],
};

/** Faces that readers of a picture may have; its own are not in it. */
export const paperFaces = {
  text: "Inter, 'Inter Variable', system-ui, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif",
  code: "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, 'Cascadia Code', Menlo, 'Noto Sans Mono CJK KR', monospace",
} as const;

/** The value of a token, as tokens.css has it. */
export function paperColor(token: string, dark: boolean): string {
  const pair = colors[token];
  if (!pair) throw new Error(`${token} is no colour of the drawing`);
  return pair[dark ? 1 : 0];
}

export const paperTokens: readonly string[] = Object.keys(colors);
