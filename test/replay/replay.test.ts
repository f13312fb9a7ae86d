import { expect, test } from "@jest/globals";
import { createCounterparts } from "./counterparts.ts";
import { listMissingMembers } from "./list-missing-members.ts";
import { listPresupposed } from "./presupposed.ts";
import type { RecordedCall } from "./recordings.ts";

function recorded(method: string, path: string, status: number, answer: unknown, body: unknown = ""): RecordedCall {
  const url = new URL(`https://tenant.example/api/v2${path}`);
  return { method, url, status, answer, body: JSON.stringify(body), contentType: "application/json" };
}

const ROLE = { id: "rol_0123456789abcdef", name: "reader" };

test.each([
  ["read before anything made it", [recorded("GET", `/roles/${ROLE.id}`, 200, ROLE)], [ROLE]],
  [
    "named by a request, and shown by nothing",
    [recorded("POST", "/users/u/roles", 204, "", { roles: [ROLE.id] })],
    [{ name: "presupposed-rol-0123456789abcdef" }],
  ],
  [
    "what its creation was refused for",
    [recorded("POST", "/roles", 409, { message: "It already exists." }, { name: "reader" })],
    [{ name: "reader" }],
  ],
  [
    "made first",
    [recorded("POST", "/roles", 200, ROLE, { name: "reader" }), recorded("GET", `/roles/${ROLE.id}`, 200, ROLE)],
    [],
  ],
  ["not found", [recorded("GET", `/roles/${ROLE.id}`, 404, { message: "Not Found" })], []],
])("a recording takes a role for granted that is %s", (_, calls, records) => {
  expect(listPresupposed(calls).map(({ record }) => record)).toEqual(records);
});

test("ids of a recording stand for ours, in paths too, the longer of two first", () => {
  const { compare, translate } = createCounterparts();
  compare({ user_id: "auth0|recorded", name: "Recorded" }, { user_id: "auth0|own", name: "Own" });
  compare(
    { roles: [{ id: "auth0|recorded-too", name: "b" }] },
    {
      roles: [
        { id: "x", name: "a" },
        { id: "two", name: "b" },
      ],
    },
  );
  expect(translate("/users/auth0%7Crecorded auth0|recorded-too Recorded")).toBe("/users/auth0%7Cown two Recorded");
});

test("members without a value in a recorded answer are not missed", () => {
  const answer = { kept: 1, none: null, rows: [{ name: "a", gone: 0 }] };
  expect(listMissingMembers(answer, { kept: 2, rows: [{ name: "a" }] })).toEqual([".rows[].gone"]);
});
