import { findMarkers } from "../../tenant/markers.ts";
import { error, type Finding } from "../finding.ts";
import { listBundles, type Project } from "../project.ts";

/** The Deploy CLI replaces text in code as well, and every environment variable is a keyword to it. */
export function checkMarkers(project: Project): readonly Finding[] {
  return listBundles(project).flatMap(({ action, bundle }) =>
    // In a file that is sent as it is, what the Deploy CLI would fill is filled.
    (bundle.form === "as it is" ? [] : findMarkers(bundle.code)).map(({ name, marker, index }) =>
      error({
        code: "MARKER_IN_BUNDLE",
        place: bundle.locate(index),
        message: `${marker} in ${action.name} would be replaced by the variable ${name} of whoever deploys. Make it a secret of the Action, or write it in two parts.`,
      }),
    ),
  );
}
