import type { Event } from "@auth0/actions/post-login/v3";
import { describeLogin } from "../runs/login-row.ts";
import { ConsoleError, type Form } from "../serving/page.ts";
import type { Checkout } from "./checkout.ts";
import { asked } from "./replay-form.ts";
import { isAllOfCheckout, type Replays } from "./replays.ts";

export const createSaveRowForm = (replays: Replays, checkout: Checkout): Form => ({
  path: "/console/replays/:id/rows",
  async apply({ tenant, param }) {
    const replay = replays.get(param("id"));
    const { login, actions, result } = replay;
    if (login.run.trigger !== "post-login") throw notForARow("Its rows are logins, and this was none.");
    if (login.run.transaction !== undefined) throw notForARow("It went on after a redirect or a factor.");
    if (!isAllOfCheckout(replay))
      throw notForARow("Replay every Action with the code of the checkout: that is what a rehearsal deploys.");
    const second = await tenant.actions.replay(login.run, actions);
    const path = await asked(() =>
      checkout.saveRow({
        event: login.run.event as Event,
        seenAt: describeLogin(login).at,
        secrets: new Map(actions.map(({ bound }) => [bound.actionName, bound.secrets])),
        requests: result.runs.flatMap(({ requests }) => requests.map(({ url }) => url)),
        outcomes: [result, second],
      }),
    );
    return { location: `/console/replays/${replay.id}?saved=${encodeURIComponent(path)}`, view: { path } };
  },
});

const notForARow = (message: string): ConsoleError => new ConsoleError(422, "NOT_FOR_THE_REHEARSAL", message);
