import { describe, expect, test } from "@jest/globals";
import { createLineReader, type LogLine } from "../../../scripts/deploy/cli/log-lines.ts";
import { renderProgress } from "../../../scripts/deploy/render-progress.ts";
import { plain } from "../../../scripts/terminal/paint.ts";

function read(...chunks: readonly string[]): readonly LogLine[] {
  const lines: LogLine[] = [];
  const reader = createLineReader("warn", (line) => lines.push(line));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}
const TIME = "2026-11-21T17:40:18.157Z";

describe("the Deploy CLI's log", () => {
  test.each<[string, readonly string[], readonly LogLine[]]>([
    ["one entry", [`${TIME} - info: Import Successful\n`], [{ level: "info", text: "Import Successful" }]],
    ["a coloured level", [`${TIME} - \u001b[31merror\u001b[39m: no\n`], [{ level: "error", text: "no" }]],
    [
      "chunks cut in the middle of a line",
      [`${TIME} - in`, "fo: Created [ro", "les]\n"],
      [{ level: "info", text: "Created [roles]" }],
    ],
    [
      "an entry of several lines",
      [`${TIME} - warn: first\nsecond\n`, `${TIME} - info: next\n`],
      [
        { level: "warn", text: "first\nsecond" },
        { level: "info", text: "next" },
      ],
    ],
    ["a last line without an end", [`${TIME} - info: a\nb`], [{ level: "info", text: "a\nb" }]],
    ["what is not the logger's", ["Error: crashed\n"], [{ level: "warn", text: "Error: crashed" }]],
    ["nothing but empty lines", ["\n\n"], []],
  ])("%s is read", (_name, chunks, expected) => {
    expect(read(...chunks)).toEqual(expected);
  });

  test.each<[string, LogLine, string | undefined]>([
    [
      "what the Deploy CLI writes, which is told of under its plan's name",
      { level: "info", text: 'Created [roles]: {"id":"rol_1","name":"viewer"}' },
      undefined,
    ],
    ["what it writes again", { level: "info", text: 'Updated [emailProvider]: {"name":"smtp"}' }, undefined],
    ["what it publishes", { level: "info", text: 'Published [actionModules]: {"name":"rates"}' }, undefined],
    ["what was written, in a plan's words", { level: "info", text: "created role viewer" }, "created role viewer"],
    ["a warning", { level: "warn", text: "Something is deprecated" }, "Something is deprecated"],
    [
      "what is looked at besides",
      { level: "info", text: "Reviewing connections for SCIM support. This may take a while..." },
      undefined,
    ],
    [
      "the announcement of deletions that never happen",
      { level: "warn", text: "Detected the following clients should be deleted. Doing so…\n{}" },
      undefined,
    ],
  ])("%s is shown as a person reads it", (_name, line, expected) => {
    expect(renderProgress(line, plain)).toBe(expected);
  });
});
