import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { parsePath } from "../../../gateways/authorizer/routes/request-path.ts";
import { checkProperty } from "../../support/check-property.ts";
import { AUDIENCE, ISSUER } from "../support/issuer.ts";

const authorizer = createAuthorizer({ issuer: ISSUER, audience: AUDIENCE, fetchKeySet: async () => ({ keys: [] }) });

test("a path that is read is read as the URL standard reads it", async () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "B", "7", "-", ".", "%2e", "%2F", "%41", "/", "~", "%C3%A9", ";", "\\"),
  });
  await checkProperty(
    fc.property(text, (path) => {
      const target = `/${path}`;
      const segments = parsePath(target)?.segments;
      if (segments === undefined) return;
      const { pathname } = new URL(target, "http://x");
      const standard = pathname.replace(/\/$/, "").split("/").slice(1).map(decodeURIComponent);
      expect(segments).toEqual(standard.map((one) => one.replace(/[A-Z]/g, (letter) => letter.toLowerCase())));
    }),
    { runs: 500, seed: 1 },
  );
});

test("spelling a path otherwise never gives it another scope", async () => {
  await checkProperty(
    fc.property(
      fc.constantFrom("users", "orders-2", "v1.0"),
      fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 8 }),
      (name, ways) => {
        const spelled = [...name].map((letter, index) => {
          const [encoded, upper] = ways[index] ?? [false, false];
          const cased = upper ? letter.toUpperCase() : letter;
          return encoded ? `%${cased.charCodeAt(0).toString(16)}` : cased;
        });
        expect(authorizer.neededScopes("GET", `/${spelled.join("")}`)).toEqual([`get:${name}`]);
      },
    ),
    { runs: 100, seed: 1 },
  );
});
