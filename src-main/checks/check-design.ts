import type { Design } from '../model/design.ts';
import { collections, entityKinds, entityRef } from '../model/ids.ts';
import { checks } from './checks.ts';
import { findingCodes } from './catalogue.ts';
import { tell, type Finding, type Found, type Place } from './finding.ts';
import { lookIn } from './names.ts';
import { surveyDesign } from './view/survey.ts';

/**
 * Everything that is wrong, or looks wrong, with a valid design, in the order of the document: by entity, then by the
 * place inside it, then by code. Pure; the same design gives the same findings.
 */
export function checkDesign(design: Design): readonly Finding[] {
  const steps = checkDesignInSteps(design);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, one check a step: whoever has something else to do can do it between them. */
export function* checkDesignInSteps(design: Design): Generator<undefined, readonly Finding[]> {
  const survey = surveyDesign(design);
  const findings: Found[] = [];
  for (const check of checks) {
    yield;
    findings.push(...check(survey));
  }
  const positions = entityPositions(design);
  const position = ({ entity }: Place) => positions.get(entity) ?? positions.size;
  const find = lookIn(design);
  findings.sort(
    (a, b) =>
      position(a.at) - position(b.at) ||
      compareSegments(a.at.segments, b.at.segments) ||
      findingCodes.indexOf(a.code) - findingCodes.indexOf(b.code),
  );
  return findings.map((found) => tell(found, find));
}

function entityPositions(design: Design): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const kind of entityKinds) {
    for (const { id } of design[collections[kind]] ?? []) {
      positions.set(entityRef(kind, id), positions.size);
    }
  }
  return positions;
}

function compareSegments(a: Place['segments'], b: Place['segments']): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const [one, other] = [a[at], b[at]];
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one) < String(other) ? -1 : 1;
  }
  return a.length - b.length;
}
