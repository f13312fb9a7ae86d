import { type FaultKind, faultKinds } from "../../local/stripe/fault-kinds.ts";
import type { Random } from "./random.ts";
import type { AgainLogin, NewPerson, Step } from "./step.ts";

const kinds = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];

/**
 * One step of a busy life: mostly sign-ups, several at once and often for one email, with something going wrong in every
 * fourth request or so.
 */
export function drawStep(random: Random, emails: number): Step {
  const draw = random.next();
  if (draw < 0.4) return { kind: "sign up", people: drawMany(random, () => drawPerson(random, emails)) };
  if (draw < 0.65) return { kind: "log in", logins: drawMany(random, () => drawLogin(random)) };
  if (draw < 0.85)
    return {
      kind: "fault",
      fault: random.pick(kinds),
      on: random.pick(["GET", "POST", "POST"]),
      times: 1 + random.below(3),
    };
  // An outage of minutes: whatever is tried meanwhile fails.
  if (draw < 0.87)
    return { kind: "fault", fault: random.pick(["500-unstored", "reset-before", "html-502"]), on: "any", times: 60 };
  if (draw < 0.9) return { kind: "healed" };
  if (draw < 0.94) return { kind: "time passes", hours: random.pick([0.1, 1, 12, 24, 72]) };
  if (draw < 0.97) return { kind: "leave", person: random.below(1_000_000), comesBack: random.chance(0.5) };
  return { kind: "link", person: random.below(1_000_000), other: random.below(1_000_000) };
}

function drawPerson(random: Random, emails: number): NewPerson {
  return {
    email: random.below(emails),
    via: random.chance(0.4) ? "social" : "database",
    isVerified: random.chance(0.9),
    tabs: random.chance(0.2) ? 2 : 1,
    crashes: random.chance(0.1),
  };
}

function drawLogin(random: Random): AgainLogin {
  return {
    person: random.below(1_000_000),
    via: random.pick(["password", "silent", "refresh"]),
    crashes: random.chance(0.1),
  };
}

function drawMany<T>(random: Random, draw: () => T): T[] {
  return Array.from({ length: 1 + random.below(8) }, draw);
}
