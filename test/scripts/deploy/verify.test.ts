import { describe, expect, test } from "@jest/globals";
import type { LiveAction } from "../../../scripts/deploy/kinds/action/live.ts";
import { findDeviations, type LiveActions } from "../../../scripts/deploy/verify.ts";

const expected = {
  actions: [
    { name: "one", code: "code of one" },
    { name: "two", code: "code of two" },
  ],
  triggers: { "post-login": [{ action_name: "one" }, { action_name: "two" }] },
};

function liveAction(name: string, change: { status?: string; code?: string; deployed?: boolean } = {}): LiveAction {
  const content = { code: change.code ?? `code of ${name}`, runtime: "node22", dependencies: [], secrets: [] };
  const live = { ...content, versionId: "v", number: 3, since: "" };
  return {
    id: name,
    name,
    triggers: [],
    draft: { ...content, status: change.status ?? "built" },
    ...(change.deployed !== false && { live }),
  };
}
const live = (actions: readonly LiveAction[], order: readonly string[]): LiveActions => ({
  action: actions,
  flow: [
    {
      id: "post-login",
      name: "post-login",
      bindings: order.map((name) => ({ id: name, actionId: name, actionName: name, displayName: name })),
    },
  ],
});
const both = [liveAction("one"), liveAction("two")];

describe("what is live after a deploy", () => {
  test.each<[string, LiveActions]>([
    ["our bytes in our order", live(both, ["one", "two"])],
    ["an Action of somebody else between ours", live(both, ["one", "theirs", "two"])],
  ])("is right with %s", (_name, found) => {
    expect(findDeviations(expected, found)).toEqual([]);
  });

  test.each<[string, LiveActions, string]>([
    ["an Action that is not there", live([liveAction("one")], ["one", "two"]), "two does not exist in the tenant"],
    [
      "an Action that is there twice",
      live([...both, liveAction("two")], ["one", "two"]),
      "two exists 2 times in the tenant",
    ],
    [
      "a build that failed",
      live([liveAction("one", { status: "failed" }), liveAction("two")], ["one", "two"]),
      "one is not built: its status is failed",
    ],
    [
      "a draft",
      live([liveAction("one", { deployed: false }), liveAction("two")], ["one", "two"]),
      "one is built but was never deployed",
    ],
    [
      "other bytes",
      live([liveAction("one", { code: "x" }), liveAction("two")], ["one", "two"]),
      "one: the deployed code (version 3) is not this build's",
    ],
    ["another order", live(both, ["two", "one"]), "post-login runs two, one, not one, two"],
    ["one that is not bound", live(both, ["one"]), "post-login runs one, not one, two"],
    ["no flow at all", { action: both, flow: [] }, "post-login runs none of them, not one, two"],
  ])("is wrong with %s", (_name, found, deviation) => {
    expect(findDeviations(expected, found)).toEqual([deviation]);
  });
});
