import { authenticateWorker } from "../acts.ts";
import type { Cast } from "../cast.ts";
import type { Scene } from "./scene.ts";

export const listMachineScenes = ({ worker }: Cast): readonly Scene[] =>
  worker === undefined
    ? []
    : [
        {
          steps: [
            {
              name: "machine to machine",
              story: worker.name,
              act: authenticateWorker,
              expected: {
                effects: [],
                stripeRequests: [],
                customer: "no person",
                scopes: worker.scopes,
                permissions: worker.scopes,
                grantType: "client-credentials",
              },
            },
          ],
        },
      ];
