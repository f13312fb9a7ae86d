import type { Path } from "../../tenant/shape.ts";
import { error, type Finding } from "../finding.ts";
import type { Project } from "../project.ts";

/** A keyword may stand for a list; compiled without its value, the list would be empty in every Action. */
export function checkKeywords({ tenant }: Project): readonly Finding[] {
  return tenant.waiting.filter(isCompiledIn).map((path) =>
    error({
      code: "KEYWORD_NEEDED_TO_BUILD",
      place: tenant.locate(path),
      message: "Actions are built from this list, and its keyword has no value. Set it, or build with --env.",
    }),
  );
}

function isCompiledIn([section, , field]: Path): boolean {
  if (section === "resourceServers") return field === undefined || field === "scopes";
  return section === "roles" || section === "triggers" || (section === "actions" && field !== "deployed");
}
