import type { Design } from './design.ts';
import { entityKinds } from './ids.ts';
import type { DesignIssue } from './issue.ts';
import { checkKubernetes } from './references/kubernetes.ts';
import { checkNodes } from './references/nodes.ts';
import { checkPlaces } from './references/places.ts';
import { checkQuestions } from './references/questions.ts';
import { Scope } from './references/scope.ts';
import { Survey } from './survey.ts';

/** Ids that are used twice, and ids that nothing has: everything that a validator of one entity cannot see. */
export function referenceIssues(design: Design): DesignIssue[] {
  return surveyIssues(Survey.ofDesign(design));
}

/** The same for a document that is misshapen in places. What is misshapen is not held against the rest. */
export function surveyIssues(survey: Survey): DesignIssue[] {
  const scope = new Scope(survey);
  for (const kind of entityKinds) {
    scope.unique(survey.ids(kind).map(({ id, path }) => ({ name: id, path: [...path, 'id'] })));
  }
  checkPlaces(scope);
  checkNodes(scope);
  checkKubernetes(scope);
  checkQuestions(scope);
  return scope.issues;
}
