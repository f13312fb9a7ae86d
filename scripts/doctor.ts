import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { examine } from "./doctor/examine.ts";
import { renderDiagnoses } from "./doctor/render-diagnoses.ts";
import { readOwnPackage } from "./own-package.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"doctor">): Promise<number> {
  const diagnoses = await examine({
    directory,
    environment: await readEnvironment({ directory, name: options.env, processEnv }),
    environmentName: options.env,
    node: { version: process.versions.node, needed: readOwnPackage().engines.node },
    now: Date.now,
  });
  const isWell = diagnoses.every(({ status }) => status !== "wrong");
  console.log(
    options.json
      ? JSON.stringify({ version: 1, ok: isWell, checks: diagnoses }, undefined, 2)
      : renderDiagnoses(diagnoses, createPaint(process.stdout)),
  );
  return isWell ? EXIT.success : EXIT.failure;
}
