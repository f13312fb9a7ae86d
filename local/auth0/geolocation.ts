import type { Geolocation } from "../../types/auth0-actions/event.d.ts";

/** Where requests are said to come from, as `event.request.geoip`: this machine itself is nowhere. Can be changed at any time. */
export interface GeolocationSetting {
  get(): Geolocation;
  set(place: Geolocation): void;
}

export function createGeolocation(place: Geolocation = {}): GeolocationSetting {
  let current = place;
  return {
    get: () => ({ ...current }),
    set(next) {
      current = next;
    },
  };
}

/** In degrees, with the largest. */
const DEGREES: Readonly<Record<string, number>> = { latitude: 90, longitude: 180 };

/** Auth0 docs, "Actions triggers: post-login, event object": the members of `event.request.geoip`. */
export const GEOLOCATION_MEMBERS: readonly string[] = [
  "cityName",
  "continentCode",
  "countryCode",
  "countryCode3",
  "countryName",
  ...Object.keys(DEGREES),
  "subdivisionCode",
  "subdivisionName",
  "timeZone",
];

/**
 * What a member says, from how a person writes it.
 *
 * @throws {RangeError} with the sentence for that person
 */
export function readGeolocationMember(name: string, text: string): string | number {
  if (!GEOLOCATION_MEMBERS.includes(name)) {
    throw new RangeError(`${name} is not a member of event.request.geoip: ${GEOLOCATION_MEMBERS.join(", ")}.`);
  }
  const most = DEGREES[name];
  if (most === undefined) return text;
  const degrees = text.trim() === "" ? Number.NaN : Number(text);
  if (Math.abs(degrees) <= most) return degrees;
  throw new RangeError(`${name} is a number from -${most} to ${most}, not "${text}".`);
}
