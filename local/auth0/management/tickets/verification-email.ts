import { sendVerification } from "../../authentication/database/sign-up.ts";
import { randomAlphanumeric } from "../../ids.ts";
import { isoTime } from "../../timestamps.ts";
import { created, endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { getUser } from "../records/user.ts";
import { checkIdentity, type VerificationBody } from "./check-identity.ts";

/** The mail that verifies an address, as a job: it is done at once, and its link is in the server's log. */
export const verificationEmail: Resource = (tenant) => {
  const jobs = () => tenant.state.records("/jobs");
  return [
    endpoint<VerificationBody>({
      method: "POST",
      path: "/jobs/verification-email",
      summary: "Send an email address verification email",
      scopes: ["update:users"],
      body: "CreateVerificationEmailRequestContent",
      handle: ({ body }) => {
        const user = getUser(tenant.state, body.user_id);
        checkIdentity(tenant, user, body);
        sendVerification(tenant, user);
        const id = `job_${randomAlphanumeric(16)}`;
        const job = { type: "verification_email", status: "pending", created_at: isoTime(tenant.clock()), id };
        jobs().set(id, { ...job, status: "completed" });
        return created(job);
      },
    }),
    endpoint({
      method: "GET",
      path: "/jobs/:id",
      scopes: ["create:users", "read:users", "update:users"],
      handle: ({ params }) => {
        const job = getOr404(jobs().get(params.id ?? ""), "The job does not exist.", "inexistent_job");
        return ok(job);
      },
    }),
  ];
};
