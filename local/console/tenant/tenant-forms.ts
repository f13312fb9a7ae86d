import type { Geolocation } from "../../../types/auth0-actions/event.d.ts";
import { readGeolocationMember } from "../../auth0/geolocation.ts";
import type { MovableClock } from "../../clock.ts";
import { readFault, readStep } from "../controls/read-fields.ts";
import { ConsoleError, type Form } from "../serving/page.ts";
import { describeTenant, FAULTS, SECTION } from "./tenant-page.ts";

/** What stands in the fields replaces what was there: a member that is empty is gone. */
const geolocationForm: Form = {
  path: `${SECTION}/geolocation`,
  apply({ tenant }, fields) {
    tenant.geolocation.set(readGeolocation(fields));
    return { location: SECTION, view: describeTenant(tenant) };
  },
};

/** @throws {ConsoleError} GEOLOCATION_REFUSED */
function readGeolocation(fields: ReadonlyMap<string, string>): Geolocation {
  const given = [...fields].filter(([name, text]) => name !== "token" && text !== "");
  try {
    return Object.fromEntries(given.map(([name, text]) => [name, readGeolocationMember(name, text)]));
  } catch (error) {
    throw new ConsoleError(400, "GEOLOCATION_REFUSED", (error as RangeError).message);
  }
}

/** @param clock the tenant's; undefined where nobody can move it */
export function createTenantForms(clock: MovableClock | undefined): readonly Form[] {
  const faultForm: Form = {
    path: `${SECTION}/faults`,
    apply({ tenant }, fields) {
      tenant.faults.current = readFault(fields, FAULTS);
      return { location: SECTION, view: describeTenant(tenant) };
    },
  };
  if (clock === undefined) return [faultForm, geolocationForm];
  const clockForm: Form = {
    path: `${SECTION}/clock`,
    apply({ tenant }, fields) {
      clock.advance(readStep(fields));
      return { location: SECTION, view: describeTenant(tenant) };
    },
  };
  return [faultForm, geolocationForm, clockForm];
}
