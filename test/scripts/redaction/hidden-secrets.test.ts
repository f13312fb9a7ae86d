import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { expect, test } from "@jest/globals";
import { guardStream, hideSecrets } from "../../../scripts/redaction/hidden-secrets.ts";

const written = (print: (stream: PassThrough) => void): string => {
  const stream = new PassThrough();
  guardStream(stream as unknown as NodeJS.WriteStream);
  print(stream);
  return String(stream.read());
};
const LATE = "learnt-only-later";

test.each<[what: string, print: (stream: PassThrough) => void]>([
  ["a line", (stream) => new Console(stream).log("a", LATE)],
  ["bytes", (stream) => stream.write(Buffer.from(`a ${LATE}`))],
  ["a table", (stream) => new Console(stream).table([{ value: LATE }])],
  [
    "an error's fields and its causes",
    (stream) =>
      new Console(stream).log(
        Object.assign(
          new Error("outer", { cause: new TypeError("inner", { cause: { rawBody: `{"v":"${LATE}"}` } }) }),
          {
            request: { headers: { authorization: `Basic ${Buffer.from(`id:${LATE}`).toString("base64")}` } },
          },
        ),
      ),
  ],
  ["an error's stack", (stream) => stream.write(`${new Error(LATE).stack}`)],
])("%s has no secret that was known before it was written", (_what, print) => {
  hideSecrets(["another-one"]);
  hideSecrets([LATE]);
  const text = written(print);
  expect(text).toContain("[redacted]");
  expect(text).not.toContain(LATE);
  expect(text).not.toContain(Buffer.from(LATE).toString("base64").slice(4, 16));
});
