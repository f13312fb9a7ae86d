import { InvalidRequest } from "../../../oauth-error.ts";
import type { Check } from "./check.ts";

export const checkMaxAge: Check = ({ parameters: { max_age: maxAge } }) => {
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) {
    throw new InvalidRequest("Parameter 'max_age' must be a number of seconds");
  }
};
