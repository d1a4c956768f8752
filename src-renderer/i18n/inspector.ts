/** The words of the inspector, put together from those of its parts. */
import frame from './inspector/frame.ts';
import general from './inspector/general.ts';
import kinds from './inspector/kinds.ts';
import kubernetes from './inspector/kubernetes.ts';
import node from './inspector/node.ts';
import places from './inspector/places.ts';
import policies from './inspector/policies.ts';
import questions from './inspector/questions.ts';

const wordsIn = (code: 'en' | 'ko') => {
  const forms = {
    general: general[code],
    places: places[code],
    node: node[code],
    kubernetes: kubernetes[code],
    policies: policies[code],
    questions: questions[code],
  };
  return {
    ...frame[code],
    ...kinds[code],
    ...forms.general,
    ...forms.places,
    ...forms.node,
    ...forms.kubernetes,
    ...forms.policies,
    ...forms.questions,
    sections: {
      ...forms.general.sections,
      ...forms.places.sections,
      ...forms.node.sections,
      ...forms.kubernetes.sections,
      ...forms.policies.sections,
      ...forms.questions.sections,
    },
    fields: {
      ...forms.general.fields,
      ...forms.places.fields,
      ...forms.node.fields,
      ...forms.kubernetes.fields,
      ...forms.policies.fields,
      ...forms.questions.fields,
    },
    hints: {
      ...forms.general.hints,
      ...forms.places.hints,
      ...forms.node.hints,
      ...forms.kubernetes.hints,
      ...forms.policies.hints,
      ...forms.questions.hints,
    },
  };
};

export default { en: wordsIn('en'), ko: wordsIn('ko') };
