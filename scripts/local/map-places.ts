import type { MapPlaces } from "../../local/auth0/actions/pipeline/map-places.ts";
import { findSourcePlace } from "../build/source-maps.ts";
import { splitMarker } from "../deploy/kinds/action/marker.ts";

/** Places in deployed code become those in the sources that it was built from in this checkout. */
export const createMapPlaces =
  (directory: string): MapPlaces =>
  ({ actionName, code }, text) => {
    const built = splitMarker(code).code;
    const file = actionName.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return text.replaceAll(
      new RegExp(`${file}\\.js:(\\d+):(\\d+)`, "g"),
      (place, line, column) =>
        findSourcePlace(directory, built, { line: Number(line), column: Number(column) }) ?? place,
    );
  };
