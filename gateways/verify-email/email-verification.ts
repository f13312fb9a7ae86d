import type { ManagementClient } from "auth0";

export interface EmailVerification {
  isVerified(userId: string): Promise<boolean>;
  /** Sends the message with the link again. */
  send(userId: string): Promise<void>;
}

/** @param management may `read:users` and `update:users`, which is what the job asks for */
export const createEmailVerification = (management: Pick<ManagementClient, "users" | "jobs">): EmailVerification => ({
  async isVerified(userId) {
    const { email_verified: isVerified } = await management.users.get(userId, {
      fields: "email_verified",
      include_fields: true,
    });
    return isVerified === true;
  },
  async send(userId) {
    await management.jobs.verificationEmail.create({ user_id: userId });
  },
});
