import { createHook } from "node:async_hooks";
import { describe, expect, test } from "@jest/globals";
import { hashPassword, isPassword } from "../../../../local/auth0/passwords.ts";
import type { Connection } from "../../../../local/auth0/state/resources.ts";
import { checkPassword } from "../../../../local/auth0/users/password-policy.ts";
import { UserError } from "../../../../local/auth0/users/user-error.ts";

describe("a hashed password", () => {
  test("is told from any other, and no two hashes of it are alike", async () => {
    const hash = await hashPassword("pässword");
    expect(hash).toMatch(/^scrypt\$\d+\$[\w-]{22}\$[\w-]{43}$/);
    expect(await hashPassword("pässword")).not.toBe(hash);
    expect(await isPassword("pässword", hash)).toBe(true);
    // The same letters, typed as letter and accent.
    expect(await isPassword("pa\u0308ssword", hash)).toBe(true);
    expect(await isPassword("password", hash)).toBe(false);
    expect(await isPassword("", hash)).toBe(false);
  });

  test.each([undefined, "", "scrypt$1024$$", "no hash"])("is never %p", async (hash) => {
    expect(await isPassword("", hash)).toBe(false);
    expect(await isPassword("p", hash)).toBe(false);
  });
});

describe("a password that was right once", () => {
  /** How often a key was derived from a password by scrypt meanwhile. */
  async function countDerivations(work: () => Promise<void>): Promise<number> {
    let count = 0;
    const hook = createHook({
      init: (_id, type) => {
        if (type === "SCRYPTREQUEST") count += 1;
      },
    }).enable();
    try {
      await work();
    } finally {
      hook.disable();
    }
    return count;
  }

  test("is recognised without another derivation, however it is typed", async () => {
    const hash = await hashPassword("pässword");
    const derived = await countDerivations(async () => {
      for (const typed of ["pässword", "pa\u0308ssword", "pässword"]) expect(await isPassword(typed, hash)).toBe(true);
    });
    expect(derived).toBe(1);
  });

  test("opens nothing to another password, nor to itself under another hash", async () => {
    const [former, present] = [await hashPassword("former"), await hashPassword("present")];
    expect(await isPassword("former", former)).toBe(true);
    const derived = await countDerivations(async () => {
      expect(await isPassword("former", present)).toBe(false);
      expect(await isPassword("present", former)).toBe(false);
      expect(await isPassword("former", undefined)).toBe(false);
      expect(await isPassword("", former)).toBe(false);
    });
    expect(derived).toBe(4);
  });

  test("is not kept where it was wrong: each guess costs its derivation", async () => {
    const hash = await hashPassword("right");
    const derived = await countDerivations(async () => {
      for (const guess of ["wrong", "wrong", "wrong"]) expect(await isPassword(guess, hash)).toBe(false);
    });
    expect(derived).toBe(3);
  });
});

const connection = (options: Record<string, unknown>): Connection => ({
  id: "con_0000000000000000",
  name: "users",
  strategy: "auth0",
  options,
  enabled_clients: [],
  realms: ["users"],
});
const ALL_TYPES = ["uppercase", "lowercase", "number", "special"];
const complexity = (rules: Record<string, unknown>) => ({ password_options: { complexity: rules } });

