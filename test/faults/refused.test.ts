import { describe } from "@jest/globals";
import { testSweep } from "./sweep.ts";

describe.each(["429", "500 before", "500 after"] as const)("a request that is turned away: %s", (fault) => {
  testSweep(fault);
});
