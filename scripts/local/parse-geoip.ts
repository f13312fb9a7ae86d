import type { Geolocation } from "../../types/auth0-actions/event.d.ts";
import { wrongUse } from "../terminal/options.ts";

/** Auth0 docs, "Actions triggers: post-login, event object": the members of `event.request.geoip`. */
const TEXTS = [
  "cityName",
  "continentCode",
  "countryCode",
  "countryCode3",
  "countryName",
  "subdivisionCode",
  "subdivisionName",
  "timeZone",
];
/** In degrees, with the largest. */
const DEGREES = new Map([
  ["latitude", 90],
  ["longitude", 180],
]);

/**
 * What `--geoip` says.
 *
 * @throws {CommandError} USAGE
 */
export function parseGeoip(texts: readonly string[]): Geolocation {
  const members = texts.map(parseMember);
  const twice = members.find(([name], index) => members.findIndex(([other]) => other === name) < index);
  if (twice !== undefined) throw wrongUse(`--geoip has ${twice[0]} twice.`);
  return Object.fromEntries(members);
}

function parseMember(text: string): readonly [string, string | number] {
  const [, name = "", value = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (TEXTS.includes(name)) return [name, value];
  const most = DEGREES.get(name);
  if (most === undefined) {
    const names = [...TEXTS, ...DEGREES.keys()].sort().join(", ");
    throw wrongUse(
      `--geoip takes a member of event.request.geoip and its value, as countryCode=DE, not "${text}": ${names}.`,
    );
  }
  const degrees = Number(value);
  if (!(Math.abs(degrees) <= most))
    throw wrongUse(`--geoip ${name} is a number from -${most} to ${most}, not "${value}".`);
  return [name, degrees];
}
