import { type Fixtures, ORGANIZATION_PAYS } from "../../../own-rows/fixtures.ts";
import { authenticateWorker } from "../steps.ts";
import type { Scenario } from "./scenario.ts";

/** A machine by itself, where its grant lets it have a token without an organization. */
export const listMachineScenarios = ({ worker, machineActions }: Fixtures): readonly Scenario[] =>
  worker === undefined || worker.organizations === "require"
    ? []
    : [
        {
          steps: [
            {
              name: "machine to machine",
              story: worker.name,
              run: authenticateWorker,
              expected: {
                effects: machineActions.map((name) => (name === ORGANIZATION_PAYS ? [name, "passed"] : [name])),
                stripeRequests: [],
                customer: "a machine",
                scopes: worker.scopes,
                permissions: worker.scopes,
                grantType: "client-credentials",
              },
            },
          ],
        },
      ];
