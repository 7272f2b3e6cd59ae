//! Where a service is found and how it is spoken to, for the services that we call without an SDK crate of their own.
//!
//! A service crate costs half a minute of building and a megabyte; the long tail of services, of which we read a
//! handful of operations each, would be most of both. They share the SDK's runtime (credentials, signing, retries,
//! time-outs, the recorder) and differ only in this description and in the members that their collectors read.

/// How a service is spoken to. The protocols are Smithy's. <https://smithy.io/2.0/aws/protocols/>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Everything is a `POST` to `/` with the operation in a header, and JSON both ways.
    Json {
        /// `1.0` or `1.1`, as in the content type.
        version: &'static str,
        /// What stands before the operation in `X-Amz-Target`.
        target: &'static str,
    },
    /// Paths and query strings of the operation's own, answers in JSON.
    RestJson,
    /// Paths and query strings of the operation's own, answers in XML.
    RestXml,
    /// A form with the operation in it, answers in XML.
    Query {
        /// `Version` of the form: the API's date.
        version: &'static str,
    },
}

/// A service of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Api {
    /// As the AWS CLI names it: `elbv2`. Calls, kinds and checks go by it.
    pub service: &'static str,
    /// What its host name begins with: `elasticloadbalancing`.
    pub host: &'static str,
    /// The name in its signatures: `elasticloadbalancing`.
    pub signs_as: &'static str,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// Where it is found, per partition, if not at a host name with the region in it: partition, host, region.
    pub alone: &'static [(&'static str, &'static str, &'static str)],
    /// What its host name begins with under FIPS, where that is not `host` and `-fips`.
    pub fips_host: Option<&'static str>,
    /// Whether it has only host names that answer over IPv6 too, which end otherwise.
    pub dual_stack: bool,
}

impl Api {
    /// A service whose host and signatures have its own name.
    pub const fn new(service: &'static str, protocol: Protocol) -> Self {
        Self {
            service,
            host: service,
            signs_as: service,
            protocol,
            alone: &[],
            fips_host: None,
            dual_stack: false,
        }
    }

    /// With another host and signing name.
    pub const fn at(mut self, host: &'static str, signs_as: &'static str) -> Self {
        self.host = host;
        self.signs_as = signs_as;
        self
    }

    /// With a host of its own under FIPS.
    pub const fn fips(mut self, host: &'static str) -> Self {
        self.fips_host = Some(host);
        self
    }

    /// A service of the newer kind, which has no other host names than those that answer over IPv6 too.
    /// <https://docs.aws.amazon.com/general/latest/gr/rande.html#dual-stack-endpoints>
    pub const fn dual_stack(mut self) -> Self {
        self.dual_stack = true;
        self
    }

    /// A service that has one endpoint for a whole partition.
    pub const fn alone(
        mut self,
        places: &'static [(&'static str, &'static str, &'static str)],
    ) -> Self {
        self.alone = places;
        self
    }

    /// URL, and region to sign for. `None`: we do not know where the partition has it.
    /// <https://docs.aws.amazon.com/general/latest/gr/rande.html>
    pub fn endpoint(&self, partition: &str, region: &str, fips: bool) -> Option<(String, String)> {
        if !self.alone.is_empty() {
            let found = self.alone.iter().find(|(of, ..)| *of == partition);
            return found
                .map(|(_, host, region)| (format!("https://{host}"), (*region).to_owned()));
        }
        let suffix = match (partition, self.dual_stack) {
            ("aws" | "aws-us-gov", false) => "amazonaws.com",
            ("aws" | "aws-us-gov", true) => "api.aws",
            ("aws-cn", false) => "amazonaws.com.cn",
            ("aws-cn", true) => "api.amazonwebservices.com.cn",
            ("aws-eusc", false) => "amazonaws.eu",
            ("aws-eusc", true) => "api.amazonwebservices.eu",
            ("aws-iso", false) => "c2s.ic.gov",
            ("aws-iso-b", false) => "sc2s.sgov.gov",
            _ => return None,
        };
        let host = match (fips, self.fips_host) {
            (true, Some(host)) => host.to_owned(),
            (true, None) => format!("{}-fips", self.host),
            (false, _) => self.host.to_owned(),
        };
        Some((
            format!("https://{host}.{region}.{suffix}"),
            region.to_owned(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGIONAL: Api = Api::new(
        "elbv2",
        Protocol::Query {
            version: "2015-12-01",
        },
    )
    .at("elasticloadbalancing", "elasticloadbalancing");
    const ALONE: Api = Api::new("route53", Protocol::RestXml).alone(&[
        ("aws", "route53.amazonaws.com", "us-east-1"),
        (
            "aws-us-gov",
            "route53.us-gov.amazonaws.com",
            "us-gov-west-1",
        ),
    ]);

    #[test]
    fn a_regional_service_is_found_by_partition_and_region() {
        let at = |partition, region, fips| REGIONAL.endpoint(partition, region, fips).unwrap().0;
        assert_eq!(
            at("aws", "eu-west-1", false),
            "https://elasticloadbalancing.eu-west-1.amazonaws.com"
        );
        assert_eq!(
            at("aws-cn", "cn-north-1", false),
            "https://elasticloadbalancing.cn-north-1.amazonaws.com.cn"
        );
        assert_eq!(
            at("aws", "us-east-1", true),
            "https://elasticloadbalancing-fips.us-east-1.amazonaws.com"
        );
    }

    #[test]
    fn a_service_has_the_host_under_fips_that_aws_gives_it() {
        let sagemaker = Api::new("sagemaker", Protocol::RestJson)
            .at("api.sagemaker", "sagemaker")
            .fips("api-fips.sagemaker");
        let at = |fips| sagemaker.endpoint("aws", "us-east-1", fips).unwrap().0;
        assert_eq!(
            at(true),
            "https://api-fips.sagemaker.us-east-1.amazonaws.com"
        );
        assert_eq!(at(false), "https://api.sagemaker.us-east-1.amazonaws.com");
    }

    #[test]
    fn a_service_that_answers_over_both_protocols_alone_has_hosts_of_another_domain() {
        let newer = Api::new("arc-region-switch", Protocol::RestJson).dual_stack();
        let at = |partition| Some(newer.endpoint(partition, "eu-west-1", false)?.0);
        assert_eq!(
            at("aws").unwrap(),
            "https://arc-region-switch.eu-west-1.api.aws"
        );
        assert_eq!(at("aws-iso"), None);
    }

    #[test]
    fn a_service_that_stands_alone_has_a_region_to_sign_for() {
        let (url, region) = ALONE
            .endpoint("aws-us-gov", "us-gov-east-1", false)
            .unwrap();
        assert_eq!(url, "https://route53.us-gov.amazonaws.com");
        assert_eq!(region, "us-gov-west-1");
    }

    #[test]
    fn where_a_partition_has_it_is_never_guessed() {
        assert_eq!(ALONE.endpoint("aws-cn", "cn-north-1", false), None);
        assert_eq!(REGIONAL.endpoint("aws-moon", "sea-1", false), None);
    }
}
