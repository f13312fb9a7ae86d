import { expect, test } from "@jest/globals";
import { createWholeListFetch } from "../../../scripts/deploy/cli/whole-list-fetch.ts";

/** A list of so many rows, a page at a time, as the Management API has them. */
function serve(count: number, name = "flows", fails?: number) {
  const asked: string[] = [];
  const send = (async (input: string | URL | Request) => {
    const { searchParams } = new URL(String(input));
    const [page, size] = [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
    asked.push(`${page}/${size}`);
    if (page === fails) return Response.json({ statusCode: 429 }, { status: 429 });
    const rows = Array.from({ length: count }, (_, index) => ({ id: index })).slice(page * size, (page + 1) * size);
    return Response.json({ start: page * size, limit: size, total: count, [name]: rows });
  }) as typeof fetch;
  return { asked, fetch: createWholeListFetch(send) };
}

test.each([
  [0, ["0/100"]],
  [100, ["0/100"]],
  [101, ["0/100", "1/100"]],
  [250, ["0/100", "1/100", "2/100"]],
])("a list of %i is answered whole", async (count, pages) => {
  const { asked, fetch: whole } = serve(count);
  const response = await whole("https://tenant.example/api/v2/flows?page=0&per_page=100&include_totals=true");
  const { flows } = (await response.json()) as { flows: { id: number }[] };
  expect(flows.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, index) => index));
  expect(asked).toEqual(pages);
});

test.each([
  ["another size of page, which its pager asks for one after the other", "?page=0&per_page=50", "GET"],
  ["a later page", "?page=1&per_page=100", "GET"],
  ["a write", "?page=0&per_page=100", "PATCH"],
])("%s is passed on as it is", async (_, query, method) => {
  const { asked, fetch: whole } = serve(250);
  await whole(`https://tenant.example/api/v2/flows${query}`, { method });
  expect(asked.length).toBe(1);
});

test("a page that is refused ends it with that answer, not with a short list", async () => {
  const { fetch: whole } = serve(250, "flows", 2);
  expect((await whole("https://tenant.example/api/v2/flows?page=0&per_page=100")).status).toBe(429);
});

test("an answer without a total, or that is not a list, is passed on", async () => {
  const bare = createWholeListFetch((async () => Response.json([{ id: 1 }])) as typeof fetch);
  expect(await (await bare("https://tenant.example/api/v2/x?page=0&per_page=100")).json()).toEqual([{ id: 1 }]);
});

test.each([
  [100, { total: 100 }],
  [101, {}],
])("of a list of %i the answer says the total only if there is no other page to ask for", async (count, expected) => {
  const { fetch: whole } = serve(count, "clients");
  const response = await whole("https://tenant.example/api/v2/clients?page=0&per_page=100&include_totals=true");
  const { total } = (await response.json()) as { total?: number };
  expect(total === undefined ? {} : { total }).toEqual(expected);
});
