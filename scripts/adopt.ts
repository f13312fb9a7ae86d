import { adoptTenant } from "./adopt/adopt-tenant.ts";
import { adoptOverlay } from "./adopt/overlay/adopt-overlay.ts";
import { renderAdoption, renderAdoptionJson } from "./adopt/render-adoption.ts";
import type { Adoption } from "./adopt/report.ts";
import { selectSections } from "./adopt/select-sections.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { wrongUse } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run(invocation: Invocation<"adopt">): Promise<number> {
  const { options } = invocation;
  const adoption = await adopt(invocation);
  const rendering = { paint: createPaint(process.stdout), environmentName: options.env };
  console.log(options.json ? renderAdoptionJson(adoption) : renderAdoption(adoption, rendering));
  return EXIT.success;
}

async function adopt({ options, directory, processEnv }: Invocation<"adopt">): Promise<Adoption> {
  const { env: environmentName, from, force, overlay: isOverlay } = options;
  const sections = selectSections(options);
  if (isOverlay && environmentName === undefined)
    throw wrongUse("--overlay needs --env: it writes environments/<name>.yaml.");
  if (isOverlay && from !== undefined) throw wrongUse("--overlay compares with the tenant itself: leave --from out.");
  const environment = await readEnvironment({ directory, name: environmentName, processEnv });
  const shared = { directory, environment, sections, force };
  return isOverlay && environmentName !== undefined
    ? adoptOverlay({ ...shared, environmentName })
    : adoptTenant({ ...shared, environmentName, from });
}
