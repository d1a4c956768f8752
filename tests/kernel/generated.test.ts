/** A share of the scenes of `npm run test:kernel`. */
import { expect, it } from 'vitest';
import { describeRequiring } from '../support/capabilities.ts';
import { kernelNeeds } from './available.ts';
import { runTrial } from './trial.ts';

const scenesEach = 8;
const flowsEach = 30;
/** They mostly wait. */
const sideBySide = 4;

describeRequiring(kernelNeeds, 'generated scenes in the kernel', () => {
  it.each([1, 1001, 5001, 8001])(
    'scenes from seed %d: every flow does what the simulator says',
    { timeout: 600_000 },
    async (seed) => {
      const trial = { seed, scenes: scenesEach, flows: flowsEach, sideBySide, shrinkMs: 60_000 };
      const { flows, agree, unjudged, ends, disagreements } = await runTrial(
        trial,
        () => undefined,
      );
      expect(disagreements.join('\n')).toBe('');
      expect(agree + unjudged).toBe(flows);
      expect(flows).toBe(scenesEach * flowsEach);
      // Scenes in which nothing happens would agree as well.
      expect(unjudged).toBeLessThan(flows / 20);
      expect(ends.get('delivered, delivered')).toBeGreaterThan(flows / 6);
      expect(ends.size).toBeGreaterThan(6);
    },
  );
});
