import type { ReplayedAction } from "../../local/console/replays/checkout.ts";
import { NO_BILLING } from "../build/billing.ts";
import type { CompiledIn } from "../build/compile.ts";
import { keepCommon } from "./keep-common.ts";

export interface ReplayedTest extends Omit<ReplayedAction, "runs"> {
  /** `actions/greet/action.ts` */
  readonly source: string;
  readonly runs: ReplayedAction["runs"];
  /** As the build has it now: a test that stands for one login keeps the tables of that day. */
  readonly compiledIn: CompiledIn;
}

/** A test that gives the Action this event, and expects what it did both times. */
export function renderReplayedTest({
  name,
  source,
  event,
  isContinuing,
  seenAt,
  runs,
  compiledIn,
}: ReplayedTest): string {
  const { grants = { apiScopes: [], roleScopes: {} }, billing = NO_BILLING } = compiledIn;
  const options = isContinuing ? ', { entryPoint: "onContinuePostLogin" }' : "";
  return `import type { Event } from "@auth0/actions/post-login/v3";
import { expect, jest, test } from "@jest/globals";
import { runAction } from "#testing";

/** As the build made them of tenant.yaml and stripe.json when the login was replayed. */
const grants = ${renderJson(grants)};
const billing = ${renderJson(billing)};

const event = ${renderJson(event)} as unknown as Event;

test(${JSON.stringify(`the login of ${seenAt} comes to what it came to in ${name}`)}, async () => {
  jest.doMock("tenant:grants", () => grants);
  jest.doMock("tenant:billing", () => billing);
  const action: unknown = await import("../../../${source}");
  const run = runAction(action, event${options});
${renderExpectation(runs)}});
`;
}

const renderJson = (value: unknown): string => JSON.stringify(value, null, 2);

function renderExpectation([one, other]: ReplayedAction["runs"]): string {
  if (one.error !== undefined && one.effects.length === 0)
    return `  await expect(run).rejects.toThrow(${JSON.stringify(one.error.message)});\n`;
  const effects = renderJson(keepCommon(one.effects, other.effects, VARIES)).replaceAll(
    JSON.stringify(VARIES),
    "expect.anything()",
  );
  return `  expect((await run).effects).toEqual(${effects.replaceAll("\n", "\n  ")});\n`;
}

const VARIES = "\u0000varies";
