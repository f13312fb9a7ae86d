import type { Fixtures } from "../fixtures.ts";
import { authenticateWorker } from "../steps.ts";
import type { Scenario } from "./scenario.ts";

export const listMachineScenarios = ({ worker }: Fixtures): readonly Scenario[] =>
  worker === undefined
    ? []
    : [
        {
          steps: [
            {
              name: "machine to machine",
              story: worker.name,
              run: authenticateWorker,
              expected: {
                effects: [],
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
