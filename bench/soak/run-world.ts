import type { Findings } from "./findings.ts";
import { createRandom } from "./random.ts";
import { drawStep } from "./random-step.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

export interface WorldReport {
  readonly counts: World["counts"];
  readonly findings: Findings;
}

/** Lives one random life until that many people have signed up, heals it, and looks. The seed decides the steps. */
export async function runWorld(
  seed: number,
  signUps: number,
  createHandler: WorldOptions["createHandler"],
): Promise<WorldReport> {
  const random = createRandom(seed);
  // Two or three users an email.
  const emails = Math.ceil(signUps / 2.5);
  const world = createWorld({ emails, createHandler });
  try {
    // Bounded, should sign-ups stop coming.
    for (let steps = 0; world.counts.signUps < signUps && steps < signUps * 20; steps += 1) {
      await world.perform(drawStep(random, emails));
    }
    await world.heal();
    return { counts: world.counts, findings: world.findings() };
  } finally {
    await world.close();
  }
}
