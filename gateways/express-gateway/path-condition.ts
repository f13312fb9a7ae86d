import type { GatewayModel, GatewayRoute } from "../model/gateway-model.ts";
import { listNarrower } from "../model/overlap.ts";
import { renderPathPattern } from "../model/route-pattern.ts";

/**
 * An expression of Express Gateway's that holds where the path has one reading. Its router compares what was sent, whatever the
 * case, and the backend gets what was sent: so the words of the route must be spelled as listed, nothing may be encoded that
 * needs not be, and no value may be another route's word in some spelling.
 */
export function renderPathCondition(route: GatewayRoute, { routes }: GatewayModel): string {
  const narrower = listNarrower(route, routes).map((other) => `/${escapeSlashes(renderPathPattern(other))}/i`);
  const conditions = [
    `/${escapeSlashes(renderWrittenPattern(route))}/.test(path)`,
    `/^[\\w\\/%.~!$&'()*+,=:@|^[\\]-]*$/.test(path)`,
    "!/\\/\\/|(^|\\/)\\.\\.?(\\/|$)/.test(path)",
    `!/${ENCODED_IN_VAIN}|${ENCODED_MEANING}|%(?![0-9a-f]{2})/i.test(path)`,
    // C1 control characters; and what is not UTF-8 throws.
    "!/[\\u0080-\\u009f]/.test(text)",
    ...narrower.flatMap((pattern) => [`!${pattern}.test(text)`]),
    // Letters may fold to others: no word is safe beside them.
    ...(narrower.length > 0 ? ["!/[^\\x20-\\x7e]/.test(text)"] : []),
  ];
  return `(function (path) { try { var text = decodeURIComponent(path); return ${conditions.join(" && ")}; } catch (error) { return false; } })(req.originalUrl.split('?')[0])`;
}

/** RFC 3986 §2.3: letters, digits, `-`, `.`, `_` and `~` need no encoding. */
const ENCODED_IN_VAIN = "%(?:3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|2[de]|5f|7e)";
/** Separators, what ends a path or begins its parameters, what is encoded twice, control characters. */
const ENCODED_MEANING = "%(?:[01][0-9a-f]|7f|2f|5c|3b|3f|23|25)";

/** As clients send it: RFC 3986 §3.3 leaves the signs of a path as they are. */
export const encodeWord = (written: string): string => encodeURI(written);

const renderWrittenPattern = ({ segments }: GatewayRoute): string =>
  `^${
    segments
      .map((segment) => {
        if (segment.kind === "literal") return `/${encodeWord(segment.written).replace(/[^\w~%-]/g, "\\$&")}`;
        return segment.kind === "parameter" ? "/[^/]+" : "/.+";
      })
      .join("") || "/"
  }$`;

const escapeSlashes = (pattern: string): string => pattern.replaceAll("/", "\\/");
