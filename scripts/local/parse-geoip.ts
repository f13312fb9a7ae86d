import { readGeolocationMember } from "../../local/auth0/geolocation.ts";
import type { Geolocation } from "../../types/auth0-actions/event.d.ts";
import { wrongUse } from "../terminal/options.ts";

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
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw wrongUse(`--geoip takes a member of event.request.geoip and its value, as countryCode=DE, not "${text}".`);
  }
  try {
    return [name, readGeolocationMember(name, value)];
  } catch (error) {
    throw wrongUse(`--geoip: ${(error as RangeError).message}`);
  }
}
