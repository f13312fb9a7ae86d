import { describe, expect, test } from "@jest/globals";
import { findTotpStep, newTotpSecret, renderTotp } from "../../../../local/auth0/mfa/totp.ts";

/** `12345678901234567890` in base32: the secret of the RFCs' own examples. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("a one-time password", () => {
  test.each([
    [0, "755224"],
    [1, "287082"],
    [2, "359152"],
    [9, "520489"],
  ])("of counter %d is %s, as RFC 4226, appendix D, has it", (counter, code) => {
    expect(renderTotp(SECRET, counter)).toBe(code);
  });

  test.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [20_000_000_000, "353130"],
  ])("at %d seconds is the last six digits of RFC 6238, appendix B: %s", (seconds, code) => {
    expect(findTotpStep(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  test.each<[number, boolean]>([
    [-31, false],
    [-30, true],
    [0, true],
    [59, true],
    [60, false],
  ])("is good one step before and after its own: at %d seconds %s", (seconds, isGood) => {
    const at = 1_111_111_110_000;
    const code = renderTotp(SECRET, at / 30_000);
    expect(findTotpStep(SECRET, ` ${code} `, at + seconds * 1000) !== undefined).toBe(isGood);
  });

  test("has a secret of 160 bits, another each time", () => {
    const secrets = Array.from({ length: 5 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(5);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });
});
