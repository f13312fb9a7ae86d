import { describe, expect, test } from "@jest/globals";
import { mergeMetadata, nextEvent } from "../../../../../local/auth0/actions/event/next-event.ts";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent, loginKinds } from "../../../../support/actions/event.ts";

describe("the next Action's event", () => {
  test.each(loginKinds.map((kind) => [kind]))("is the same if nothing was asked for: %s", (kind) => {
    const event = buildEvent(kind);
    expect(nextEvent(event, buildApi(structuredClone(event)).transaction)).toEqual(event);
  });

  test("does not show what an Action assigned to its own", () => {
    const event = buildEvent();
    const { event: own, transaction } = buildApi(structuredClone(event));
    own.user.email_verified = false;
    own.user.app_metadata.admin = true;
    expect(nextEvent(event, transaction)).toEqual(event);
  });

  test("shares nothing with the one before", () => {
    const event = buildEvent();
    const next = nextEvent(event, buildApi(structuredClone(event)).transaction);
    next.user.app_metadata.admin = true;
    expect(event.user.app_metadata).toEqual({});
  });

  test("shows target scopes that were there before, or that were changed", () => {
    const withScopes = buildEvent("database", { transaction: { target_scopes: ["a"] } });
    expect(nextEvent(withScopes, buildApi(structuredClone(withScopes)).transaction).transaction?.target_scopes).toEqual(
      ["a"],
    );
    const event = buildEvent("password grant");
    const { api, transaction } = buildApi(structuredClone(event));
    api.transaction.addTargetScope("b");
    expect(nextEvent(event, transaction).transaction?.target_scopes).toEqual(["b"]);
  });

  test("survives the way into a worker and back", () => {
    const event = buildEvent();
    const { api, transaction } = buildApi(structuredClone(event));
    api.user.setAppMetadata("a", 1).accessToken.setCustomClaim("b", { c: [1] });
    const copy = structuredClone(transaction);
    expect(copy).toEqual(transaction);
    expect(nextEvent(event, copy).user.app_metadata).toEqual({ a: 1 });
  });
});

test.each<[unknown, [string, unknown][], object]>([
  [
    { a: 1, b: 2 },
    [
      ["a", null],
      ["c", 3],
    ],
    { b: 2, c: 3 },
  ],
  [undefined, [["a", 1]], { a: 1 }],
  [null, [], {}],
])("metadata %p with %p is %p", (metadata, changes, expected) => {
  expect(mergeMetadata(metadata, new Map(changes))).toEqual(expected);
});
