//! Who else vouches for people and workloads, and the certificates IAM keeps.

use jiff::Timestamp;

use crate::kind;

kind! {
    /// A SAML 2.0 identity provider that people sign in through.
    "iam.saml_provider" as provider: SamlProvider, listed by ["iam:ListSAMLProviders"] {
        /// Name, unique in the account.
        name: String,
        /// When it was created.
        created: Timestamp,
        /// When its metadata, and with it its signing certificate, runs out; none: AWS does not say.
        valid_until: Option<Timestamp>,
    }
}

kind! {
    /// An OpenID Connect identity provider: a CI service, a Kubernetes cluster, a sign-in service.
    "iam.oidc_provider" as provider: OidcProvider, listed by ["iam:ListOpenIDConnectProviders"] {
        /// Host and path of the issuer, without `https://`: `token.actions.githubusercontent.com`.
        issuer: String,
    }
}

kind! {
    /// A TLS certificate kept in IAM rather than in ACM.
    "iam.server_certificate" as certificate: ServerCertificate, listed by ["iam:ListServerCertificates"] {
        /// Name, unique in the account.
        name: String,
        /// Id that no other certificate ever gets (`ASCA…`).
        id: String,
        /// When it was uploaded.
        uploaded: Timestamp,
        /// When it expires.
        expires: Timestamp,
    }
}
