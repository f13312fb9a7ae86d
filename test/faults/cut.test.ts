import { describe } from "@jest/globals";
import { testSweep } from "./sweep.ts";

describe.each(["cut before", "cut after"] as const)("a connection that is cut: %s", (fault) => {
  testSweep(fault);
});
