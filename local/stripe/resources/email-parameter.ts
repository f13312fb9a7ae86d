import { invalidRequest } from "../errors.ts";
import { type Parser, text } from "../parameters.ts";

export const email: Parser<string | null> = (value, name) => {
  const given = text(512)(value, name);
  if (given === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) return given;
  throw invalidRequest(`Invalid email address: ${given}`, { code: "email_invalid", param: name });
};
