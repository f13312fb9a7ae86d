/** A public key or certificate of a client, as the Management API shows it, and the key itself. */
export interface ClientCredential {
  readonly id: string;
  readonly credential_type: "public_key" | "cert_subject_dn" | "x509_cert";
  readonly name?: string;
  /** Of a public key. */
  readonly kid?: string;
  readonly alg?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at?: string | null;
  readonly subject_dn?: string;
  readonly thumbprint_sha256?: string;
  /** No answer has it. */
  readonly pem?: string;
}
