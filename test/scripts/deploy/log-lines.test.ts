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
    ["a create", { level: "info", text: 'Created [roles]: {"id":"rol_1","name":"viewer"}' }, "created roles viewer"],
    [
      "a flow",
      { level: "info", text: 'Updated [triggers]: {"trigger_id":"post-login"}' },
      "updated triggers post-login",
    ],
    ["a record without a name", { level: "info", text: 'Updated [tenant]: {"a":1}' }, "updated tenant"],
    ["a record that is not JSON", { level: "info", text: "Updated [tenant]: {…}" }, "updated tenant"],
    [
      "what the Deploy CLI creates of a kind, which plans call otherwise",
      { level: "info", text: 'Created [logStreams]: {"name":"Audit"}' },
      "created log-stream Audit",
    ],
    [
      "what it updates, which is told of under its plan's name when it was done",
      { level: "info", text: 'Updated [emailProvider]: {"name":"smtp"}' },
      undefined,
    ],
    ["a warning", { level: "warn", text: "Something is deprecated" }, "Something is deprecated"],
    [
      "a record that has another name than its name",
      { level: "info", text: 'Created [phoneTemplates]: {"id":"tem_1","type":"otp_verify"}' },
      "created phone-template otp_verify",
    ],
    [
      "a name alone",
      { level: "info", text: 'Created [customDomains]: "login.example"' },
      "created custom-domain login.example",
    ],
    ["what plans do not tell of", { level: "info", text: 'Published [actionModules]: {"name":"rates"}' }, undefined],
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
