import type { Fixtures } from "../../../own-rows/fixtures.ts";
import { listExpectations } from "../expectations.ts";
import { listFirstLogins } from "./first-logins.ts";
import { listMachineScenarios } from "./machine.ts";
import { listOrganizationScenarios } from "./organizations.ts";
import { listRoleScenarios } from "./roles.ts";
import type { Scenario } from "./scenario.ts";
import { listStripeScenarios } from "./stripe.ts";
import { listVerificationScenarios } from "./verification.ts";

/** Pure. Every login that the project makes a promise about, in the order in which they run. */
export function listScenarios(fixtures: Fixtures): readonly Scenario[] {
  const expectations = listExpectations(fixtures);
  return [
    ...listFirstLogins(expectations),
    ...listRoleScenarios(fixtures, expectations),
    ...listVerificationScenarios(expectations),
    ...listStripeScenarios(fixtures, expectations),
    ...listMachineScenarios(fixtures),
    ...listOrganizationScenarios(fixtures),
  ];
}
