import { sendVerification } from "../../authentication/database/sign-up.ts";
import { describeCallerRequest } from "../../authentication/post-login/describe.ts";
import { created, endpoint, type Resource } from "../endpoint.ts";
import { getUser } from "../records/user.ts";
import { checkIdentity, type VerificationBody } from "../tickets/check-identity.ts";
import { createJob } from "./job.ts";

/** The mail that verifies an address, as a job: it is done at once, and its link is in the server's log. */
export const verificationEmail: Resource = (tenant) => [
  endpoint<VerificationBody>({
    method: "POST",
    path: "/jobs/verification-email",
    summary: "Send an email address verification email",
    scopes: ["update:users"],
    body: "CreateVerificationEmailRequestContent",
    handle: ({ body, ...caller }) => {
      const user = getUser(tenant.state, body.user_id);
      checkIdentity(tenant, user, body);
      sendVerification(tenant, user, describeCallerRequest(tenant, caller, "POST", {}));
      return created(createJob(tenant, { type: "verification_email" }));
    },
  }),
];
