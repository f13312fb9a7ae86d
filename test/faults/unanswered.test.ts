import { describe } from "@jest/globals";
import { testSweep } from "./sweep.ts";

describe.each(["no answer", "no answer after"] as const)("a request without an answer: %s", (fault) => {
  testSweep(fault);
});
