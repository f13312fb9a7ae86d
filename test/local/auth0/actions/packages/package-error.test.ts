import { expect, test } from "@jest/globals";
import { explainNpm } from "../../../../../local/auth0/actions/packages/package-error.ts";

const axios = { name: "axios", version: "9.9.9" };

test.each(["E404", "ETARGET", "EINVALIDPACKAGENAME", "EINVALIDTAGNAME"])(
  "npm's %s: there is no such version",
  (code) => {
    expect(explainNpm(axios, code)).toMatchObject({
      code: "DEPENDENCY_NOT_FOUND",
      message: `npm knows no axios@9.9.9 (${code}). Declare a version that "npm view axios versions" lists.`,
    });
  },
);

test.each([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTCACHED",
  "ENOTFOUND",
  "ERR_SOCKET_TIMEOUT",
  "ETIMEDOUT",
  "FETCH_ERROR",
])("npm's %s: no registry was reached", (code) => {
  expect(explainNpm(axios, code)).toMatchObject({
    code: "DEPENDENCY_OFFLINE",
    message: `axios@9.9.9 is not on this machine, and npm cannot reach a registry (${code}). Try again online.`,
  });
});

test("whatever else npm says: how to see why", () => {
  expect(explainNpm(axios, "EUSAGE")).toMatchObject({
    code: "DEPENDENCY_NOT_INSTALLED",
    message: 'npm could not install axios@9.9.9 (EUSAGE). Run "npm install axios@9.9.9" in an empty folder to see why.',
  });
});
