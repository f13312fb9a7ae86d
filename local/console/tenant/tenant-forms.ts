import type { MovableClock } from "../../clock.ts";
import { readFault, readStep } from "../controls/read-fields.ts";
import type { Form } from "../serving/page.ts";
import { describeTenant, FAULTS, SECTION } from "./tenant-page.ts";

/** @param clock the tenant's; undefined where nobody can move it */
export function createTenantForms(clock: MovableClock | undefined): readonly Form[] {
  const faultForm: Form = {
    path: `${SECTION}/faults`,
    apply({ tenant }, fields) {
      tenant.faults.current = readFault(fields, FAULTS);
      return { location: SECTION, view: describeTenant(tenant) };
    },
  };
  if (clock === undefined) return [faultForm];
  const clockForm: Form = {
    path: `${SECTION}/clock`,
    apply({ tenant }, fields) {
      clock.advance(readStep(fields));
      return { location: SECTION, view: describeTenant(tenant) };
    },
  };
  return [faultForm, clockForm];
}
