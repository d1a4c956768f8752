import { createBackend } from '../../src-main/app/backend.ts';
import type { Ports } from '../../src-main/app/ports.ts';
import type {
  Answer,
  Backend,
  BackendError,
  DesignSource,
  Input,
  Method,
  Output,
} from '../../src-main/contract/index.ts';
import { systemClock } from '../../src-main/hosts/local/clock.ts';
import type { Design } from '../../src-main/model/design.ts';
import { sampleNames, sampleText, type SampleName } from '../samples/samples.ts';

/** A backend over the samples, and whatever else a test gives it. */
export function backendWith(ports: Partial<Ports> = {}): Backend {
  return createBackend({
    examples: {
      list: () => Promise.resolve(sampleNames),
      read: (name) =>
        Promise.resolve(
          sampleNames.some((known) => known === name) ? sampleText(name as SampleName) : undefined,
        ),
    },
    clock: systemClock,
    program: { version: '1.2.3', host: 'browser', platform: 'test' },
    ...ports,
  });
}

export const asSource = (design: Design): DesignSource => ({ kind: 'design', design });

/** The value of an answer; an error fails the test with its sentence. */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value;
  throw new Error(`${answer.error.code}: ${answer.error.text}`);
}

export const ask = async <Name extends Method>(
  backend: Backend,
  method: Name,
  payload: Input<Name>,
): Promise<Output<Name>> => valueOf(await backend.call(method, payload));

/** The error of an answer; a success fails the test. */
export function errorOf(answer: Answer<unknown>): BackendError {
  if (!answer.ok) return answer.error;
  throw new Error(`it succeeded: ${JSON.stringify(answer.value).slice(0, 200)}`);
}
