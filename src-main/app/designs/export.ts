import { done, failed, type Answer, type Input, type Output } from '../../contract/index.ts';
import { clabernetesOf } from '../../interop/clabernetes/index.ts';
import { containerlabOf } from '../../interop/containerlab/index.ts';
import { drawioOf, readDrawio } from '../../interop/drawio/index.ts';
import type { Exported } from '../../interop/exchange.ts';
import { graphvizOf } from '../../interop/graphviz/index.ts';
import { linuxScriptsOf } from '../../interop/linux-scripts/index.ts';
import { mermaidOf } from '../../interop/mermaid/index.ts';
import { netboxOf } from '../../interop/netbox/index.ts';
import { nsxtOf } from '../../interop/nsx-t/index.ts';
import { nsxvOf } from '../../interop/nsx-v/index.ts';
import { policiesOf } from '../../interop/policies/index.ts';
import type { InstallFormat } from '../installs/export.ts';
import type { Pictures } from '../ports.ts';
import type { OpenDesign } from './ready.ts';

type Format = Exclude<Input<'design.export'>['format'], InstallFormat>;

/** The design in another tool's format. */
export function exportDesign(
  pictures: Pictures | undefined,
  open: OpenDesign,
  format: Format,
): Answer<Output<'design.export'>> {
  return done(writtenAs(pictures, open, format));
}

function writtenAs(pictures: Pictures | undefined, open: OpenDesign, format: Format): Exported {
  const { design } = open;
  switch (format) {
    case 'drawio': {
      const places = pictures?.places(design);
      return drawioOf(design, places?.boxes ?? new Map(), places?.lines);
    }
    case 'mermaid':
      return mermaidOf(design);
    case 'dot':
      return graphvizOf(design);
    case 'netbox':
      return netboxOf(design);
    case 'linux':
      return linuxScriptsOf(open.network());
    case 'containerlab':
      return containerlabOf(open.network());
    case 'clabernetes':
      return clabernetesOf(open.network());
    case 'nsx-v':
      return nsxvOf(design);
    case 'nsx-t':
      return nsxtOf(design);
    case 'policies':
      return policiesOf(design);
    default:
      return format satisfies never;
  }
}

/** The first draft of a design, of a drawing of draw.io. */
export function importDrawing({
  text,
  page,
}: Input<'drawio.import'>): Answer<Output<'drawio.import'>> {
  const read = readDrawio(text, page === undefined ? {} : { page });
  if (read.ok) return done({ design: read.design, remarks: read.remarks });
  return failed('drawing-invalid', { reasons: read.issues.map((issue) => issue.text) });
}
