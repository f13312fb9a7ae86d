import { adoptTenant } from "./adopt/adopt-tenant.ts";
import { renderAdoption, renderAdoptionJson } from "./adopt/render-adoption.ts";
import { selectSections } from "./adopt/select-sections.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"adopt">): Promise<number> {
  const sections = selectSections(options);
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const adoption = await adoptTenant({
    directory,
    environment,
    environmentName: options.env,
    sections,
    from: options.from,
    force: options.force,
  });
  const rendering = { paint: createPaint(process.stdout), environmentName: options.env };
  console.log(options.json ? renderAdoptionJson(adoption) : renderAdoption(adoption, rendering));
  return EXIT.success;
}
