import { expect, test } from "@jest/globals";
import type { Diagnosis } from "../../../scripts/doctor/diagnosis.ts";
import { renderDiagnoses } from "../../../scripts/doctor/render-diagnoses.ts";
import { plain } from "../../../scripts/terminal/paint.ts";

test.each<[sum: string, ...statuses: Diagnosis["status"][]]>([
  ["Nothing is wrong.", "right", "warning"],
  ["Nothing that was looked at is wrong.", "right", "unknown"],
  ["One thing is wrong.", "wrong", "unknown"],
  ["2 things are wrong.", "wrong", "right", "wrong"],
])("%s is what is said of %s, %s", (sum, ...statuses) => {
  const diagnoses = statuses.map((status): Diagnosis => ({ check: "clock", status, message: "a message" }));
  expect(renderDiagnoses(diagnoses, plain).split("\n").at(-1)).toBe(sum);
});
