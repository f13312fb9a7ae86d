import { openBrowser } from "../context.ts";
import type { Expectations } from "../expectations.ts";
import { logIn, refresh, signUp } from "../steps.ts";
import type { Scenario } from "./scenario.ts";

export const listFirstLogins = ({ firstLogin, laterLogin, tokens }: Expectations): readonly Scenario[] => [
  {
    person: "new",
    prepare: signUp,
    steps: [
      {
        name: "new user",
        story: "verified the email, logs in",
        run: logIn,
        expected: { ...firstLogin, ...tokens() },
      },
      {
        name: "refresh",
        story: "right after the sign-up",
        run: refresh,
        expected: { ...laterLogin, ...tokens(), grantType: "refresh_token" },
      },
      {
        name: "returning user",
        story: "logs in with another browser",
        run: (context, visitor) => {
          visitor.browser = openBrowser(context);
          return logIn(context, visitor);
        },
        expected: { ...laterLogin, ...tokens() },
      },
    ],
  },
];
