import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createExportJobs, type ExportJobs } from "../../../scripts/backfill/export-jobs.ts";
import { fetchExport } from "../../../scripts/backfill/fetch-export.ts";
import { downloadFile } from "../../../scripts/http/download-file.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { createManagementClient } from "../../support/management-client.ts";

/** The local tenant's export of its users, and what can go wrong on its way to a file. */
let tenant: LoginTenant;
let ca: string;
let jobs: ExportJobs;
let directory: string;
const file = () => join(directory, "users.json.gz");
const job = () => join(directory, "users.job");

beforeAll(async () => {
  // It stands: an export that takes 250 ms is not done by the first look, however slow the machine is.
  const start = Date.now();
  tenant = await startLoginTenant({ clock: () => start });
  ca = readFileSync(tenant.caFile, "utf8");
  await tenant.addUser("ada@example.com");
});
afterAll(() => tenant.close());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "export-"));
  jobs = createExportJobs(createManagementClient(tenant), (call) => call());
});
afterEach(() => rmSync(directory, { recursive: true }));

const links: string[] = [];
const made: string[] = [];
function fetchIt(changes: Partial<Parameters<typeof fetchExport>[1]> = {}) {
  links.length = 0;
  made.length = 0;
  return fetchExport(file(), {
    jobs: {
      find: jobs.find,
      async create() {
        const id = await jobs.create();
        made.push(id);
        return id;
      },
    },
    jobFile: job(),
    download(link, to) {
      links.push(link);
      return downloadFile(link, to, ca);
    },
    wait: async (milliseconds) => tenant.clock.advance(milliseconds),
    onWait: () => {},
    ...changes,
  });
}
const lines = () => gunzipSync(readFileSync(file())).toString().trim().split("\n");
const linkIsNotIn = (error: unknown): void => {
  expect(links).not.toEqual([]);
  for (const link of links) expect(String(error)).not.toContain(new URL(link).search.slice(8));
};

test("it waits for the job, and has a file that its owner alone can read", async () => {
  const seen: (number | undefined)[] = [];
  await fetchIt({ onWait: (percent) => seen.push(percent) });
  expect(lines().map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ email: "ada@example.com", email_verified: false, identities: [expect.anything()] }),
  ]);
  expect(seen.length).toBeGreaterThan(0);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test("a link that is over by the time that it is used is asked for again", async () => {
  let times = 0;
  await fetchIt({
    download(link, to) {
      links.push(link);
      times += 1;
      if (times === 1) tenant.clock.advance(61_000);
      return downloadFile(link, to, ca);
    },
  });
  expect([lines().length, new Set(links).size, made.length]).toEqual([1, 2, 1]);
});

test("a download that fails again and again is an error that does not have the link", async () => {
  const failure = await fetchIt({
    download(link, to) {
      links.push(link);
      tenant.clock.advance(61_000);
      return downloadFile(link, to, ca);
    },
  }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "BACKFILL_EXPORT_FAILED", message: expect.stringContaining("403") });
  linkIsNotIn(failure);
});

test.each([
  ["a server that is not there", (link: string) => link.replace(/localhost:\d+/, "localhost:1")],
  ["a server that nobody vouches for", (link: string) => link],
])("%s is named without the link", async (_what, change) => {
  const failure = await fetchIt({
    download(link, to) {
      links.push(link);
      return downloadFile(change(link), to, undefined);
    },
  }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "BACKFILL_EXPORT_FAILED" });
  linkIsNotIn(failure);
});

describe("a job from before", () => {
  test("is gone on with", async () => {
    await expect(fetchIt({ wait: () => Promise.reject(new Error("killed")) })).rejects.toThrow("killed");
    const [before] = made;
    await fetchIt();
    expect([made, lines().length]).toEqual([[], 1]);
    expect(before).toMatch(/^job_/);
  });

  test("that Auth0 no longer has is made anew", async () => {
    await expect(fetchIt({ wait: () => Promise.reject(new Error("killed")) })).rejects.toThrow("killed");
    tenant.clock.advance(25 * 3_600_000);
    jobs = createExportJobs(createManagementClient(tenant), (call) => call());
    await fetchIt();
    expect([made.length, lines().length]).toEqual([1, 1]);
  });
});

test("a job that failed is said, and the next run makes another", async () => {
  const failing: ExportJobs = { create: async () => "job_0", find: async () => ({ status: "failed" }) };
  await expect(fetchIt({ jobs: failing })).rejects.toMatchObject({ code: "BACKFILL_EXPORT_FAILED" });
  await fetchIt();
  expect([made.length, lines().length]).toEqual([1, 1]);
});

describe("a job that comes to no end", () => {
  const HOUR = 3_600_000;
  /** @param find is told how long it was waited for. */
  const waitFor = async (find: (waited: number) => Awaited<ReturnType<ExportJobs["find"]>>) => {
    let waited = 0;
    const failure = await fetchIt({
      jobs: {
        async create() {
          made.push("job_0");
          return "job_0";
        },
        find: async () => find(waited),
      },
      download: async () => {},
      wait: async (milliseconds) => {
        waited += milliseconds;
        if (waited > 3 * HOUR) throw new Error("It waits for ever.");
      },
    }).catch((error: unknown) => error);
    return { failure, waited };
  };

  test.each([
    ["never begins", { status: "pending" }],
    ["stops in the middle", { status: "processing", percent: 40 }],
    ["is not to be seen", undefined],
  ])("and %s is waited for an hour, and the next run goes on waiting for it", async (_how, found) => {
    const { failure, waited } = await waitFor(() => found);
    expect(failure).toMatchObject({
      code: "BACKFILL_EXPORT_STUCK",
      message: expect.stringMatching(/job_0.*for an hour.*Run this again.*--from/s),
    });
    expect(Math.abs(waited - HOUR)).toBeLessThan(10_000);
    expect([made, readFileSync(job(), "utf8")]).toEqual([["job_0"], "job_0"]);
    expect(await waitFor(() => ({ status: "completed", location: "https://example.org/" }))).toMatchObject({
      failure: undefined,
    });
    expect(made).toEqual([]);
  });

  test("is waited for as long as it goes on", async () => {
    const { failure, waited } = await waitFor((so) =>
      so > 2.5 * HOUR
        ? { status: "completed", location: "https://example.org/" }
        : { status: "processing", percent: Math.floor((so / HOUR) * 2) },
    );
    expect([failure, waited > 2.5 * HOUR]).toEqual([undefined, true]);
  });

  test("but an end without a file is said at once, and the next run makes another", async () => {
    expect(await waitFor(() => ({ status: "completed" }))).toMatchObject({
      failure: { code: "BACKFILL_EXPORT_FAILED", message: expect.stringContaining("without a file") },
      waited: 0,
    });
    await fetchIt();
    expect(made).toHaveLength(1);
  });
});
