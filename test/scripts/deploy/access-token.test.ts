import { expect, test } from "@jest/globals";
import { trackToken } from "../../../scripts/deploy/access-token.ts";

/** Refuses the first token; says which token each request came with. */
function track(refuses: readonly string[] = ["first"]) {
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  let asked = 0;
  const { send, current } = trackToken(
    "first",
    async () => {
      asked += 1;
      return `token ${asked}`;
    },
    async (input, init) => {
      const token = new Headers(init?.headers).get("authorization")?.replace("Bearer ", "") ?? "";
      sent.push(`${String(input)} ${token}`);
      if (String(input) === "/late") await new Promise<void>((resolve) => answers.push(resolve));
      return new Response("", { status: refuses.includes(token) ? 401 : 200 });
    },
  );
  return { send, current, sent, answer: () => answers.shift()?.(), asked: () => asked };
}

test("a request that is answered is sent once, with the token that there is", async () => {
  const { send, current, sent, asked } = track([]);
  expect((await send("/a")).status).toBe(200);
  expect(sent).toEqual(["/a first"]);
  expect([asked(), current()]).toEqual([0, "first"]);
});

test("one that is refused is sent once more with a new token, which the next ones have from the start", async () => {
  const { send, current, sent, asked } = track();
  expect((await send("/a")).status).toBe(200);
  expect((await send("/b")).status).toBe(200);
  expect(sent).toEqual(["/a first", "/a token 1", "/b token 1"]);
  expect([asked(), current()]).toEqual([1, "token 1"]);
});

test("one that is refused with a new token too is answered so", async () => {
  const { send, sent } = track(["first", "token 1"]);
  expect((await send("/a")).status).toBe(401);
  expect(sent).toEqual(["/a first", "/a token 1"]);
});

test("several that are refused at once have one new token asked for", async () => {
  const { send, asked } = track();
  await Promise.all([send("/a"), send("/b"), send("/c")]);
  expect(asked()).toBe(1);
});

test("one that is refused after another has got a new token is sent with that one", async () => {
  const { send, sent, answer, asked } = track();
  const late = send("/late");
  await send("/a");
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  answer();
  expect((await late).status).toBe(200);
  expect(sent).toEqual(["/late first", "/a first", "/a token 1", "/late token 1"]);
  expect(asked()).toBe(1);
});
