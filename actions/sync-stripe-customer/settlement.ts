/** What becomes of a new user's login, as far as the customer goes. */
export type Settlement =
  | { kind: "linked"; id: string; how: "found" | "created" | "adopted" }
  | { kind: "denied"; id: string; why: string }
  | { kind: "no verified email" };
