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
        }
    }

    /// With another host and signing name.
    pub const fn at(mut self, host: &'static str, signs_as: &'static str) -> Self {
        self.host = host;
        self.signs_as = signs_as;
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
        let suffix = match partition {
            "aws" | "aws-us-gov" => "amazonaws.com",
            "aws-cn" => "amazonaws.com.cn",
            "aws-eusc" => "amazonaws.eu",
            "aws-iso" => "c2s.ic.gov",
            "aws-iso-b" => "sc2s.sgov.gov",
            _ => return None,
        };
        let fips = if fips { "-fips" } else { "" };
        let host = self.host;
        Some((
            format!("https://{host}{fips}.{region}.{suffix}"),
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
