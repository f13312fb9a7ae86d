import { describe, expect, test } from "@jest/globals";
import { deriveDigestKey, digestSecrets } from "../../../../scripts/deploy/kinds/action/marker.ts";
import type { Fields } from "../../../../scripts/deploy/kinds/live-record.ts";
import {
  compareDigests,
  type DigestPlace,
  digestMetadata,
  withoutDigests,
} from "../../../../scripts/deploy/kinds/secret-digests.ts";

const PLACE: DigestPlace = { field: "metadata", covers: ["secret", "options.configuration.*"] };
const desireWith = (clientSecret: string, writeSecrets: readonly string[] = []) => ({
  writeSecrets,
  digestSecrets: (secrets: Parameters<typeof digestSecrets>[1]) =>
    digestSecrets(deriveDigestKey({ clientSecret }), secrets),
});
const desired = desireWith("one");
const digestOf = (label: string, entry: Fields, by = desired): unknown =>
  Object.values(digestMetadata({ place: PLACE, label, entry, desired: by }, {}) ?? {})[0];
const configuration = (count: number, change: Fields = {}): Fields => ({
  options: {
    configuration: { ...Object.fromEntries(Array.from({ length: count }, (_, i) => [`KEY_${i}`, `v${i}`])), ...change },
  },
});
const changed = (entry: Fields, metadata: Fields) =>
  compareDigests({ place: PLACE, label: "connection:a", entry, desired }, { metadata }).map(({ path }) => path);

describe("the digest of a secret that is kept beside it", () => {
  test.each<[string, unknown]>([
    ["another deploying client", digestOf("connection:a", { secret: "1234" }, desireWith("other"))],
    ["another entry with the same secret", digestOf("connection:b", { secret: "1234" })],
    ["another secret", digestOf("connection:a", { secret: "1235" })],
  ])("is another for %s", (_, other) => {
    expect(other).toEqual(expect.any(String));
    expect(other).not.toBe(digestOf("connection:a", { secret: "1234" }));
  });

  test.each([1, 2, 15, 16, 60])(
    "fits into the metadata of Auth0 with %i secrets, and shows that one has changed",
    (count) => {
      const entry = configuration(count);
      const metadata = digestMetadata({ place: PLACE, label: "connection:a", entry, desired }, {}) ?? {};
      for (const value of Object.values(metadata)) expect(String(value).length).toBeLessThanOrEqual(255);
      expect(changed(entry, metadata)).toEqual([]);
      expect(changed(configuration(count, { KEY_0: "new" }), metadata)).toContain("options.configuration.KEY_0");
    },
  );

  test("shows which of several secrets has changed, and one that is new", () => {
    const metadata =
      digestMetadata({ place: PLACE, label: "connection:a", entry: configuration(3), desired }, {}) ?? {};
    expect(changed(configuration(3, { KEY_1: "new" }), metadata)).toEqual(["options.configuration.KEY_1"]);
    expect(changed(configuration(4), metadata)).toContain("options.configuration.KEY_3");
  });

  test("of an entry without secrets is not kept", () => {
    expect(
      digestMetadata({ place: PLACE, label: "connection:a", entry: { options: {} }, desired }, { tier: "gold" }),
    ).toBe(undefined);
  });

  test("is left out of what tenant.yaml says, as in a file that somebody exported", () => {
    const metadata = digestMetadata(
      { place: PLACE, label: "connection:a", entry: { secret: "s" }, desired },
      { tier: "gold" },
    );
    expect(withoutDigests(PLACE, { name: "a", metadata })).toEqual({ name: "a", metadata: { tier: "gold" } });
  });
});

describe("a secret that differs", () => {
  const fieldsOf = (live: Fields, isEncrypted?: true) =>
    compareDigests(
      {
        place: { field: "metadata", covers: ["secret"], ...(isEncrypted && { isEncrypted }) },
        label: "client:a",
        entry: { secret: "1234" },
        desired,
      },
      live,
    );
  const shown = (before: unknown) => [{ path: "secret", before, after: "a value of tenant.yaml", isWriteOnly: true }];
  const same = digestMetadata(
    { place: { field: "metadata", covers: ["secret"] }, label: "client:a", entry: { secret: "1234" }, desired },
    {},
  );

  test.each<[string, Fields, true | undefined, readonly object[]]>([
    ["has no value before where there was neither a digest nor a secret", {}, undefined, shown(undefined)],
    ["has one where the tenant has a secret", { secret: "encrypted" }, undefined, shown("a value")],
    ["has one where there is another digest", { metadata: { deployed_secrets: "x" } }, undefined, shown("a value")],
    ["is none where the digest is the same", { metadata: same }, undefined, []],
    ["is none where the digest is the same and the tenant has it encrypted", { metadata: same, secret: "e" }, true, []],
    ["is one where the tenant would show it encrypted and does not", { metadata: same }, true, shown("a value")],
    [
      "is none where the metadata is full",
      { metadata: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key${index}`, "v"])) },
      undefined,
      [],
    ],
  ])("%s", (_, live, isEncrypted, expected) => {
    expect(fieldsOf(live, isEncrypted)).toEqual(expected);
  });
});
