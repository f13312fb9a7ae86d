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
const late = "learnt-only-later";

test.each<[what: string, print: (stream: PassThrough) => void]>([
  ["a line", (stream) => new Console(stream).log("a", late)],
  ["bytes", (stream) => stream.write(Buffer.from(`a ${late}`))],
  ["a table", (stream) => new Console(stream).table([{ value: late }])],
  [
    "an error's fields and its causes",
    (stream) =>
      new Console(stream).log(
        Object.assign(
          new Error("outer", { cause: new TypeError("inner", { cause: { rawBody: `{"v":"${late}"}` } }) }),
          {
            request: { headers: { authorization: `Basic ${Buffer.from(`id:${late}`).toString("base64")}` } },
          },
        ),
      ),
  ],
  ["an error's stack", (stream) => stream.write(`${new Error(late).stack}`)],
])("%s has no secret that was known before it was written", (_what, print) => {
  hideSecrets(["another-one"]);
  hideSecrets([late]);
  const text = written(print);
  expect(text).toContain("[redacted]");
  expect(text).not.toContain(late);
  expect(text).not.toContain(Buffer.from(late).toString("base64").slice(4, 16));
});
