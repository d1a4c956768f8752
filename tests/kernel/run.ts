/**
 * Holds the simulator against the kernel, scene after scene.
 *
 *     npm run test:kernel [-- --seed N] [--scenes N] [--flows N] [--side-by-side N] [--shrink SECONDS]
 *
 * Needs root, network namespaces, iproute2, iptables and Python. Ends with 1 where a flow differs.
 */
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { kernelAvailability } from './available.ts';
import { runTrial } from './trial.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    scenes: { type: 'string', default: '300' },
    flows: { type: 'string', default: '30' },
    'side-by-side': { type: 'string', default: String(Math.min(4, availableParallelism())) },
    shrink: { type: 'string', default: '60' },
  },
});

const { available, reason } = kernelAvailability();
if (available) process.exitCode = await main();
else console.log(`skipped: ${reason}`);

async function main(): Promise<number> {
  const began = Date.now();
  const trial = {
    seed: Number(values.seed),
    scenes: Number(values.scenes),
    flows: Number(values.flows),
    sideBySide: Number(values['side-by-side']),
    shrinkMs: Number(values.shrink) * 1000,
  };
  const outcome = await runTrial(trial, (line) => console.log(line));
  console.log('\nhow they ended (request, answer):');
  for (const [end, count] of [...outcome.ends].sort((a, b) => b[1] - a[1])) {
    console.log(`${String(count).padStart(7)} ${end}`);
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  const last = trial.seed + trial.scenes - 1;
  console.log(
    `\n${trial.scenes} scenes (seeds ${trial.seed} to ${last}), ${outcome.flows} flows: ` +
      `${outcome.agree} agree, ${outcome.flows - outcome.agree - outcome.unjudged} differ, ` +
      `${outcome.unjudged} not judged; ${seconds} s`,
  );
  return outcome.disagreements.length === 0 ? 0 : 1;
}
