import { beforeEach, describe, expect, test } from "@jest/globals";
import { type IndexedCollection, indexCollection } from "../../../local/state/index-collection.ts";
import { openJournal } from "../../../local/state/journal.ts";

interface Person {
  readonly name: string;
  readonly email?: string;
}

const ADA = { name: "Ada", email: "a@example.com" };
const BEN = { name: "Ben", email: "b@example.com" };
const EVE = { name: "Eve", email: "a@example.com" };

describe("an index by email", () => {
  let people: IndexedCollection<Person>;
  beforeEach(() => {
    people = indexCollection<Person>(openJournal().collection("people"), ({ name, email }) => [
      `name:${name}`,
      ...(email === undefined ? [] : [email]),
    ]);
    people.set("1", ADA);
    people.set("2", BEN);
    expect(people.findBy("a@example.com")).toEqual([ADA]);
  });

  test.each<[string, () => unknown, Person[]]>([
    ["one of another key", () => people.set("3", BEN), [ADA]],
    ["another of the same key", () => people.set("3", EVE), [ADA, EVE]],
    ["the first changed, the order kept", () => [people.set("3", EVE), people.set("1", { ...ADA })], [ADA, EVE]],
    ["the key changed", () => people.set("1", BEN), []],
    ["the key taken away", () => people.set("1", { name: "Ada" }), []],
    ["the key got by a change", () => people.set("2", EVE), [ADA, EVE]],
    ["it deleted", () => people.delete("1"), []],
    ["what is not there deleted", () => people.delete("9"), [ADA]],
    ["all deleted that match", () => [people.set("3", EVE), people.deleteWhere(({ name }) => name === "Ada")], [EVE]],
    ["it deleted and made again", () => [people.delete("1"), people.set("1", EVE)], [EVE]],
  ])("finds, with %s", (_what, change, found) => {
    change();
    expect(people.findBy("a@example.com")).toEqual(found);
    expect(people.filter(({ email }) => email === "a@example.com")).toEqual(found);
  });

  test("finds each by any of its keys, and no more by one that it lost", () => {
    people.set("2", { name: "Benno", email: "b@example.com" });
    expect(["name:Ada", "name:Ben", "name:Benno", "b@example.com"].map((key) => people.findBy(key).length)).toEqual([
      1, 0, 1, 1,
    ]);
  });

  test("knows what was there before it was first asked, and how many there are", () => {
    expect(people.findBy("b@example.com")).toEqual([BEN]);
    expect(people.findBy("nobody@example.com")).toEqual([]);
    expect([people.size, people.delete("2"), people.size]).toEqual([2, true, 1]);
  });
});
