import type { Design } from '../../model/design.ts';
import { viewDesign, type DesignView } from './design-view.ts';
import { findRealms, type Realms } from './realms.ts';
import { findRoutes, type RoutesOf } from './routes.ts';

/** Everything that a check may ask about a design. */
export interface Survey extends DesignView {
  readonly realm: Realms;
  readonly routesOf: RoutesOf;
}

export function surveyDesign(design: Design): Survey {
  const view = viewDesign(design);
  return { ...view, realm: findRealms(view), routesOf: findRoutes(view) };
}
