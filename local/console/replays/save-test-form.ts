import type { Tenant } from "../../auth0/tenant.ts";
import { describeLogin } from "../runs/login-row.ts";
import { ConsoleError, type Form } from "../serving/page.ts";
import type { Checkout, ReplayedAction } from "./checkout.ts";
import { readEventBefore } from "./event-before.ts";
import { asked } from "./replay-form.ts";
import type { Replay, Replays } from "./replays.ts";

/** `action` is the id of the one whose part is kept. */
export const createSaveTestForm = (replays: Replays, checkout: Checkout): Form => ({
  path: "/console/replays/:id/tests",
  async apply({ tenant, param }, fields) {
    const replay = replays.get(param("id"));
    const replayed = await replayAction(tenant, replay, fields.get("action") ?? "");
    const path = await asked(() => checkout.saveTest(replayed));
    return { location: `/console/replays/${replay.id}?saved=${encodeURIComponent(path)}`, view: { path } };
  },
});

/** @throws {ConsoleError} NOT_FOR_A_UNIT_TEST, CODE_UNKNOWN */
async function replayAction(
  tenant: Pick<Tenant, "actions">,
  replay: Replay,
  actionId: string,
): Promise<ReplayedAction> {
  const { login, actions, result } = replay;
  const place = actions.findIndex(({ bound }) => bound.actionId === actionId);
  const [action, first] = [actions[place], result.runs[place]];
  if (action === undefined || first === undefined)
    throw new ConsoleError(400, "CODE_UNKNOWN", "That Action did not run in this replay.");
  if (login.run.trigger !== "post-login")
    throw notForATest("Unit tests give Actions the event of a login, and no other.");
  if (first.requests.length > 0)
    throw notForATest(`${first.actionName} asked another host, whose answers a unit test does not have.`);
  const second = (await tenant.actions.replay(login.run, actions)).runs[place];
  return {
    name: action.bound.actionName,
    event: { ...readEventBefore(login.run, result, place), secrets: action.bound.secrets },
    isContinuing: place === 0 && login.run.transaction !== undefined,
    seenAt: describeLogin(login).at,
    runs: [first, second ?? first],
  };
}

const notForATest = (message: string): ConsoleError => new ConsoleError(422, "NOT_FOR_A_UNIT_TEST", message);