function refusalOf(options: Record<string, unknown>, password: string, profile = {}): UserError | undefined {
  try {
    checkPassword(connection(options), password, profile);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

describe("a connection's policy", () => {
  test.each<[Record<string, unknown>, string, boolean]>([
    [{ passwordPolicy: "none" }, "a", true],
    [{ passwordPolicy: "low" }, "abcde", false],
    [{ passwordPolicy: "low" }, "abcdef", true],
    [{ passwordPolicy: "fair" }, "abcdefgh", false],
    [{ passwordPolicy: "fair" }, "Abcdefg!", false],
    [{ passwordPolicy: "fair" }, "Abcdefg1", true],
    [{ passwordPolicy: "good" }, "abcdefg1", false],
    [{ passwordPolicy: "good" }, "abcdef1!", true],
    [{ passwordPolicy: "good" }, "Abc1!", false],
    [{ passwordPolicy: "excellent" }, "Abcdefgh1", false],
    [{ passwordPolicy: "excellent" }, "Abcdefghh1", true],
    [{ passwordPolicy: "excellent" }, "Abcdefhhh1", false],
    [{ passwordPolicy: "none", password_complexity_options: { min_length: 12 } }, "abcdefghijk", false],
    [{}, "seven77", false],
    [complexity({ min_length: 15 }), "fourteen-chars", false],
    [complexity({ min_length: 15 }), "fifteen-charact", true],
    [complexity({ min_length: 1, character_types: ALL_TYPES, character_type_rule: "all" }), "Abc1", false],
    [complexity({ min_length: 1, character_types: ALL_TYPES, character_type_rule: "three_of_four" }), "Abc1", true],
    [complexity({ min_length: 1, identical_characters: "block" }), "aaa", false],
    [complexity({ min_length: 1, sequential_characters: "block" }), "abc", false],
    [complexity({ min_length: 1, sequential_characters: "block" }), "x321", false],
    [complexity({ min_length: 1, sequential_characters: "block" }), "acb", true],
    [complexity({ min_length: 1, sequential_characters: "allow" }), "abc", true],
    // In bytes: more of them bcrypt does not look at.
    [complexity({ min_length: 1, max_length_exceeded: "error" }), "x".repeat(73), false],
    [complexity({ min_length: 1, max_length_exceeded: "error" }), "€".repeat(25), false],
    [complexity({ min_length: 1, max_length_exceeded: "error" }), "€".repeat(24), true],
    [complexity({ min_length: 1, max_length_exceeded: "truncate" }), "x".repeat(73), true],
    // A space is a special character.
    [{ passwordPolicy: "good" }, "abcdef1 ", true],
    [{ passwordPolicy: "good" }, "abcdef1ä", false],
    // The policy by name decides where there is one.
    [{ passwordPolicy: "low", ...complexity({ min_length: 15 }) }, "abcdef", true],
  ])("%j on %p", (options, password, isGood) => {
    expect(refusalOf(options, password)?.code).toBe(isGood ? undefined : "password_too_weak");
  });

  test("that asks for nothing still asks for a password", () => {
    expect(refusalOf({ passwordPolicy: "none" }, "")?.weakness?.missing.rules).toEqual([
      { message: "Non-empty password required", code: "nonEmpty", verified: false },
    ]);
  });

  test("reports each rule and whether it holds, and reads as a text", () => {
    const weakness = refusalOf({ passwordPolicy: "excellent" }, "aaa")?.weakness;
    expect(weakness?.missing.rules.map(({ code, verified }) => [code, verified])).toEqual([
      ["lengthAtLeast", false],
      ["containsAtLeast", false],
      ["identicalChars", false],
    ]);
    expect(weakness?.policy).toBe(
      [
        "* At least 10 characters in length",
        "* Contain at least 3 of the following 4 types of characters:",
        " * lower case letters (a-z)",
        " * upper case letters (A-Z)",
        " * numbers (i.e. 0-9)",
        " * special characters (e.g. !@#$%^&*)",
        '* No more than 2 identical characters in a row (e.g., "aaa" not allowed)',
      ].join("\n"),
    );
  });

  const none = { passwordPolicy: "none" };
  test.each<[string, Record<string, unknown>, string, string | undefined]>([
    [
      "a word of its dictionary",
      { ...none, password_dictionary: { enable: true, dictionary: ["Letmein"] } },
      "letMEin",
      "password_too_common",
    ],
    [
      "a word of a dictionary that is off",
      { ...none, password_dictionary: { enable: false, dictionary: ["letmein"] } },
      "letmein",
      undefined,
    ],
    [
      "a word of its newer dictionary",
      { ...none, password_options: { dictionary: { active: true, custom: ["letmein"] } } },
      "letmein",
      "password_too_common",
    ],
    [
      "the name before the @",
      { ...none, password_no_personal_info: { enable: true } },
      "xLovelacex",
      "password_has_user_info",
    ],
    [
      "the nickname, by the newer option",
      { ...none, password_options: { profile_data: { active: true } } },
      "1countess1",
      "password_has_user_info",
    ],
    ["neither, where nobody asks", none, "lovelace", undefined],
  ])("on %s", (_, options, password, code) => {
    const profile = { email: "lovelace@example.com", nickname: "Countess" };
    expect(refusalOf(options, password, profile)?.code).toBe(code);
  });
});
