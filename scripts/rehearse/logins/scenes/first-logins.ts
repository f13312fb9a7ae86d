import { logIn, refresh, signUp } from "../acts.ts";
import type { Promises } from "../promises.ts";
import { openBrowser } from "../stage.ts";
import type { Scene } from "./scene.ts";

export const listFirstLogins = ({ firstLogin, laterLogin, tokens }: Promises): readonly Scene[] => [
  {
    person: "new",
    prepare: signUp,
    steps: [
      {
        name: "new user",
        story: "verified the email, logs in",
        act: logIn,
        expected: { ...firstLogin, ...tokens() },
      },
      {
        name: "refresh",
        story: "right after the sign-up",
        act: refresh,
        expected: { ...laterLogin, ...tokens(), grantType: "refresh_token" },
      },
      {
        name: "returning user",
        story: "logs in with another browser",
        act: (stage, visitor) => {
          visitor.browser = openBrowser(stage);
          return logIn(stage, visitor);
        },
        expected: { ...laterLogin, ...tokens() },
      },
    ],
  },
];
