import { expect, test } from "@jest/globals";
import { describeFault, isFault } from "../../../gateways/metering/errors.ts";

test.each<[string, unknown, boolean, string]>([
  ["of the operating system", Object.assign(new Error("EIO: i/o error"), { code: "EIO" }), true, "EIO"],
  ["of it, with digits", { code: "E2BIG" }, true, "E2BIG"],
  ["of Node's", Object.assign(new TypeError("x"), { code: "ERR_INVALID_ARG_TYPE" }), false, "TypeError"],
  ["with a number", Object.assign(new Error("x"), { code: 5 }), false, "Error"],
  ["without a code", new RangeError("x"), false, "RangeError"],
  ["that is a text", "EIO", false, "unknown"],
  ["that is nothing", undefined, false, "unknown"],
  ["that is null", null, false, "unknown"],
])("an error %s is told by what it is", (_what, error, isOne, described) => {
  expect([isFault(error), describeFault(error)]).toEqual([isOne, described]);
});
