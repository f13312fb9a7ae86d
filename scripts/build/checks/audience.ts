import { findMarkers } from "../../tenant/markers.ts";
import { error, type Finding } from "../finding.ts";
import type { Project } from "../project.ts";

/** Claims are named <audience>email: without the slash that is another host's name, not a path under ours. */
export function checkAudience({ tenant, known }: Project): readonly Finding[] {
  return (known.document.resourceServers ?? []).flatMap(({ name, identifier }, index) => {
    const unknownEnd = findMarkers(identifier).some(({ marker }) => identifier.endsWith(marker));
    if (unknownEnd || identifier.endsWith("/")) return [];
    const place = tenant.locate(["resourceServers", index, "identifier"]);
    const message = `The identifier of ${name} does not end in a slash: ${identifier}. Write ${identifier}/ here, or in the environment if it comes from there.`;
    return [error({ code: "AUDIENCE_WITHOUT_SLASH", place, message })];
  });
}
