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
